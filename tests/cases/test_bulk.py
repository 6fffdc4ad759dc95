"""Many cases at once: reassigned with a way back, exported with a purpose, printed as one file."""

import csv
import io
from hashlib import sha256

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import User
from cases import bulk, exports
from cases.models import Case, Duty, Export
from cases.worklist import WorkList
from documents import batch as files
from documents.models import Document
from inspection.states import State
from tests.inspection.situations import TODAY, complaint, fresh, moment, new_key, share, staff
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    found = staff("WZXNJFLBDH")
    found["new"] = make_user("inspector04", role="inspector", display_name="新来", licence_no="示例4")
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ticks(*cases: Case) -> list[str]:
    return [f"{case.public_id}:{fresh(case).version}" for case in cases]


def post(user: User, name: str, cases: list[str], **fields):
    data = {"case": cases, "query": "tab=open", "key": new_key(), **fields}
    return signed_in(user).post(reverse(name), data)


def reassign(people, cases: list[str], by: str = "J", **fields):
    given = {"do": "reassign", "lead": people["new"].pk, "reason": "工作调整", **fields}
    return post(people[by], "cases:reassign", cases, **given)


def inspectors(case: Case) -> tuple[str, str]:
    held = {row.duty: str(row.user) for row in case.assignments.filter(until=None)}
    return held.get(Duty.LEAD, ""), held.get(Duty.SECOND, "")


# Reassignment


def test_ticked_cases_get_the_new_lead_and_keep_the_second(people):
    cases = [complaint(people, State.INVESTIGATING) for _number in range(3)]

    answer = reassign(people, ticks(*cases[:2]))

    assert answer.status_code == 200
    assert "已改派2件给新来" in answer.content.decode()
    assert [inspectors(case) for case in cases] == [
        ("新来", "测试inspector02"),
        ("新来", "测试inspector02"),
        ("测试inspector01", "测试inspector02"),
    ]
    event = cases[0].timeline.get()
    assert (event.step, event.by, event.facts["reason"]) == ("change_inspectors", people["J"], "工作调整")
    assert fresh(cases[0]).handler == people["new"]


def test_page_before_says_which_cases_and_changes_nothing(people):
    case = complaint(people, State.INVESTIGATING)

    answer = post(people["J"], "cases:reassign", ticks(case))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "改派1件" in page
    assert case.number in page
    assert inspectors(case) == ("测试inspector01", "测试inspector02")


def test_case_that_cannot_be_reassigned_says_why_and_stops_no_other(people):
    good = complaint(people, State.INVESTIGATING, due_on=TODAY)
    ended = complaint(people, State.CLOSED)

    answer = reassign(people, ticks(good, ended))

    page = answer.content.decode()
    assert "已改派1件给新来" in page
    assert "第2件" in page
    assert "案件现在是“结案”，不能办理“更换承办人”" in page
    assert (inspectors(good)[0], inspectors(ended)[0]) == ("新来", "测试inspector01")
    assert ended.timeline.get().kind == "refused"


def test_case_changed_meanwhile_is_left_alone(people):
    case = complaint(people, State.INVESTIGATING)
    seen = ticks(case)
    reassign(people, seen)

    answer = reassign(people, seen, lead=people["N"].pk)

    assert "你打开之后，这件案子有人改过" in answer.content.decode()
    assert inspectors(case)[0] == "新来"


def test_double_click_reassigns_once(people):
    case, key = complaint(people, State.INVESTIGATING), new_key()
    seen = ticks(case)

    answers = [reassign(people, seen, key=key) for _click in range(2)]

    assert ["已改派1件" in answer.content.decode() for answer in answers] == [True, True]
    assert case.timeline.count() == 1


def test_person_already_on_the_case_is_not_given_both_duties(people):
    case = complaint(people, State.INVESTIGATING)

    page = reassign(people, ticks(case), lead=people["X"].pk).content.decode()

    assert "测试inspector02已经在本案里，主办和协办要两个人，两位一起选" in page
    assert "一件也没有改派" in page
    assert inspectors(case) == ("测试inspector01", "测试inspector02")


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"lead": ""}, "还没选改派给谁"),
        ({"reason": ""}, "还没填更换理由"),
        ({"lead": "999999"}, "选的人不在可选的人员里"),
    ],
)
def test_reassignment_without_what_it_needs_changes_nothing(people, fields, sentence):
    case = complaint(people, State.INVESTIGATING)

    answer = reassign(people, ticks(case), **fields)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert case.timeline.count() == 0


@pytest.mark.parametrize("cases", [[], ["x"], ["\x00"], ["00000000-0000-0000-0000-000000000007"]])
def test_nothing_ticked_is_said(people, cases):
    answer = reassign(people, cases)

    assert answer.status_code == 422
    assert "还没选案件" in answer.content.decode()


def test_every_page_of_the_list_is_a_click_of_its_own(people):
    cases = [complaint(people, State.INVESTIGATING) for _number in range(22)]
    other = complaint(people, State.ORDERED)

    page = signed_in(people["J"]).get("/cases/?tab=open&state=INVESTIGATING").content.decode()
    answer = reassign(people, [], all="1", query="tab=open&state=INVESTIGATING")

    assert "选中全部22件（所有页）" in page
    assert "已改派22件" in answer.content.decode()
    assert {inspectors(case)[0] for case in cases} == {"新来"}
    assert inspectors(other)[0] == "测试inspector01"


def test_more_than_the_most_are_seen_as_too_many(people):
    cases = [complaint(people, State.INVESTIGATING) for _number in range(3)]
    work = WorkList(people["J"], {"tab": "open"})

    found = [bulk.chosen(work, ticks(*cases), every=every, most=2) for every in (False, True)]

    assert [len(each.cases) for each in found] == [3, 3]


@pytest.mark.parametrize("letter", ["W", "Z", "L", "H"])
def test_reassignment_is_the_heads(people, letter):
    case = complaint(people, State.INVESTIGATING)

    assert reassign(people, ticks(case), by=letter).status_code == 403
    assert case.timeline.count() == 0


def test_foreign_cases_are_not_among_the_ticked(people):
    foreign = complaint(people, State.INVESTIGATING, agency="arb")

    answer = reassign(people, ticks(foreign))

    assert answer.status_code == 422
    assert foreign.number not in answer.content.decode()
    assert foreign.timeline.count() == 0


# The way back


def undo(user: User, token: str):
    return signed_in(user).post(reverse("cases:undo_reassign"), {"token": token, "query": "tab=open"})


def test_reassignment_is_taken_back_as_acts_of_its_own(people):
    cases = [complaint(people, State.INVESTIGATING) for _number in range(2)]
    token = reassign(people, ticks(*cases)).context["undo"]

    answer = undo(people["J"], token)

    assert "已撤销2件的改派" in answer.content.decode()
    assert [inspectors(case) for case in cases] == [("测试inspector01", "测试inspector02")] * 2
    assert [event.facts["reason"] for event in cases[0].timeline.order_by("seq")] == ["工作调整", "撤销改派"]


def test_taking_back_twice_acts_once(people):
    case = complaint(people, State.INVESTIGATING)
    token = reassign(people, ticks(case)).context["undo"]

    undo(people["J"], token)
    undo(people["J"], token)

    assert case.timeline.filter(kind="step").count() == 2


def test_reassignment_is_not_taken_back_over_somebody_elses_change(people):
    case = complaint(people, State.INVESTIGATING)
    token = reassign(people, ticks(case)).context["undo"]
    reassign(people, ticks(case), lead=people["N"].pk)

    answer = undo(people["J"], token)

    assert "有人改过" in answer.content.decode()
    assert inspectors(case)[0] == str(people["N"])


def test_reassignment_is_taken_back_within_ten_minutes_only(people, time_machine):
    case = complaint(people, State.INVESTIGATING)
    token = reassign(people, ticks(case)).context["undo"]
    time_machine.move_to(moment(TODAY, 10, 11), tick=False)

    assert undo(people["J"], token).status_code == 422
    assert inspectors(case)[0] == "新来"


def test_token_of_another_person_or_of_nobody_is_worth_nothing(people):
    case = complaint(people, State.INVESTIGATING)
    token = reassign(people, ticks(case)).context["undo"]
    other = make_user("head02", role="inspection_head")

    assert [undo(other, token).status_code, undo(people["J"], "x").status_code] == [422, 422]
    assert inspectors(case)[0] == "新来"


# Export


def export(user: User, cases: list[str], **fields):
    return post(user, "cases:export", cases, **{"do": "export", "purpose": "月度会商", **fields})


def table(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_export_holds_the_ticked_rows_and_is_recorded(people):
    case = complaint(people, State.INVESTIGATING, workers=2, due_on=TODAY, is_priority=True)
    complaint(people, State.INVESTIGATING)

    answer = export(people["J"], ticks(case))

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert table(answer) == [
        ["案号", "时限", "投诉人", "用人单位", "金额（元）", "状态", "通道", "承办人", "登记日期"],
        [
            case.number,
            "",
            "王*",
            case.respondent_name,
            "24000.00",
            "调查取证",
            "农民工优先",
            "测试inspector01",
            "2026-05-02",
        ],
    ]
    record = Export.objects.get()
    assert (record.user, record.purpose, record.case_count, record.query) == (
        people["J"],
        "月度会商",
        1,
        "tab=open",
    )


def test_export_asks_for_its_purpose(people):
    case = complaint(people, State.INVESTIGATING)

    asked = post(people["J"], "cases:export", ticks(case))
    refused = export(people["J"], ticks(case), purpose=" ")

    assert (asked.status_code, refused.status_code) == (200, 422)
    assert "还没填用途" in refused.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝"])
def test_cell_is_never_a_formula(people, start):
    assert exports.safe(f"{start}1+1") == f"'{start}1+1"
    assert exports.safe(f" {start}1+1") == f"' {start}1+1"
    assert exports.safe("重庆=公司") == "重庆=公司"


def test_export_of_a_hostile_name_is_text(people):
    case = complaint(people, State.INVESTIGATING, respondent_name='=HYPERLINK("http://x","y")')

    assert table(export(people["J"], ticks(case)))[1][3].startswith("'=")


def test_export_of_everything_obeys_sight(people):
    own = complaint(people, State.INVESTIGATING)
    foreign = complaint(people, State.INVESTIGATING, agency="arb")
    share(foreign, "inspection")

    rows = table(export(people["J"], [], all="1", query="tab=open"))

    assert [row[0] for row in rows[1:]] == [own.number]


def test_export_is_not_for_those_with_whom_cases_are_shared(people):
    case = complaint(people, State.INVESTIGATING)
    share(case, "housing")

    assert export(people["H"], ticks(case)).status_code == 403


# Printing


def printed(people, cases: list[str], by: str = "W", **fields):
    return post(people[by], "documents:batch", cases, **{"do": "print", "kind": "D04", **fields})


def issue(case: Case, by: User, pages: int) -> Document:
    html = "".join(
        f'<section style="page-break-after: always">{case.number}-{n}</section>' for n in range(pages)
    )
    html = f"<html><body>{html.removesuffix('</section>')}</section></body></html>"
    return Document.objects.create(
        case=case,
        agency=case.agency,
        kind="D04",
        title="受理通知书",
        issued_on=TODAY,
        issued_at=moment(TODAY),
        issued_by=by,
        html=html,
        text_sha256=sha256(html.encode()).hexdigest(),
        template_version="test",
    )


def test_documents_of_the_ticked_cases_are_one_file_in_order(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cases = [complaint(people, State.INVESTIGATING, due_on=TODAY) for _number in range(3)]
    documents = [issue(case, people["W"], 1) for case in cases[:2]]

    page = post(people["W"], "documents:batch", ticks(*cases))
    answer = printed(people, ticks(*cases))

    assert "《受理通知书》2份" in page.content.decode()
    assert "1件没有这种文书，不打印" in page.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    sheets = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(sheets) % 2 == 0
    numbers = [sheets[0].extract_text(), sheets[len(sheets) // 2].extract_text()]
    assert [case.case_no[-6:-1] in text for case, text in zip(cases[:2], numbers, strict=True)] == [
        True,
        True,
    ]
    assert [document.prints.count() for document in documents] == [1, 1]
    assert cases[0].timeline.get().step == "print_document"


def pdf(pages: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("pages, total", [([1], 2), ([2], 2), ([1, 2, 3], 8), ([1, 1, 1], 6)])
def test_each_document_begins_on_an_odd_page(pages, total):
    sheets = pypdf.PdfReader(io.BytesIO(files.joined([pdf(n) for n in pages]))).pages

    assert len(sheets) == total


def test_cases_without_documents_have_nothing_to_print(people):
    case = complaint(people, State.INVESTIGATING)

    page = post(people["W"], "documents:batch", ticks(case)).content.decode()

    assert "这些案件还没有开过文书" in page


@pytest.mark.parametrize("letter", ["L", "D", "H"])
def test_printing_is_for_those_who_issue(people, letter):
    case = complaint(people, State.INVESTIGATING)

    assert printed(people, ticks(case), by=letter).status_code == 403
