"""日程 and 关联案件: what has a day on a case, and which other cases belong to the same matter."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from cases import related
from cases.models import Case, Party, Project
from cases.schedule import ahead_and_over, count_ahead
from cases.selectors import page_case
from inspection.states import State
from tests.inspection.situations import (
    DAY,
    TODAY,
    clock,
    complaint,
    fresh,
    moment,
    share,
    staff,
    task,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJFLBDH")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, name: str, case: Case):
    return signed_in(user).get(reverse(f"cases:{name}", args=[case.public_id]))


# 日程


def dates(case: Case, user: User) -> tuple[list[tuple], list[tuple]]:
    ahead, over = ahead_and_over(page_case(user, case.public_id), TODAY)
    return [(each.on, each.what, each.state) for each in ahead], [
        (each.on, each.what, each.state) for each in over
    ]


def test_what_is_waited_for_stands_nearest_first(people):
    case = complaint(people, State.INVESTIGATING)
    clock(case, "T10", TODAY - 7 * DAY, TODAY + 80 * DAY, raw_end=TODAY + 80 * DAY)
    clock(case, "T01", TODAY - 9 * DAY, TODAY - 2 * DAY, raw_end=TODAY, met_on=TODAY - 5 * DAY)
    clock(case, "T12", TODAY - 9 * DAY, TODAY - 3 * DAY, raw_end=TODAY, ended_on=TODAY - 4 * DAY)
    task(case, "housing", due_on=TODAY + 3 * DAY)
    task(case, "water", due_on=TODAY - 3 * DAY)

    ahead, over = dates(case, people["Z"])

    assert [(on, state) for on, _what, state in ahead] == [
        (TODAY - 3 * DAY, "等答复"),
        (TODAY + 3 * DAY, "等答复"),
        (TODAY + 80 * DAY, ""),
    ]
    assert [what for _on, what, _state in ahead][:2] == [
        "区水利局答复：核实项目与合同",
        "区住房城乡建委答复：核实项目与合同",
    ]
    assert [(on, state) for on, _what, state in over] == [
        (TODAY - 2 * DAY, "2026-06-11已办"),
        (TODAY - 3 * DAY, "2026-06-12停止计时"),
    ]


def test_parts_of_a_plan_stand_with_their_sums_and_once(people):
    case = complaint(people, State.ORDERED)
    for number, days in ((1, -2), (2, 20)):
        day = TODAY + days * DAY
        case.instalments.create(
            number=number, due_on=day, amount_fen=600_000, paid_up_to_fen=600_000 * number
        )
        met = {"met_on": day} if number == 1 else {"raw_end": day}
        clock(case, "PART", TODAY - 9 * DAY, day, cause=f"part-{number}", **met)
    Case.objects.filter(pk=case.pk).update(paid_fen=600_000)

    ahead, over = dates(case, people["Z"])

    assert ahead == [(TODAY + 20 * DAY, "分期支付第2期，6,000.00元", "未付足")]
    assert over == [(TODAY - 2 * DAY, "分期支付第1期，6,000.00元", "已付足")]


def test_hearing_is_waited_for_until_it_was_held(people):
    waiting = complaint(people, State.PRE_NOTICE, details={"hearing_on": TODAY + 9 * DAY})
    held = complaint(
        people, State.PRE_NOTICE, details={"hearing_on": TODAY - DAY, "hearing_held_on": TODAY - DAY}
    )

    assert dates(waiting, people["Z"]) == ([(TODAY + 9 * DAY, "听证", "")], [])
    assert dates(held, people["Z"]) == ([], [(TODAY - DAY, "听证", "2026-06-15已举行")])


def test_request_of_an_ended_case_is_not_waited_for(people):
    case = complaint(people, State.CLOSED)
    task(case, "housing", due_on=TODAY + 3 * DAY)

    assert count_ahead(page_case(people["J"], case.public_id), TODAY) == 0


def test_tab_says_how_many_are_waited_for(people):
    case = complaint(people, State.INVESTIGATING)
    task(case, "housing")

    answer = page(people["Z"], "schedule", case)

    assert "日程(1)" in answer.content.decode()
    assert "区住房城乡建委答复" in answer.content.decode()


def test_case_without_days_says_so(people):
    assert "没有在等的期限和日期" in page(people["Z"], "schedule", complaint(people)).content.decode()


# 关联案件


def of_its_own(case: Case) -> Case:
    """The case has nothing in common with others."""
    case.parties.filter(role="respondent").delete()
    return case


def ties(user: User, case: Case) -> dict[str, list[str]]:
    answer = page(user, "related", case)
    return {each.case.number: each.ties for each in answer.context["related"]}


def test_what_two_cases_share_is_said(people):
    here = complaint(people, State.INVESTIGATING, workers=2)
    same_unit = complaint(people, State.CLOSED)
    same_worker = of_its_own(complaint(people, State.REGISTERED))
    Party.objects.filter(pk=worker_of(same_worker).pk).update(person=worker_of(here).person)
    same_site = of_its_own(complaint(people, State.REGISTERED))
    site = Project.objects.create(agency=here.agency, name="某某安置房二期")
    Case.objects.filter(pk__in=[here.pk, same_site.pk]).update(project=site)
    of_its_own(complaint(people, State.REGISTERED))

    assert ties(people["Z"], here) == {
        same_unit.number: ["同一单位"],
        same_worker.number: [f"同一劳动者{worker_of(here).name}"],
        same_site.number: ["同一工程"],
    }


def test_several_workers_in_common_are_one_tie(people):
    here = of_its_own(complaint(people, State.INVESTIGATING, workers=3))
    other = of_its_own(complaint(people, State.INVESTIGATING, workers=3))
    mine = list(here.parties.filter(role="worker").order_by("position"))
    for party, one in zip(other.parties.filter(role="worker").order_by("position"), mine, strict=True):
        Party.objects.filter(pk=party.pk).update(person=one.person)

    assert ties(people["Z"], here) == {other.number: [f"同一劳动者{mine[0].name}等3人"]}


def test_what_a_person_may_not_read_is_neither_shown_nor_counted(people):
    here = complaint(people, State.INVESTIGATING)
    foreign = complaint(people, State.INVESTIGATING, agency="arb")
    Party.objects.filter(case=foreign, role="worker").update(person=worker_of(here).person)
    shared = complaint(people, State.INVESTIGATING, agency="aid")
    Party.objects.filter(case=shared, role="worker").update(person=worker_of(here).person)
    share(shared, "inspection")

    answer = page(people["Z"], "related", here)

    assert answer.context["related"] == []
    assert "关联案件(0)" in answer.content.decode()
    assert [each for each in (foreign.number, shared.number) if each in answer.content.decode()] == []
    assert related.cases(people["Z"], fresh(here)).count() == 0


def test_joined_complaints_and_the_case_they_joined_lead_to_each_other(people):
    target = complaint(people, State.INVESTIGATING)
    joined = complaint(people, State.VOID, details={"merged_into": target})

    there = page(people["Z"], "related", target).content.decode()
    back = page(people["Z"], "related", joined).content.decode()

    assert "并入本案的投诉" in there
    assert joined.get_absolute_url() in there
    assert "本案已并入" in back
    assert target.get_absolute_url() in back


def test_many_related_cases_are_cut_and_counted(people, monkeypatch):
    monkeypatch.setattr(related, "MOST", 2)
    here = complaint(people, State.INVESTIGATING)
    for days in range(3):
        complaint(people, State.INVESTIGATING, received_on=TODAY - timedelta(days=days))

    answer = page(people["Z"], "related", here)

    assert len(answer.context["related"]) == 2
    assert "只列最近的2件，一共3件" in answer.content.decode()


@pytest.mark.parametrize("name", ["schedule", "related"])
def test_pages_ask_as_often_for_one_row_as_for_four(people, name):
    def queries(case: Case) -> int:
        client, url = signed_in(people["Z"]), reverse(f"cases:{name}", args=[case.public_id])
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    def one_more() -> Case:
        case = complaint(people, State.INVESTIGATING)
        row = clock(case, "T10", TODAY, TODAY, raw_end=TODAY)
        Case.objects.filter(pk=case.pk).update(headline_clock=row, due_on=TODAY)
        return case

    here = one_more()
    one_more()
    few = queries(here)
    for _number in range(3):
        one_more()
    for days in range(3):
        task(here, "housing", due_on=TODAY + timedelta(days=days))

    assert queries(here) == few
    assert few <= 20


@pytest.mark.parametrize("name", ["schedule", "related"])
def test_pages_are_not_for_those_with_whom_the_case_is_shared(people, name):
    case = complaint(people, State.INVESTIGATING)
    share(case, "housing")

    assert page(people["H"], name, case).status_code == 404
