"""Papers bound for the police and the court: pages, contents, hashes; the same papers give the same bytes."""

import io
from hashlib import sha256

import pypdf
import pytest
from django.urls import reverse

from cases import uploads
from cases.models import TimelineEvent
from cases.services.acting import append_aside
from cases.views import new_key
from documents import pdf as files
from documents.binding import PDF, Paper, Unbindable, bind
from inspection.bundles import Bundle
from inspection.enclosures import papers_of
from inspection.states import State
from tests.cases.material import pdf, picture, written_by
from tests.inspection.situations import TODAY, complaint, fresh, moment, staff
from tests.inspection.test_tasks import material

COVER = {
    "title": "材料",
    "to": "公安局",
    "office": "支队",
    "number": "案1",
    "parties": "公司",
    "law": "第六条",
}


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJG")


def transferred(people, step="transfer_to_police"):
    """A case on which the step was taken, with two pieces of material."""
    case = complaint(people, State.POLICE_PENDING)
    append_aside(fresh(case), people["Z"], kind=TimelineEvent.Kind.STEP, step=step, label="—")
    material(case, "合同.pdf")
    material(case, "银行流水.pdf")
    return fresh(case)


def address(case) -> str:
    return reverse("inspection:bundles", args=[case.public_id])


def post(client, case, codes, purpose="police", key=""):
    return client.post(address(case), {"purpose": purpose, "papers": codes, "key": key or new_key()})


def codes_of(case) -> list[str]:
    return [code for code, _name in papers_of(case)]


# Binding


def landscape() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(842, 595).rotate(90)
    return written_by(writer)


def test_bound_file_has_contents_hashes_and_running_numbers():
    papers = [
        Paper("合同：一.pdf", PDF, pdf(3)),
        Paper("照片：二.jpg", "image/jpeg", picture()),
        Paper("横页.pdf", PDF, landscape()),
    ]

    bound = bind(papers, COVER)

    assert [(each.first, each.last) for each in bound.entries] == [(3, 5), (6, 6), (7, 7)]
    assert [each.sha256 for each in bound.entries] == [sha256(each.content).hexdigest() for each in papers]
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bound.content)).pages]
    assert ["".join(text.split()).endswith(f"第{n}页共7页") for n, text in enumerate(texts, 1)] == [True] * 7
    contents = "".join(texts[1].split())
    assert "合同：一.pdf3—5" in contents
    assert all(each.sha256[:20] in contents for each in bound.entries)
    assert bind(papers, COVER).content == bound.content


def test_unreadable_paper_is_named():
    with pytest.raises(Unbindable, match="打不开，不能装订"):
        bind([Paper("坏的.pdf", PDF, b"%PDF-1.7 nothing")], COVER)


# On a case


@pytest.mark.django_db
def test_chosen_papers_are_bound_recorded_and_handed_out(client, people):
    case = transferred(people)
    client.force_login(people["Z"])

    assert post(client, case, codes_of(case)).status_code == 302

    made = Bundle.objects.get()
    answer = client.get(reverse("inspection:bundle", args=[case.public_id, made.public_id]))
    assert sha256(answer.content).hexdigest() == made.sha256
    assert [entry["title"] for entry in made.contents] == ["合同：合同.pdf", "合同：银行流水.pdf"]
    events = list(case.timeline.order_by("-seq").values_list("step", "by")[:2])
    assert events == [("read_bundle", people["Z"].pk), ("make_bundle", people["Z"].pk)]
    assert fresh(case).version == case.version


@pytest.mark.django_db
def test_made_again_it_is_the_same_file_and_twice_sent_it_is_made_once(client, people, time_machine):
    case = transferred(people)
    client.force_login(people["Z"])
    key = new_key()
    for _n in range(2):
        post(client, case, codes_of(case), key=key)
    assert Bundle.objects.count() == 1
    time_machine.move_to(moment(TODAY, 15), tick=False)
    client.logout()
    client.force_login(people["Z"])

    post(client, case, codes_of(case))

    assert len(set(Bundle.objects.values_list("sha256", flat=True))) == 1
    assert Bundle.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "codes, purpose, sentence",
    [
        ([], "police", "还没选要装订的材料"),
        (["f:00000000-0000-0000-0000-000000000007"], "police", "选的材料或文书已经删除、作废，重新选"),
        (None, "court", "用途里没有这一项"),
    ],
)
def test_wrong_choice_is_said_and_makes_nothing(client, people, codes, purpose, sentence):
    case = transferred(people)
    client.force_login(people["Z"])

    answer = post(client, case, codes_of(case) if codes is None else codes, purpose)

    assert (answer.status_code, Bundle.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


@pytest.mark.django_db
def test_damaged_material_is_not_bound_and_damaged_file_not_handed_out(client, people):
    case = transferred(people)
    client.force_login(people["Z"])
    post(client, case, codes_of(case))
    made = Bundle.objects.get()
    (files.folder() / made.stored_name).write_bytes(b"other")
    uploads.path_of(case.attachments.first().stored_name).write_bytes(b"other")

    answer = client.get(reverse("inspection:bundle", args=[case.public_id, made.public_id]))

    assert (answer.status_code, "不能使用" in answer.content.decode()) == (500, True)
    assert post(client, case, codes_of(case)).status_code == 422
    assert Bundle.objects.count() == 1


@pytest.mark.django_db
def test_without_the_step_nothing_is_bound(client, people):
    case = complaint(people, State.INVESTIGATING)
    client.force_login(people["Z"])

    page = client.get(address(case)).content.decode()

    assert "办理“移送公安”或者“催告、申请强制执行”以后" in page
    assert post(client, case, ["f:x"]).status_code == 422


@pytest.mark.django_db
def test_court_gets_its_own_file(client, people):
    case = transferred(people, "enforce")
    client.force_login(people["Z"])

    assert post(client, case, codes_of(case), "court").status_code == 302
    assert Bundle.objects.get().file_name.startswith("申请强制执行材料")


@pytest.mark.django_db
def test_reader_downloads_but_does_not_bind(client, people):
    case = transferred(people)
    client.force_login(people["G"])

    assert client.get(address(case)).status_code == 200
    assert post(client, case, codes_of(case)).status_code == 403
