"""The liaison's list of requests, the page of one, and the papers that go along with it."""

import uuid
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import uploads
from cases.models import Attachment, TimelineEvent
from cases.views import new_key
from inspection.enclosures import Enclosure
from inspection.states import State
from tests.cases.material import pdf
from tests.inspection.situations import (
    DAY,
    TODAY,
    complaint,
    document,
    fresh,
    moment,
    ready_for,
    share,
    staff,
    take,
    task,
)
from tests.people import make_user

pytestmark = pytest.mark.django_db
TERM = (TODAY + 7 * DAY).isoformat()
LIST = "/inspection/tasks/"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJLBGHP")


def material(case, name: str, kind: str = "contract") -> Attachment:
    content, stored = pdf(), uuid.uuid4().hex
    path = uploads.path_of(stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    digest = sha256(content).hexdigest()
    return Attachment.objects.create(
        case=case,
        kind=kind,
        name=name,
        is_original=False,
        pages=1,
        content_type="application/pdf",
        size=len(content),
        sha256=digest,
        received_sha256=digest,
        stored_name=stored,
        uploaded_by=case.registered_by,
        uploaded_at=moment(TODAY),
    )


def asked(people, *papers, **facts):
    """The housing commission was asked today, with these papers."""
    case = ready_for("order", people, State.INVESTIGATING)
    case.shares.all().delete()
    codes = [f"{'f' if isinstance(p, str) else 'd'}:{_made(case, p).public_id}" for p in papers]
    given = {"receiver": people["H"].agency_id, "request": "verify", "content": "核实合同。", "due_on": TERM}
    return take("send_task", case, people["Z"], **{**given, "papers": codes, **facts})


def _made(case, paper):
    return material(case, paper) if isinstance(paper, str) else document(case, "D18")


def page_of(case) -> str:
    return reverse("inspection:task", args=[case.tasks.get().public_id])


def addresses(case) -> list[str]:
    """Both addresses of every paper of the request."""
    return [
        reverse(f"inspection:{name}", args=[paper.task.public_id, paper.public_id])
        for paper in Enclosure.objects.filter(task__case=case)
        for name in ("task_file", "task_file_inline")
    ]


def statuses(client, user, case) -> set[int]:
    client.force_login(user)
    return {client.get(url).status_code for url in addresses(case)}


# Papers


def test_receiver_sees_the_ticked_papers_and_nothing_else_of_the_file(client, people):
    case = asked(people, "合同.pdf", 1)
    other = material(case, "另一份.pdf")
    client.force_login(people["H"])

    text = client.get(page_of(case)).content.decode()

    assert all(word in text for word in ("合同.pdf", "劳动保障监察限期改正指令书"))
    assert not any(word in text for word in ("另一份.pdf", "王某1"))
    assert statuses(client, people["H"], case) == {200}
    for name in ("cases:file", "cases:file_inline", "cases:file_page"):
        assert client.get(reverse(name, args=[case.public_id, other.public_id])).status_code == 404
    strange = reverse("inspection:task_file", args=[case.tasks.get().public_id, other.public_id])
    assert client.get(strange).status_code == 404


def test_every_reading_of_a_paper_stands_in_the_record(client, people):
    case = asked(people, "合同.pdf")

    statuses(client, people["H"], case)

    read = TimelineEvent.objects.filter(case=case, kind=TimelineEvent.Kind.READ)
    assert {(event.by, event.label) for event in read} == {
        (people["H"], "下载协办附件"),
        (people["H"], "查看协办附件"),
    }
    assert fresh(case).version == case.version


@pytest.mark.parametrize("end", ["withdrawn", "removed", "void"])
def test_paper_is_gone_when_its_reason_is(client, people, end):
    case = asked(people, 1 if end == "void" else "合同.pdf")
    if end == "withdrawn":
        take("withdraw_task", case, people["Z"], task=case.tasks.get().pk, reason="已自行查清。")
    elif end == "removed":
        case.attachments.update(removed_at=moment(TODAY), removed_by=people["Z"], removal_reason="错")
    else:
        case.documents.filter(kind="D18").update(
            state="void", voided_at=moment(TODAY), voided_by=people["Z"], void_reason="错"
        )

    assert statuses(client, people["H"], case) == {404}
    assert client.get(page_of(case)).status_code == (404 if end == "withdrawn" else 200)


def test_answered_request_is_still_read(client, people):
    case = asked(people, "合同.pdf")
    case = take("reply_task", case, people["H"], task=case.tasks.get().pk, reply="合同属实。")

    assert statuses(client, people["H"], case) == {200}


def test_other_authorities_find_neither_request_nor_paper(client, people):
    case = asked(people, "合同.pdf")
    share(case, "police")
    for user in (people["P"], make_user("water01", agency="water", role="liaison"), people["G"]):
        expected = {200} if user == people["G"] else {404}
        assert statuses(client, user, case) == expected
        assert {client.get(page_of(case)).status_code} == expected


def test_letter_names_what_goes_along(people):
    case = asked(people, "合同.pdf")

    assert "附件：合同.pdf" in case.documents.get(kind="D09").html


def test_paper_of_another_case_is_refused(people):
    elsewhere = material(ready_for("order", people, State.INVESTIGATING), "别案.pdf")

    with pytest.raises(Exception, match="选的材料或文书已经删除、作废，重新选"):
        asked(people, papers=[f"f:{elsewhere.public_id}"])


def test_ticked_papers_come_from_the_form(client, people):
    case = ready_for("order", people, State.INVESTIGATING)
    first, second = material(case, "一.pdf"), material(case, "二.pdf")
    client.force_login(people["Z"])
    url = reverse("cases:take_step", args=[case.public_id, "send_task"])
    codes = [f"f:{each.public_id}" for each in (first, second)]
    facts = {"receiver": people["H"].agency_id, "request": "verify", "content": "核实。", "due_on": TERM}
    send = {**facts, "papers": codes, "key": new_key(), "version": case.version, "do": "take"}

    page = client.get(url).content.decode()
    answer = client.post(url, send)

    assert all(code in page for code in codes)
    assert answer.status_code == 302
    assert {each.name for each in Enclosure.objects.filter(task__case=case)} == {"一.pdf", "二.pdf"}


# The answer


def post(client, case, **values):
    given = {"key": new_key(), "version": fresh(case).version, **values}
    return client.post(page_of(case), given)


def test_request_is_answered_on_its_page(client, people):
    case = asked(people)
    client.force_login(people["H"])

    answer = post(client, case, do="reply_task", reply="合同属实。", moved="3.5万")

    task = case.tasks.get()
    assert (answer.status_code, task.state, task.moved_fen) == (302, "replied", 3_500_000)
    assert "合同属实。" in client.get(page_of(case)).content.decode()


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"do": "reply_task", "moved": "三千"}, "还没填核实情况和采取的措施"),
        ({"do": "return_task", "scope": "whole", "rule": "按规定", "reason": "不归我委。"}, "第几条"),
    ],
)
def test_refused_answer_changes_nothing_and_keeps_what_was_typed(client, people, values, sentence):
    case = asked(people)
    client.force_login(people["H"])

    answer = post(client, case, **values)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert list(values.values())[-1] in text
    assert case.tasks.get().state == "asked"


def test_stale_page_is_refused_with_what_was_typed(client, people):
    case = asked(people)
    client.force_login(people["H"])

    answer = post(client, case, do="reply_task", reply="合同属实。", version=1)

    assert (answer.status_code, case.tasks.get().state) == (409, "asked")
    assert "合同属实。" in answer.content.decode()


def test_those_inside_read_the_request_but_do_not_answer_it(client, people):
    case = asked(people, "合同.pdf")
    client.force_login(people["Z"])

    assert "合同.pdf" in client.get(page_of(case)).content.decode()
    assert post(client, case, do="reply_task", reply="合同属实。").status_code == 403


def upload(client, case, *files, **values):
    url = reverse("inspection:task_upload", args=[case.tasks.get().public_id])
    return client.post(url, {"kind": "other", "key": new_key(), "files": files, **values})


def test_files_go_with_the_answer_and_into_the_file(client, people):
    case = asked(people)
    client.force_login(people["H"])
    file = SimpleUploadedFile("备案.pdf", pdf(), "application/pdf")

    assert upload(client, case, file).status_code == 302

    kept = case.attachments.get()
    assert (kept.name, kept.source, kept.uploaded_by) == ("备案.pdf", "区住房城乡建委协办答复", people["H"])
    assert Enclosure.objects.get(attachment=kept).with_reply
    post(client, case, do="reply_task", reply="见附件。")
    assert statuses(client, people["H"], case) == {200}
    again = SimpleUploadedFile("迟.pdf", pdf(), "application/pdf")
    assert (upload(client, case, again).status_code, case.attachments.count()) == (403, 1)


def test_bad_file_is_named_and_the_good_one_kept(client, people):
    case = asked(people)
    client.force_login(people["H"])
    good = SimpleUploadedFile("好.pdf", pdf(), "application/pdf")
    bad = SimpleUploadedFile("坏.pdf", b"MZ", "application/pdf")

    answer = upload(client, case, good, bad)

    assert answer.status_code == 422
    assert "坏.pdf" in answer.content.decode()
    assert [each.name for each in case.attachments.all()] == ["好.pdf"]


def test_nothing_chosen_is_said(client, people):
    case = asked(people)
    client.force_login(people["H"])

    answer = upload(client, case)

    assert (answer.status_code, "还没选要上传的文件" in answer.content.decode()) == (422, True)


# The list


def shown(client, **query) -> tuple[dict[str, int], list[str]]:
    """The counts of the views, and the days on which the shown requests are due."""
    page = client.get(LIST, query)
    n = {tab["code"]: tab["n"] for tab in page.context["tabs"]}
    return n, [row.task.due_on.isoformat() for row in page.context["rows"]]


def test_list_holds_the_requests_to_the_own_agency(client, people, time_machine):
    late, soon = asked(people), asked(people, request="press", due_on=(TODAY + 3 * DAY).isoformat())
    done = asked(people)
    take("reply_task", done, people["H"], task=done.tasks.get().pk, reply="属实。")
    asked(people, receiver=make_user("water01", agency="water", role="liaison").agency_id)
    gone = asked(people)
    take("withdraw_task", gone, people["Z"], task=gone.tasks.get().pk, reason="查清。")
    client.force_login(people["H"])

    n, due = shown(client)
    assert n == {"todo": 2, "overdue": 0, "back": 0, "done": 1, "all": 3}
    assert due == [soon.tasks.get().due_on.isoformat(), late.tasks.get().due_on.isoformat()]
    assert shown(client, request="press")[0]["todo"] == 1
    assert shown(client, word="没有这家")[1] == []
    time_machine.move_to(moment(TODAY + 7 * DAY), tick=False)
    client.force_login(people["H"])
    assert shown(client, tab="overdue")[1] == [soon.tasks.get().due_on.isoformat()]
    assert "王某1" not in client.get(LIST).content.decode()


def test_list_costs_the_same_for_one_and_for_four(client, people):
    asked(people, "合同.pdf")
    client.force_login(people["H"])
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _n in range(3):
        asked(people, "合同.pdf")

    with CaptureQueriesContext(connection) as four:
        assert len(client.get(LIST).context["rows"]) == 4
    assert len(one) == len(four)


def test_list_is_for_those_who_answer(client, people):
    client.force_login(people["Z"])

    assert client.get(LIST).status_code == 403


def test_withdrawn_request_is_gone_from_the_page_of_the_case_too(client, people):
    case = complaint(people, State.INVESTIGATING)
    share(case, "housing")
    task(case, "housing", content="仍请核实")
    task(case, "housing", content="已经收回", withdrawn_by=people["Z"], withdrawn_at=moment(TODAY))
    client.force_login(people["H"])

    page = client.get(case.get_absolute_url()).content.decode()

    assert "仍请核实" in page
    assert "已经收回" not in page
