"""The time limits of arbitration on worked dates, reckoned by hand and acted on real cases.

2026: off 02-15 to 02-23, Saturdays 02-14 and 02-28 worked; 05-01 to 05-05 off, Saturday 05-09 worked; 10-01 to
10-07 off.
"""

from datetime import date

import pytest

from arbitration.models import Hearing, Room
from arbitration.services import Application, Asked, Unit, Worker, register_dispute
from calendars.services import load_official_calendars
from cases.models import CaseClock
from tests.arbitration.situations import fresh, propose, staff, take, unit_of, worker_of
from tests.inspection.situations import moment, new_key

pytestmark = pytest.mark.django_db

WAGES = Asked("wage", 1_860_000, "2025-10", "2025-12")


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(date(2026, 2, 9)), tick=False)
    found = staff()
    load_official_calendars()
    return found


@pytest.fixture
def go(time_machine):
    """It is that day."""
    return lambda *day: time_machine.move_to(moment(date(*day)), tick=False)


def due(case, code: str, party=None) -> date | None:
    """The last day of the newest run of the rule."""
    rows = CaseClock.objects.filter(case=case, rule_code=code)
    return (rows if party is None else rows.filter(party=party)).order_by("-pk").first().due_on


def running(case) -> set[str]:
    return {row.rule_code for row in case.clocks.filter(met_on=None, ended_on=None)}


def applied(people, *, migrant: bool = True, claims=(WAGES,)):
    """The application of one worker, received today at the window."""
    entry = Application(
        workers=(Worker("王某某", phone="13800011111", is_migrant=migrant, claims=claims),),
        units=(Unit("重庆某某建筑劳务有限公司"),),
    )
    return fresh(register_dispute(by=people["R"], key=new_key(), entry=entry))


def accepted(people, **more):
    """Accepted today."""
    case = take(
        "submit", applied(people, **more), people["R"], jurisdiction="performance", opinion="拟受理。"
    )
    return take("accept", case, people["Y"])


def formed(people, case, **facts):
    """With a tribunal since today."""
    return take(
        "constitute",
        case,
        people["Y"],
        tribunal_form="sole",
        leader=people["A"].pk,
        clerk=people["C"].pk,
        **facts,
    )


def copied(people, case, on: str):
    return take(
        "serve_copy",
        case,
        people["C"],
        party=unit_of(case).pk,
        method="direct",
        served_on=on,
        receiver="前台",
        proof="前台签收",
    )


def test_fast_lane_across_the_spring_festival(people, go):
    """Received 9 February, accepted the 10th: every date of the lane, the hearing counted back, 30 and 45 days."""
    case = applied(people)
    assert (case.is_priority, case.dispute.lane_reason) == (True, "rule")
    assert due(case, "ARB-02") == date(2026, 2, 14)

    go(2026, 2, 10)
    case = take("submit", case, people["R"], jurisdiction="performance", opinion="拟受理。")
    case = take("accept", case, people["Y"])
    assert (case.filed_on, case.case_no) == (date(2026, 2, 10), "铜劳人仲案字〔2026〕第1号")
    assert [due(case, code) for code in ("ARB-04", "ARB-07")] == [date(2026, 2, 24)] * 2
    assert [due(case, code) for code in ("PRI-01", "ARB-23")] == [date(2026, 3, 12), date(2026, 3, 27)]
    assert case.due_on == date(2026, 3, 27)

    go(2026, 2, 12)
    case = copied(people, formed(people, case, simple_ground="clear"), "2026-02-12")
    assert due(case, "ARB-05") == date(2026, 3, 4)
    assert "ARB-04" not in running(case)

    go(2026, 2, 27)
    case = take(
        "record_reply", case, people["C"], party=unit_of(case).pk, replied_on="2026-02-27", content="不欠。"
    )
    assert due(case, "ARB-06") == date(2026, 3, 5)

    go(2026, 3, 2)
    room = Room.objects.create(agency=case.agency, name="第一仲裁庭")
    case = take(
        "schedule", case, people["A"], hearing_on="2026-03-10", starts="9:30", ends="11:00", room=room.pk
    )
    assert due(case, "ARB-20") == date(2026, 3, 3)
    assert due(case, "ARB-21") == date(2026, 3, 5)

    go(2026, 3, 20)
    propose("extend", case, people["A"], people, reason="需要调取银行流水。")
    case = take("extend", case, people["Y"])
    assert (due(case, "ARB-23"), case.dispute.extended) == (date(2026, 4, 13), True)


def test_correction_restarts_the_intake(people, go):
    """Asked 10 February, delivered the 13th: five working days are 14, 24, 25, 26 and 27 February."""
    case = applied(people)
    go(2026, 2, 10)
    case = take("request_correction", case, people["R"], missing_items="劳动合同", due_on="2026-02-26")
    assert "ARB-02" not in running(case)
    go(2026, 2, 13)
    case = take(
        "receive_correction",
        case,
        people["R"],
        received_on="2026-02-13",
        materials="劳动合同",
        jurisdiction="performance",
        opinion="拟受理。",
    )

    assert due(case, "ARB-02") == date(2026, 2, 27)


def test_mediation_before_the_case_holds_the_intake(people, go):
    """From consent to its end nothing runs; then five working days anew, from 25 February: 26, 27, 28, 2, 3."""
    case = applied(people)
    case = take(
        "suggest_mediation", case, people["R"], body="调解中心", consent_on="2026-02-09", how="当面同意"
    )
    assert case.clocks.get(rule_code="ARB-02").stopped_on == date(2026, 2, 9)
    assert due(case, "MED-12") == date(2026, 2, 24)

    go(2026, 2, 25)
    case = take(
        "mediation_ended", case, people["R"], ended_on="2026-02-25", result="不成。", opinion="拟受理。"
    )

    assert due(case, "ARB-02") == date(2026, 3, 3)
    assert (case.dispute.mediation_from_on, case.dispute.mediation_ended_on) == (
        date(2026, 2, 9),
        date(2026, 2, 25),
    )


def test_suspension_does_not_count_and_fifteen_days_come_on_top(people, go):
    """Accepted 20 March: due 6 May; suspended 10 April to 1 June, 52 days: 25 June; fifteen more: 10 July."""
    go(2026, 3, 20)
    case = accepted(people, migrant=False)
    clock = case.clocks.get(rule_code="ARB-23")
    assert (clock.raw_end, clock.due_on) == (date(2026, 5, 4), date(2026, 5, 6))
    case = formed(people, case)

    go(2026, 4, 10)
    propose("suspend", case, people["A"], people, ground="6", reason="等工伤认定。")
    case = take("suspend", case, people["Y"])
    assert (case.state, case.due_on, case.is_suspended) == ("SUSPENDED", None, True)

    go(2026, 6, 1)
    case = take("resume", case, people["A"], resumed_on="2026-06-01", reason="结论已出。")
    clock = case.clocks.get(rule_code="ARB-23")
    assert (case.state, clock.raw_end, clock.due_on) == (
        "CONSTITUTING",
        date(2026, 6, 25),
        date(2026, 6, 25),
    )

    propose("extend", case, people["A"], people, reason="案情复杂。")
    case = take("extend", case, people["V"])
    assert (due(case, "ARB-23"), case.due_on) == (date(2026, 7, 10), date(2026, 7, 10))


def test_merged_counterclaim_counts_anew(people, go):
    """Copy received 26 March, reply until 10 April; filed on the 8th, accepted on the 13th: 28 May, not 6 May."""
    go(2026, 3, 20)
    case = formed(people, accepted(people, migrant=False))
    go(2026, 3, 26)
    case = copied(people, case, "2026-03-26")
    assert due(case, "ARB-05") == date(2026, 4, 10)

    go(2026, 4, 8)
    case = take(
        "file_counterclaim",
        case,
        people["C"],
        party=unit_of(case).pk,
        type="training",
        amount="5000",
        arrived_on="2026-04-08",
    )
    assert due(case, "ARB-10") == date(2026, 4, 15)
    go(2026, 4, 13)
    claim = case.dispute_claims.get(origin="counter")
    case = take("accept_counterclaim", case, people["Y"], claim=claim.pk)

    assert (due(case, "ARB-24"), case.due_on) == (date(2026, 5, 28), date(2026, 5, 28))
    assert "ARB-23" not in running(case)
    assert case.claimed_fen == 1_860_000


def test_each_party_goes_on_from_its_own_receipt(people, go):
    """Served 17 and 18 September: both 8 October where not final; 8 and 19 October where final."""
    found = {}
    for kind, claims in {"final": (WAGES,), "nonfinal": (WAGES, Asked("confirm"))}.items():
        case = decided(people, go, claims=claims)
        go(2026, 9, 17)
        case = served(people, "serve_result", case, worker_of(case), "2026-09-17")
        go(2026, 9, 18)
        case = served(people, "serve_further_result", case, unit_of(case), "2026-09-18")
        ends = CaseClock.objects.filter(case=case, rule_code__startswith="AFT", party__isnull=False)
        found[kind] = {
            ("worker" if row.party.person_id else "unit", row.rule_code): row.due_on for row in ends
        }

    assert found == {
        "final": {("worker", "AFT-02"): date(2026, 10, 8), ("unit", "AFT-03"): date(2026, 10, 19)},
        "nonfinal": {("worker", "AFT-01"): date(2026, 10, 8), ("unit", "AFT-01"): date(2026, 10, 8)},
    }


def decided(people, go, **more):
    """Applied for on 3 August, heard on the 20th, and decided by an award of everything on 1 September."""
    go(2026, 8, 3)
    case = formed(people, accepted(people, **more), simple_ground="clear")
    case = copied(people, case, "2026-08-03")
    case = take(
        "waive_reply", case, people["C"], party=unit_of(case).pk, waived_on="2026-08-03", proof="同意书"
    )
    room = Room.objects.get_or_create(agency=case.agency, name=f"第{case.pk}仲裁庭")[0]
    hour = 9 + Hearing.objects.count()
    case = take(
        "schedule",
        case,
        people["C"],
        hearing_on="2026-08-20",
        starts=f"{hour}:00",
        ends=f"{hour}:50",
        room=room.pk,
    )
    for party in (worker_of(case), unit_of(case)):
        case = take(
            "notify_hearing",
            case,
            people["C"],
            party=party.pk,
            method="simple",
            notified_on="2026-08-03",
            proof="短信回执",
        )
    go(2026, 8, 20)
    case = take("hear", case, people["A"], held_on="2026-08-20", minutes="双方到庭。")
    case = take("mediate_after", case, people["A"], minutes="各执一词。")
    case = take("no_agreement", case, people["A"], reason="差距大。")
    case = take(
        "deliberate",
        case,
        people["A"],
        held_on="2026-08-20",
        unanimous="yes",
        by_chief="no",
        opinion="支持。",
    )
    lines = "\n".join(
        f"{place} {'支持' if claim.amount_fen is None else '18600'}"
        for place, claim in enumerate(case.dispute_claims.all(), start=1)
    )
    case = take("draft", case, people["A"], items=lines, found="事实。", reasons="理由。")
    go(2026, 9, 1)
    return take("sign", case, people["Y"])


def served(people, step, case, party, on: str):
    return take(
        step,
        case,
        people["C"],
        party=str(party.pk),
        method="mail",
        served_on=on,
        receiver="本人",
        proof="邮单1号",
    )


def test_award_takes_effect_when_nobody_sued(people, go):
    case = decided(people, go, claims=(WAGES, Asked("confirm")))
    assert (case.closed_on, case.outcome, case.dispute.success) == (
        date(2026, 9, 1),
        "award_nonfinal",
        "worker",
    )
    assert running(case) == set()
    go(2026, 9, 18)
    case = served(people, "serve_result", case, worker_of(case), "2026-09-17")
    case = served(people, "serve_further_result", case, unit_of(case), "2026-09-18")
    case = take("finish", case, people["C"])
    go(2026, 10, 9)
    case = take("take_effect", case, people["C"])

    assert case.dispute.effective_on == date(2026, 10, 9)
    assert due(case, "AFT-06") == date(2028, 10, 9)


def test_announcement_does_not_count(people, go):
    """Accepted 20 March; announced 1 April, deemed served on 1 May: thirty days less, 45 days end on 3 June."""
    go(2026, 3, 20)
    case = formed(people, accepted(people), simple_ground="clear")
    go(2026, 4, 1)
    case = take(
        "announce",
        case,
        people["C"],
        party=unit_of(case).pk,
        tried="3月23日直接送达，门锁；3月25日邮寄退回",
        announced_on="2026-04-01",
        where="公告栏",
    )
    assert (case.dispute.is_simplified, case.is_priority, case.due_on) == (False, True, None)
    go(2026, 5, 6)
    case = take("copy_announced", case, people["C"], party=unit_of(case).pk, proof="公告照片")

    assert (case.state, due(case, "ARB-23")) == ("REPLY_PERIOD", date(2026, 6, 3))
    assert unit_of(case).standing.copy_received_on == date(2026, 5, 1)
