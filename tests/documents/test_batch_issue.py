"""批量开文书: one kind for many cases, each an act of its own; the rest is told why not."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from cases import audit
from cases.models import Case
from documents.models import Document
from inspection.states import State
from tests.inspection.situations import TODAY, complaint, document, fresh, moment, new_key, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJLDH")


def tick(case: Case) -> str:
    return f"{case.public_id}:{fresh(case).version}"


def post(user: User, cases: list[str], **fields):
    client = Client()
    client.force_login(user)
    data = {"case": cases, "query": "tab=open", "key": new_key(), **fields}
    return client.post(reverse("documents:issue_many"), data)


SUMMONS = {
    "kind": "D11",
    "do": "issue",
    "appear_on": str(TODAY + timedelta(days=7)),
    "appear_at": "9:30",
    "place": "支队二楼",
    "papers": ["licence", "wages"],
}


def issued(case: Case, kind: str = "D11") -> list[Document]:
    return list(Document.objects.filter(case=case, kind=kind))


def numbers(found) -> list[str]:
    return [each.case.number for each in found]


def test_each_case_gets_its_own_document_with_what_was_asked_once(people):
    cases = [complaint(people, State.INVESTIGATING, due_on=TODAY + timedelta(days=n)) for n in range(3)]

    answer = post(people["Z"], [tick(case) for case in cases[:2]], **SUMMONS)

    assert answer.status_code == 200
    assert "已开具《调查询问书》2份" in answer.content.decode()
    assert [len(issued(case)) for case in cases] == [1, 1, 0]
    assert [case.timeline.get().step for case in cases[:2]] == ["issue_document"] * 2
    assert [issued(case)[0].number for case in cases[:2]] == [
        "铜人社监询〔2026〕1号",
        "铜人社监询〔2026〕2号",
    ]
    assert all("支队二楼" in issued(case)[0].html for case in cases[:2])


def test_page_before_says_which_and_why_not_and_changes_nothing(people):
    filed = complaint(people, State.INVESTIGATING)
    unfiled = complaint(people, State.REGISTERED)

    page = post(people["J"], [tick(filed), tick(unfiled)], kind="D11")

    assert page.status_code == 200
    assert numbers(page.context["open"]) == [filed.number]
    assert [(each.case.number, each.reasons) for each in page.context["left"]] == [
        (unfiled.number, ("还没立案，不能开具《调查询问书》",))
    ]
    assert "开具1份" in page.content.decode()
    assert not Document.objects.exists()


def test_kinds_say_for_how_many_cases(people):
    filed = complaint(people, State.INVESTIGATING)
    unfiled = complaint(people, State.REGISTERED)

    page = post(people["J"], [tick(filed), tick(unfiled)])

    offered = {each["kind"].id: (each["n"], each["without"]) for each in page.context["offered"]}
    assert offered["D01"] == (2, 0)
    assert offered["D11"] == (1, 1)
    assert "D12" not in offered  # asks for what differs from case to case
    assert "D06" not in offered  # comes from a step that none of them has taken


def test_what_the_case_lacks_is_said_before(people):
    case = complaint(people, State.CLOSED)

    page = post(people["J"], [tick(case)], kind="D11")

    assert (page.context["open"], len(page.context["left"])) == ([], 1)
    assert "选中的案件都开不成" in page.content.decode()


def test_double_click_issues_once_and_answers_the_same(people):
    case, key = complaint(people, State.INVESTIGATING), new_key()
    seen = tick(case)

    answers = [post(people["Z"], [seen], **{**SUMMONS, "key": key}) for _click in range(2)]

    assert ["已开具《调查询问书》1份" in answer.content.decode() for answer in answers] == [True, True]
    assert len(issued(case)) == 1


def test_case_changed_meanwhile_is_left_and_stops_no_other(people):
    changed, other = (complaint(people, State.INVESTIGATING, due_on=TODAY) for _number in range(2))
    ticks = [tick(changed), tick(other)]
    Case.objects.filter(pk=changed.pk).update(version=7)

    answer = post(people["Z"], ticks, **SUMMONS)

    assert "你打开之后，这件案子有人改过" in answer.content.decode()
    assert [len(issued(case)) for case in (changed, other)] == [0, 1]


def test_paper_that_only_one_case_can_be_asked_for_is_told_for_the_other(people):
    """The list of papers depends on the case: a construction site has more."""
    case = complaint(people, State.INVESTIGATING)

    answer = post(people["Z"], [tick(case)], **{**SUMMONS, "papers": ["deposit"]})

    assert answer.status_code == 422
    assert not issued(case)


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"appear_on": ""}, "还没填到场日期"),
        ({"appear_on": str(TODAY)}, "到场日期要晚于今天"),
        ({"papers": []}, "还没选要携带的材料"),
    ],
)
def test_answers_that_are_missing_keep_what_was_typed(people, change, sentence):
    case = complaint(people, State.INVESTIGATING)

    answer = post(people["Z"], [tick(case)], **{**SUMMONS, **change})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "支队二楼" in answer.content.decode()
    assert not issued(case)


def test_document_that_a_step_made_is_not_made_again(people):
    case = complaint(people, State.INVESTIGATING)
    entry = audit.Entry(kind="step", step="accept", label="受理", source="FILING")
    audit.append(case, people["J"], entry)
    document(case, "D06", by=people["J"])

    page = post(people["W"], [tick(case)], kind="D06")

    assert [each.reasons for each in page.context["left"]] == [
        (f"已经开具{issued(case, 'D06')[0]}，内容有错要先作废再重开",)
    ]


@pytest.mark.parametrize("cases", [[], ["x"]])
def test_nothing_ticked_is_said(people, cases):
    answer = post(people["J"], cases)

    assert answer.status_code == 422
    assert "还没选案件" in answer.content.decode()


@pytest.mark.parametrize("kind", ["", "D12", "D99", "\x00"])
def test_kind_that_cannot_be_chosen_shows_the_choice_again(people, kind):
    case = complaint(people, State.INVESTIGATING)

    answer = post(people["J"], [tick(case)], kind=kind, do="issue")

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_foreign_cases_are_not_among_the_ticked(people):
    foreign = complaint(people, State.INVESTIGATING, agency="arb")

    answer = post(people["J"], [tick(foreign)], **SUMMONS)

    assert answer.status_code == 422
    assert foreign.number not in answer.content.decode()
    assert not issued(foreign)


@pytest.mark.parametrize("letter", ["L", "D", "H"])
def test_issuing_is_for_those_who_do_the_paperwork(people, letter):
    case = complaint(people, State.INVESTIGATING)

    assert post(people[letter], [tick(case)], **SUMMONS).status_code == 403
    assert not issued(case)


def test_recused_person_issues_nothing(people):
    case = complaint(people, State.INVESTIGATING)
    case.recusals.create(user=people["Z"], reason="亲属", decided_by=people["J"], decided_at=moment(TODAY))

    answer = post(people["Z"], [tick(case)], **SUMMONS)

    assert "一份也没有开成" in answer.content.decode()
    assert not issued(case)


def test_choosing_asks_as_many_questions_for_two_cases_as_for_six(people):
    cases = [complaint(people, State.INVESTIGATING) for _number in range(6)]
    counted = []

    for few in (cases[:2], cases):
        with CaptureQueriesContext(connection) as asked:
            post(people["J"], [tick(case) for case in few])
        counted.append(len(asked) - len(few))  # each tick is a question of this test

    assert counted[0] == counted[1]


def test_printed_batch_begins_with_the_list(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cases = [complaint(people, State.INVESTIGATING, due_on=TODAY) for _number in range(2)]
    post(people["Z"], [tick(case) for case in cases], **SUMMONS)
    client = Client()
    client.force_login(people["Z"])
    data = {"case": [tick(case) for case in cases], "query": "tab=open", "kind": "D11", "do": "print"}

    plain, listed = (
        pypdf.PdfReader(io.BytesIO(client.post(reverse("documents:batch"), {**data, **more}).content)).pages
        for more in ({}, {"cover": "1"})
    )

    assert len(listed) == len(plain) + 2
    top = listed[0].extract_text().replace("\n", "")
    assert "调查询问书清单" in top
    assert "共2份" in top
    assert all(issued(case)[0].number in top.replace(" ", "") for case in cases), top
    assert "打印人：测试inspector01" in top
