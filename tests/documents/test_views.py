"""The pages of documents: what is offered, shown, issued, printed and voided, and to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import TimelineEvent
from documents import pdf
from documents.models import Document, DocumentPrint
from tests.documents import matters
from tests.documents.matters import fresh, new_key
from tests.documents.pages import text_of
from tests.people import make_user


@pytest.fixture
def case(people):
    """An accepted complaint with its receipt and its notice."""
    return matters.accepted(people, matters.registered(people))


@pytest.fixture
def notice(case):
    return Document.objects.get(kind="D06")


@pytest.fixture
def window(client, people):
    client.force_login(people["window"])
    return client


def case_url(case) -> str:
    return reverse("documents:case", args=[case.public_id])


def new_url(case, kind: str) -> str:
    return reverse("documents:new", args=[case.public_id, kind])


def preview_url(case, kind: str) -> str:
    return reverse("documents:preview", args=[case.public_id, kind])


def url(document: Document, name: str) -> str:
    return reverse(f"documents:{name}", args=[document.public_id])


def posted(case, **values) -> dict:
    return {"version": fresh(case).version, "key": new_key(), **values}


# Who sees what


def routes(case, document) -> list[str]:
    own = [url(document, name) for name in ("show", "text", "pdf", "void")]
    return [case_url(case), new_url(case, "D04"), preview_url(case, "D04"), *own]


@pytest.mark.parametrize(
    ("username", "agency", "role"),
    [
        ("clerk01", "arb", "clerk"),
        ("aid01", "aid", "aid_reviewer"),
        ("housing01", "housing", "liaison"),
        ("admin01", "district", "sysadmin"),
    ],
)
def test_foreign_documents_do_not_exist(client, case, notice, username, agency, role):
    client.force_login(make_user(username, agency=agency, role=role))

    assert {client.get(route).status_code for route in routes(case, notice)} == {404}
    assert not DocumentPrint.objects.exists()


def test_strangers_are_sent_to_sign_in(client, case, notice):
    assert {client.get(route).status_code for route in routes(case, notice)} == {302}


def test_people_who_only_look_read_but_neither_issue_nor_print(client, case, notice):
    client.force_login(make_user("leader01", agency="district", role="leader"))

    answers = {name: client.get(url(notice, name)).status_code for name in ("show", "text", "pdf", "void")}

    assert answers == {"show": 200, "text": 200, "pdf": 403, "void": 403}
    assert client.get(new_url(case, "D04")).status_code == 403
    page = client.get(case_url(case)).content.decode()
    assert "铜人社监受〔" in page
    assert "可以开具的文书" not in page
    assert url(notice, "pdf") not in page


# The list


def test_the_list_offers_what_fits_and_shows_what_was_issued(window, case, notice):
    page = window.get(case_url(case)).content.decode()

    assert new_url(case, "D04") in page
    assert "已经开具《受理通知书》" in page
    assert notice.number in page
    assert f'href="{url(notice, "pdf")}" data-print' in page


def test_the_list_asks_the_database_as_often_for_one_document_as_for_four(window, people):
    one = matters.registered(people)
    four = matters.registered(people)
    for _ in range(3):
        window.post(new_url(four, "D04"), posted(four, materials="工资条"))

        window.get(case_url(four))  # takes the message along

    assert queries_of(window, case_url(one)) == queries_of(window, case_url(four))


def queries_of(client, route: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(route).status_code == 200
    return len(queries)


# Issuing


def test_the_page_of_a_new_document_shows_a_preview_in_a_frame(window, case):
    page = window.get(new_url(case, "D04")).content.decode()

    assert f'src="{preview_url(case, "D04")}"' in page
    assert not Document.objects.filter(case=case, kind="D04").exclude(event__step="register").exists()


def test_a_preview_bears_no_number_and_keeps_nothing(window, case, people, notice):
    window.post(url(notice, "void"), posted(case, reason="日期写错"))

    answer = window.get(preview_url(case, "D06"))

    assert "铜人社监受〔" in answer.content.decode()
    assert "〕　号" in answer.content.decode()
    assert Document.objects.filter(kind="D06").count() == 1


def test_a_preview_shows_the_facts_that_were_typed(window, case):
    answer = window.post(preview_url(case, "D04"), {"materials": "工资条复印件3份"})

    assert "工资条" in answer.content.decode()


def test_a_preview_that_cannot_be_made_says_why(window, case):
    answer = window.get(preview_url(case, "D29"))

    assert answer.status_code == 422
    assert "还没选送达的文书" in answer.content.decode()


@pytest.mark.parametrize("name", ["preview", "text"])
def test_a_document_in_a_frame_may_load_nothing(window, case, notice, name):
    answer = window.get(preview_url(case, "D04") if name == "preview" else url(notice, "text"))

    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    policy = set(answer["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    }


def test_a_document_is_issued_from_its_page(window, case):
    answer = window.post(new_url(case, "D04"), posted(case, materials="工资条复印件3份"))

    document = Document.objects.filter(kind="D04").latest("pk")
    assert (answer.status_code, answer.url) == (302, document.get_absolute_url())
    assert "工资条" in text_of(pdf.pdf_of(document))


def test_a_second_click_issues_nothing_more(window, case):
    form = posted(case, materials="工资条")

    answers = [window.post(new_url(case, "D04"), form) for _ in range(3)]

    assert len({answer.url for answer in answers}) == 1
    assert Document.objects.filter(kind="D04").count() == 2


def test_a_stale_page_is_told_so(window, case):
    form = posted(case, version=case.version - 1)

    answer = window.post(new_url(case, "D04"), form)

    assert answer.status_code == 409
    assert Document.objects.filter(kind="D04").count() == 1


def test_what_is_refused_is_said_and_recorded(window, case):
    answer = window.post(new_url(case, "D06"), posted(case))

    assert answer.status_code == 422
    assert "已经开具《受理通知书》" in answer.content.decode()
    assert fresh(case).timeline.first().kind == TimelineEvent.Kind.REFUSED


def test_a_form_that_lacks_something_is_shown_again(window, case):
    answer = window.post(new_url(case, "D29"), posted(case))

    assert answer.status_code == 422
    assert "还没选送达的文书" in answer.content.decode()


def test_a_kind_that_is_not_ready_has_no_page(window, case):
    assert window.get(new_url(case, "D14")).status_code == 404
    assert window.get(new_url(case, "D99")).status_code == 404


# Printing


def test_printing_hands_out_the_pdf_for_a_frame_of_ours_and_records_it(window, notice):
    answers = [window.get(url(notice, "pdf")) for _ in range(2)]

    answer = answers[0]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert "no-store" in answer["Cache-Control"]
    assert answers[0].content == answers[1].content
    assert list(DocumentPrint.objects.values_list("is_reprint", flat=True)) == [False, True]


def test_other_pages_stay_out_of_frames(window, case, notice):
    for route in (case_url(case), url(notice, "show")):
        answer = window.get(route)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_prints_stand_beside_the_document(window, notice):
    window.get(url(notice, "pdf"))
    window.get(url(notice, "pdf"))

    page = window.get(url(notice, "show")).content.decode()

    assert page.count("（补打）") == 1
    assert Document.objects.get(pk=notice.pk).pdf_sha256 in page


def test_a_pdf_that_cannot_be_made_is_an_answer_in_words(window, notice, settings, tmp_path):
    settings.FONT_DIR = tmp_path

    answer = window.get(url(notice, "pdf"))

    assert answer.status_code == 503
    assert "暂时没有做成PDF，文号保留" in answer.content.decode()
    assert not DocumentPrint.objects.exists()
    assert "PDF没做成" in window.get(case_url(notice.case)).content.decode()


def test_a_damaged_file_is_not_handed_out(window, notice):
    pdf.pdf_of(notice)
    notice.refresh_from_db()
    (pdf.folder() / notice.pdf_name).write_bytes(b"%PDF-1.7 other")

    answer = window.get(url(notice, "pdf"))

    assert answer.status_code == 503
    assert "与签发时不一致" in answer.content.decode()
    assert not DocumentPrint.objects.exists()


# Voiding


def test_a_document_is_voided_with_a_reason(window, case, notice):
    answer = window.post(url(notice, "void"), posted(case, reason="姓名写错"))

    assert (answer.status_code, answer.url) == (302, case_url(case))
    page = window.get(url(notice, "show")).content.decode()
    assert "理由：姓名写错" in page
    assert url(notice, "pdf") not in page
    assert window.get(url(notice, "pdf")).status_code == 422


def test_voiding_without_a_reason_is_refused(window, case, notice):
    answer = window.post(url(notice, "void"), posted(case, reason=""))

    assert answer.status_code == 422
    assert "还没填作废理由" in answer.content.decode()


def test_voiding_from_a_stale_page_is_refused(window, case, notice):
    answer = window.post(url(notice, "void"), posted(case, version=1, reason="姓名写错"))

    assert answer.status_code == 409
    notice.refresh_from_db()
    assert notice.state == "issued"
