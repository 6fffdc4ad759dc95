"""The time limits of legal aid on worked dates, reckoned by hand: calendar days that end on a working day.

2026-05-01 to 05-05 are off, Saturday 05-09 is worked; 06-19 to 06-21 are off; 10-01 to 10-07 are off.
"""

from datetime import date

import pytest
from django.core.management import call_command

from calendars.rules import working_days
from calendars.services import load_official_calendars, set_rule
from cases.models import CaseClock
from legal_aid.models import MeansStatement
from legal_aid.services import Applicant, Application, register_application
from tests.inspection.situations import document, moment, new_key
from tests.legal_aid.situations import (
    application,
    fresh,
    lawyer,
    rate,
    ready_for,
    staff,
    take,
    worker_of,
)
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(date(2026, 4, 27)), tick=False)
    found = staff("KUMNSG")
    load_official_calendars()
    return found


def due(case, code: str) -> date | None:
    """The last day of the newest run of the rule."""
    return CaseClock.objects.filter(case=case, rule_code=code).order_by("-pk").first().due_on


def running(case) -> set[str]:
    return {clock.rule_code for clock in case.clocks.all() if clock.is_running}


def wage_claim(people, *, migrant: bool = True):
    """The application of one worker, received today at the window."""
    entry = Application(
        applicants=(
            Applicant(
                "王某某", phone="13800011111", is_migrant=migrant, owed=(("2026-01", "2026-03", 1_860_000),)
            ),
        ),
        opponent="重庆某某建筑劳务有限公司",
        matter="31-5w",
        category="migrant",
    )
    return fresh(register_application(by=people["K"], key=new_key(), entry=entry))


def test_decision_of_an_application_received_on_27_april(people):
    """The seventh day is a holiday: the first day worked after it, 6 May; counted in working days 9 May."""
    case = wage_claim(people)
    clock = case.clocks.get(rule_code="LA-01")

    assert (clock.raw_end, clock.due_on) == (date(2026, 5, 4), date(2026, 5, 6))
    assert case.due_on == date(2026, 5, 6)
    assert (due(case, "LA-14"), case.is_priority) == (date(2026, 4, 27), True)

    editor = make_user("admin09", agency="district", role="sysadmin")
    set_rule(
        code="LA-01", period=working_days(7), valid_from=date(2026, 4, 27), by=editor, reason="照本市办法"
    )
    assert due(case, "LA-01") == date(2026, 5, 9)


def test_days_of_supplement_do_not_count(people, time_machine):
    case = wage_claim(people)
    time_machine.move_to(moment(date(2026, 4, 28)), tick=False)
    case = take("request_correction", case, people["U"], missing_items="劳动合同", due_on="2026-05-06")
    stopped = case.clocks.get(rule_code="LA-01")
    assert (stopped.stopped_on, stopped.due_on, due(case, "LA-02")) == (
        date(2026, 4, 28),
        None,
        date(2026, 5, 6),
    )
    assert case.due_on == date(2026, 5, 6)

    time_machine.move_to(moment(date(2026, 4, 30)), tick=False)
    case = take("supply", case, people["K"], received_on="2026-04-30", materials="劳动合同1份")
    clock = case.clocks.get(rule_code="LA-01")

    assert (clock.raw_end, clock.due_on, clock.stopped_on) == (date(2026, 5, 6), date(2026, 5, 6), None)
    assert running(case) == {"LA-01", "LA-14"}


def test_days_of_another_regions_check_do_not_count(people, time_machine):
    case = wage_claim(people)
    case = take("start_review", case, people["U"])
    case = take("ask_other_region", case, people["U"], region="某某中心", questions="收入。")
    time_machine.move_to(moment(date(2026, 5, 11)), tick=False)

    case = take("region_answered", case, people["U"], received_on="2026-05-11", answer="属实。")

    clock = case.clocks.get(rule_code="LA-01")
    assert (clock.raw_end, clock.due_on) == (date(2026, 5, 17), date(2026, 5, 18))


def test_from_the_grant_to_the_signature(people, time_machine):
    case = wage_claim(people)
    case = take("start_review", case, people["U"])
    case = take("record_review", case, people["U"], is_entitled="yes", opinion="符合。")
    time_machine.move_to(moment(date(2026, 5, 6)), tick=False)
    case = take("grant", case, people["M"], form="arbitration")
    assert (due(case, "LA-03"), case.case_no) == (date(2026, 5, 9), "铜法援民字〔2026〕第1号")

    case = take("assign", case, people["M"], firm=lawyer(people["N"]).firm.pk)
    assert case.clocks.get(rule_code="LA-03").met_on == date(2026, 5, 6)
    time_machine.move_to(moment(date(2026, 5, 9), 9), tick=False)
    case = take("receive_assignment", case, people["U"], arrived_on="2026-05-08", how="当面")
    assert (due(case, "LA-05"), case.due_on) == (date(2026, 5, 13), date(2026, 5, 13))
    assert case.clocks.get(rule_code="LA-04").due_at == moment(date(2026, 5, 10), 9)

    case = take("name_lawyer", case, people["U"], lawyer=lawyer(people["N"]).pk, named_on="2026-05-09")
    assert case.handler == people["N"]
    assert running(case) == {"LA-05"}


def test_replacement_is_decided_in_five_days(people, time_machine):
    time_machine.move_to(moment(date(2026, 6, 12)), tick=False)
    case = ready_for("request_replacement", people, "IN_PROGRESS")

    case = take(
        "request_replacement",
        case,
        people["U"],
        asked_by="poor_service",
        arrived_on="2026-06-12",
        reason="没有联系。",
        proof="通话记录。",
    )

    assert (due(case, "LA-09"), case.due_on) == (date(2026, 6, 17), date(2026, 6, 17))


def test_termination_is_notified_after_the_holiday(people, time_machine):
    time_machine.move_to(moment(date(2026, 6, 17)), tick=False)
    case = ready_for("terminate", people, "IN_PROGRESS")

    case = take("terminate", case, people["M"], ground="6", facts="自行委托了律师。")

    assert (due(case, "LA-10"), running(case)) == (date(2026, 6, 22), {"LA-10"})


def test_closing_file_and_its_check(people, time_machine):
    time_machine.move_to(moment(date(2026, 6, 11)), tick=False)
    case = ready_for("conclude", people, "IN_PROGRESS", details={"agreement_on": date(2026, 5, 13)})
    case = take(
        "conclude",
        case,
        people["N"],
        result="won",
        basis="award",
        concluded_on="2026-06-10",
        summary="支持。",
    )
    assert (due(case, "LA-11"), case.is_open) == (date(2026, 7, 10), True)

    time_machine.move_to(moment(date(2026, 7, 8)), tick=False)
    case = take("hand_in_file", case, people["U"], arrived_on="2026-07-08", pages="40")
    assert (due(case, "LA-12"), case.due_on) == (date(2026, 8, 7), date(2026, 8, 7))

    rate("arbitration", 1500, by=people["M"])
    case = take("check_file", case, people["U"], complete="yes", regular="yes", payee="某某律所")
    case = take("pay_subsidy", case, people["M"], paid_on="2026-07-08")
    assert (case.subsidy.amount_fen, running(case)) == (150_000, set())
    case = take("archive", case, people["U"], pages="40", contents_complete="yes")
    assert (case.closed_on, case.outcome) == (date(2026, 6, 10), "won")


def test_objection_runs_from_service_and_is_decided_after_national_day(people, time_machine):
    time_machine.move_to(moment(date(2026, 9, 14)), tick=False)
    case = application(people, "REFUSED")
    letter = document(case, "LD07", issued_on=date(2026, 9, 14))
    served = {
        "document": letter.pk,
        "party": worker_of(case).pk,
        "method": "direct",
        "served_on": "2026-09-14",
        "proof": "本人签收",
    }
    case = take("serve", case, people["K"], **served)
    assert due(case, "LA-07") == date(2026, 9, 29)

    time_machine.move_to(moment(date(2026, 9, 30)), tick=False)
    case = take("object", case, people["K"], arrived_on="2026-09-29", reason="符合条件。")
    assert (case.clocks.get(rule_code="LA-07").met_on, due(case, "LA-08")) == (
        date(2026, 9, 29),
        date(2026, 10, 8),
    )
    assert (case.ended_on, case.due_on) == (None, date(2026, 10, 8))


def test_urgent_aid_within_fewer_than_seven_days(people, time_machine):
    """The employment ended on 2025-11-03; asked on 29 October, five days are left."""
    time_machine.move_to(moment(date(2026, 10, 29)), tick=False)
    case = wage_claim(people)
    facts = {
        "ground": "limit",
        "limit_on": "2026-11-03",
        "facts": "时效将满。",
        "papers_owed": "身份证",
        "papers_due_on": "2026-11-05",
    }

    case = take("aid_first", case, people["M"], **facts)

    assert (case.state, due(case, "LA-06"), running(case)) == (
        "URGENT_AID",
        date(2026, 11, 5),
        {"LA-06", "LA-14"},
    )


def test_detained_persons_request_was_to_be_passed_on_within_a_day(people):
    entry = Application(
        applicants=(Applicant("王某某", phone="13800011111"),),
        opponent="某某公司",
        matter="31-5r",
        channel="detention",
        detained_asked_on=date(2026, 4, 24),
    )

    case = register_application(by=people["K"], key=new_key(), entry=entry)

    clock = case.clocks.get(rule_code="LA-13")
    assert (clock.started_on, clock.met_on) == (date(2026, 4, 24), date(2026, 4, 27))


def test_calculator_gives_the_same_days(capsys):
    """The command that reckons a limit knows every rule of legal aid."""
    expected = {
        ("LA-01", "2026-04-27"): "2026-05-06",
        ("LA-03", "2026-05-06"): "2026-05-09",
        ("LA-05", "2026-05-08"): "2026-05-13",
        ("LA-07", "2026-09-14"): "2026-09-29",
        ("LA-08", "2026-09-29"): "2026-10-08",
        ("LA-09", "2026-06-12"): "2026-06-17",
        ("LA-10", "2026-06-17"): "2026-06-22",
        ("LA-11", "2026-06-10"): "2026-07-10",
        ("LA-12", "2026-07-08"): "2026-08-07",
    }
    found = {}
    for code, start in expected:
        call_command("due", code, start, "--format", "json")
        found[code, start] = capsys.readouterr().out.partition('"due_on": "')[2][:10]

    assert found == expected


def test_means_stand_in_a_table_of_their_own(people):
    case = wage_claim(people)

    assert not MeansStatement.objects.filter(case=case).exists()
    assert {field.name for field in type(case.aid)._meta.concrete_fields} & {"income_fen", "opinion"} == set()
