"""Which time limits a step starts, meets and ends, with the days they end on.

Counted by hand on the calendar of 2026: today is Tuesday 2026-06-16, 端午节 is 06-19 (Friday) to 06-21, so that the
working days are 06-17, 06-18, 06-22 … Lengths are those of the regulations.
"""

from datetime import date

import pytest

from cases import services
from cases.models import Case
from cases.workflow.table import StepRefused
from inspection.models import InspectionCase
from inspection.remedies import open_court_window
from inspection.services import Registration, WorkerEntry, register_complaint
from inspection.states import State
from tests.inspection.situations import (
    DAY,
    TODAY,
    clock,
    complaint,
    document,
    facts_for,
    fresh,
    moment,
    new_key,
    propose,
    ready_for,
    respondent,
    respondent_of,
    staff,
    take,
    worker_of,
)

pytestmark = pytest.mark.django_db

THREE_WORKING_DAYS = date(2026, 6, 22)
FIVE_WORKING_DAYS = date(2026, 6, 24)
SEVEN_WORKING_DAYS = date(2026, 6, 26)
TEN_WORKING_DAYS = date(2026, 7, 1)


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJFLBPH")


def dues(case: Case) -> dict[str, date | None]:
    """The running clocks of the case and the days they end on."""
    return {row.rule_code: row.due_on for row in case.clocks.filter(met_on=None, ended_on=None)}


def met(case: Case) -> dict[str, date]:
    return dict(case.clocks.exclude(met_on=None).values_list("rule_code", "met_on"))


def ended(case: Case) -> dict[str, date]:
    return dict(case.clocks.exclude(ended_on=None).values_list("rule_code", "ended_on"))


def taken(
    step: str, state: str, people, *, running: tuple[str, ...] = (), by: str = "", proposer: str = "", **facts
):
    """The case after the step; ``running`` are clocks that ran before it, since ten days ago."""
    case = ready_for(step, people, state)
    for code in running:
        if not case.clocks.filter(rule_code=code).exists():
            clock(case, code, TODAY - 10 * DAY, TODAY + 10 * DAY)
    if proposer:
        propose(step, case, people[proposer], people, **facts)
        return take(step, case, people[by])
    return take(step, case, people[by], people, **facts)


# Registration


def registered(people, received_on: date = TODAY, channel: str = "window") -> Case:
    worker = WorkerEntry(name="王某某", from_month="2026-01", to_month="2026-03", owed_fen=1_200_000)
    entry = Registration(employer_name="某公司", workers=(worker,), channel=channel, received_on=received_on)
    return register_complaint(by=people["W"], key=new_key(), entry=entry)


def test_registration_starts_the_five_days_of_acceptance(people):
    assert dues(registered(people)) == {"T01": FIVE_WORKING_DAYS}


def test_acceptance_counts_from_the_day_the_complaint_was_received(people):
    """A letter of Wednesday 06-10 that is typed in on 06-16: 11, 12, 15, 16, 17."""
    assert dues(registered(people, date(2026, 6, 10))) == {"T01": date(2026, 6, 17)}


def test_ticket_of_the_hotline_has_a_limit_of_its_own(people):
    assert dues(registered(people, channel="12345")) == {"T01": FIVE_WORKING_DAYS, "T08": date(2026, 7, 8)}


# Before filing


def test_request_for_correction_runs_from_its_service_to_the_day_it_states(people):
    case = taken("request_correction", "REGISTERED", people, running=("T01",), by="W", due_on="2026-06-29")
    assert dues(case) == {}
    notice = case.documents.get(kind="D05")

    done = take("serve", case, people["W"], **serving(notice, worker_of(case)))

    assert (dues(done), done.due_on) == ({"T04": date(2026, 6, 29)}, date(2026, 6, 29))


def test_correction_restarts_acceptance(people, time_machine):
    """Registered on 06-16, asked the same day, complete on Tuesday 06-23: 24, 25, 26, 29, 30."""
    case = registered(people)
    take("request_correction", case, people["W"], missing_items="单位名称", due_on="2026-06-30")
    take("serve", case, people["W"], **serving(case.documents.get(kind="D05"), worker_of(case)))
    time_machine.move_to(moment(date(2026, 6, 23)), tick=False)

    done = take("receive_correction", case, people["W"], received_on="2026-06-23", materials="单位名称")

    assert (dues(done), met(done)) == ({"T01": date(2026, 6, 30)}, {"T04": date(2026, 6, 23)})
    assert done.due_on == date(2026, 6, 30)


def test_correction_counts_from_the_day_it_arrived(people):
    case = ready_for("receive_correction", people, State.CORRECTING)

    done = take("receive_correction", case, people["W"], people, received_on="2026-06-12")

    assert dues(done) == {"T01": date(2026, 6, 22)}


def test_correction_did_not_arrive_before_the_complaint(people):
    case = ready_for("receive_correction", people, State.CORRECTING, received_on=TODAY - 6 * DAY)

    with pytest.raises(StepRefused):
        take("receive_correction", case, people["W"], people, received_on=(TODAY - 7 * DAY).isoformat())

    assert fresh(case).state == "CORRECTING"


def test_acceptance_is_met_and_filing_is_due_the_same_day(people):
    case = taken("accept", "REGISTERED", people, running=("T01",), by="J", proposer="W")

    assert (dues(case), met(case)) == ({"T02": TODAY}, {"T01": TODAY})


def test_filing_starts_the_investigation_and_the_warning_of_ninety_days(people):
    case = taken("file_case", "FILING", people, running=("T02",), by="J")

    assert dues(case) == {"T10": date(2026, 9, 9), "T12": date(2026, 9, 14)}
    assert met(case) == {"T02": TODAY}
    assert case.due_on == date(2026, 9, 9)


def test_returned_filing_goes_on_from_the_old_day(people):
    case = ready_for("return_filing", people, State.FILING)
    clock(case, "T01", TODAY - 4 * DAY, date(2026, 6, 22), met_on=TODAY)
    clock(case, "T02", TODAY, TODAY)

    done = take("return_filing", case, people["J"], people)

    assert (dues(done), ended(done)) == ({"T01": date(2026, 6, 22)}, {"T02": TODAY})
    assert done.due_on == date(2026, 6, 22)


def test_refusal_ends_everything_but_telling_the_worker(people):
    case = taken("refuse", "REGISTERED", people, running=("T01", "T08"), by="J", proposer="W")

    assert (dues(case), met(case), ended(case)) == (
        {"T56": FIVE_WORKING_DAYS, "T08": TODAY + 10 * DAY},
        {"T01": TODAY},
        {},
    )


def test_lapsed_correction_ends_everything_but_telling_the_worker(people):
    case = taken("lapse_correction", "CORRECTING", people, running=("T01", "T04"), by="J", proposer="W")

    assert dues(case) == {"T56": FIVE_WORKING_DAYS}


def test_redirected_matter_is_passed_on_in_two_working_days(people):
    """Two working days from receipt; the letter to the authority goes out with the redirection."""
    case = ready_for("redirect", people, State.REGISTERED, received_on=date(2026, 6, 15))
    facts = {"path": "other_authority", "redirect_to": "铜梁区市场监管局", "reason": "工程款纠纷。"}
    propose("redirect", case, people["W"], people, **facts)

    done = take("redirect", case, people["J"])

    assert dues(done) == {"T09": date(2026, 6, 17), "T56": FIVE_WORKING_DAYS}
    assert set(done.documents.values_list("kind", flat=True)) == {"D08", "D09"}


def test_matter_of_arbitration_is_not_passed_on(people):
    case = taken("redirect", "REGISTERED", people, running=("T01", "T09"), by="J", proposer="W")

    assert (dues(case), set(ended(case))) == ({"T56": FIVE_WORKING_DAYS}, {"T09"})
    assert met(case) == {"T01": TODAY}
    assert list(case.documents.values_list("kind", flat=True)) == ["D08"]


def test_nothing_runs_on_a_void_registration(people):
    case = taken("void", "REGISTERED", people, running=("T01", "T08"), by="J")

    assert (dues(case), ended(case)) == ({}, {"T01": TODAY, "T08": TODAY})


# Investigation


def test_preserved_evidence_is_dealt_with_in_seven_working_days(people):
    case = taken("preserve_evidence", "INVESTIGATING", people, by="L", proposer="Z")

    assert dues(case) == {"T14": SEVEN_WORKING_DAYS}


def test_disposal_meets_the_limit_of_preserved_evidence(people):
    case = taken("dispose_evidence", "INVESTIGATING", people, running=("T14", "T10"), by="Z")

    assert (met(case), list(dues(case))) == ({"T14": TODAY}, ["T10"])


def test_end_of_the_investigation_starts_the_fifteen_days_of_the_decision(people):
    case = taken("conclude_investigation", "INVESTIGATING", people, running=("T10",), by="J", proposer="Z")

    assert (dues(case), met(case)) == ({"T11": date(2026, 7, 8)}, {"T10": TODAY})
    assert case.complaint.investigation_ended_on == TODAY
    assert case.due_on == TODAY + 10 * DAY, "the case is still due by the end of the sixty days"


def extended(people, filed_on: date, due_on: date) -> InspectionCase:
    case = ready_for("conclude_investigation", people, State.INVESTIGATING)
    clock(case, "T10", filed_on, due_on)
    propose("extend_investigation", case, people["Z"], people, reason="案情复杂。")
    return take("extend_investigation", case, people["L"])


def test_extension_is_counted_from_the_filing(people):
    """Filed on 2026-03-19: 60 working days end on 06-16, 90 on 07-29."""
    case = extended(people, date(2026, 3, 19), TODAY)

    assert dues(case) == {"T10": date(2026, 7, 29)}
    assert case.due_on == date(2026, 7, 29)
    change = case.clocks.get().changes.get()
    assert (change.kind, change.amount, change.reason, change.approved_by) == (
        "extend",
        30,
        "案情复杂。",
        people["L"],
    )


def test_extension_after_the_sixtieth_day_is_refused(people):
    with pytest.raises(StepRefused) as refusal:
        extended(people, date(2026, 3, 18), TODAY - DAY)

    assert refusal.value.reasons == [
        "调查期限已经届满，届满以后不能再延长：期限到2026-06-15（《劳动保障监察条例》第十七条）"
    ]


def test_proposal_made_in_time_does_not_save_a_late_approval(people, time_machine):
    case = ready_for("conclude_investigation", people, State.INVESTIGATING)
    clock(case, "T10", date(2026, 3, 19), TODAY)
    propose("extend_investigation", case, people["Z"], people, reason="案情复杂。")
    time_machine.move_to(moment(TODAY + DAY), tick=False)

    with pytest.raises(StepRefused):
        take("extend_investigation", case, people["L"])

    assert case.proposals.get().state == "open"
    assert dues(case) == {"T10": TODAY}


def test_investigation_is_extended_once(people):
    case = extended(people, date(2026, 3, 19), TODAY)
    propose("extend_investigation", case, people["Z"], people, reason="仍然复杂。")

    with pytest.raises(StepRefused) as refusal:
        take("extend_investigation", case, people["L"])

    assert refusal.value.reasons == [
        "“调查”不能再延长30（《劳动保障监察条例》第十七条；《关于实施〈劳动保障监察条例〉若干规定》第三十条）"
    ]


@pytest.mark.parametrize(
    "step, by, proposer", [("suspend", "L", "Z"), ("coordinate", "Z", ""), ("withdraw", "J", "Z")]
)
def test_nothing_stops_the_investigation_clock(people, step, by, proposer):
    case = taken(step, "INVESTIGATING", people, running=("T10", "T12"), by=by, proposer=proposer)

    assert dues(case) == {"T10": TODAY + 10 * DAY, "T12": TODAY + 10 * DAY}


def test_added_party_does_not_restart_the_investigation(people):
    case = taken("add_party", "INVESTIGATING", people, running=("T10",), by="J", proposer="Z")

    assert dues(case) == {"T10": TODAY + 10 * DAY}


def test_recusal_is_decided_in_three_working_days(people):
    case = taken("request_recusal", "INVESTIGATING", people, running=("T10",), by="Z")

    assert dues(case) == {"T10": TODAY + 10 * DAY, "T13": THREE_WORKING_DAYS}


def test_decision_on_a_recusal_meets_its_limit(people):
    assert met(taken("decide_recusal", "INVESTIGATING", people, running=("T13",), by="L")) == {"T13": TODAY}


def test_task_is_answered_in_five_working_days(people):
    case = taken(
        "send_task", "INVESTIGATING", people, running=("T10",), by="Z", due_on=FIVE_WORKING_DAYS.isoformat()
    )

    assert case.tasks.get().due_on == FIVE_WORKING_DAYS
    assert sorted(dues(case).values()) == [FIVE_WORKING_DAYS, TODAY + 10 * DAY]


# Decision


def test_decision_is_served_in_seven_days(people):
    case = taken("decide", "PRE_NOTICE", people, running=("T11", "T12"), by="B", proposer="L")

    assert (met(case)["T11"], met(case)["T12"]) == (TODAY, TODAY)
    service = case.clocks.get(rule_code="T21")
    assert (service.due_on, service.warn_on) == (SEVEN_WORKING_DAYS, date(2026, 6, 23))


def served(
    people, kind: str, *, to: str = "respondent", state: str = State.DECIDED, **details
) -> InspectionCase:
    """The case after a document of the kind was served today."""
    case = ready_for("order", people, state, details=details)
    paper = document(case, kind)
    party = respondent_of(case) if to == "respondent" else worker_of(case)
    return take("serve", case, people["Z"], **serving(paper, party))


def serving(paper, party, on: date = TODAY, method: str = "direct") -> dict:
    return {
        "document": paper.pk,
        "party": party.pk,
        "method": method,
        "served_on": on.isoformat(),
        "proof": "负责人签收",
    }


def test_order_runs_to_the_day_it_states_from_service_on(people):
    case = served(people, "D18", state=State.ORDERED, order_pay_by_on=date(2026, 6, 23))

    assert dues(case)["T16"] == date(2026, 6, 23)
    assert case.complaint.order_served_on == TODAY


def test_order_counts_as_served_when_every_unit_has_it(people):
    case = ready_for(
        "order",
        people,
        State.ORDERED,
        details={"order_served_on": None, "order_pay_by_on": date(2026, 6, 23)},
    )
    second = respondent(case, "重庆某某建设集团有限公司")
    paper = document(case, "D18", issued_on=TODAY - DAY)

    half = take("serve", case, people["Z"], **serving(paper, respondent_of(case), on=TODAY - DAY))
    assert half.complaint.order_served_on is None

    whole = take("serve", case, people["Z"], **serving(paper, second))
    assert whole.complaint.order_served_on == TODAY
    assert case.clocks.filter(rule_code="T16").count() == 2


def test_new_order_takes_the_place_of_the_old_day(people):
    case = served(people, "D18", state=State.ORDERED, order_pay_by_on=date(2026, 6, 23))

    propose("amend_order", case, people["Z"], people, pay_by_on="2026-06-30")
    done = take("amend_order", case, people["J"])

    assert not {"T16", "T44"} & set(dues(done))
    assert (done.complaint.order_pay_by_on, done.complaint.order_served_on) == (date(2026, 6, 30), None)


def test_order_that_was_replaced_is_not_served_any_more(people):
    case = ready_for("order", people, State.ORDERED, details={"order_served_on": None})
    old = document(case, "D18", issued_on=TODAY - DAY)
    propose("amend_order", case, people["Z"], people, pay_by_on="2026-06-30")
    take("amend_order", case, people["J"])

    with pytest.raises(StepRefused, match="这份文书已被后来开具的代替"):
        take("serve", case, people["Z"], **serving(old, respondent_of(case)))

    new = case.documents.get(kind="D18", issued_on=TODAY)
    assert take("serve", case, people["Z"], **serving(new, respondent_of(case))).complaint.order_served_on


@pytest.mark.parametrize(
    "kind, state", [("D18", State.CLOSED), ("D21", State.DECIDED), ("D18", State.DECIDED)]
)
def test_service_corrected_late_brings_no_period_back(people, kind, state):
    case = served(people, kind, state=state, order_pay_by_on=date(2026, 6, 23), hearing_right=True)

    assert not {"T16", "T17", "T19"} & set(dues(case))
    assert state == State.DECIDED or "T44" not in dues(case)


def test_period_of_a_remedy_begins_also_after_the_case_ended(people):
    assert "T30" in dues(served(people, "D26", state=State.CLOSED))


def test_copy_for_a_worker_starts_nothing_that_binds_the_unit(people):
    case = ready_for(
        "order", people, State.ORDERED, workers=12, details={"order_pay_by_on": date(2026, 6, 23)}
    )
    paper = document(case, "D18")

    done = take("serve", case, people["Z"], **serving(paper, worker_of(case)))

    assert not {"T16", "T44"} & set(dues(done))


def test_old_order_does_not_count_once_a_unit_has_joined(people, time_machine):
    """It may reach the unit it names; what follows waits for the order that names both."""
    details = {"order_served_on": None, "order_pay_by_on": date(2026, 6, 23)}
    case = ready_for("order", people, State.ORDERED, details=details)
    paper = document(case, "D18")
    time_machine.move_to(moment(TODAY, 16), tick=False)
    propose("add_party", case, people["Z"], people)
    take("add_party", case, people["J"])

    done = take("serve", case, people["Z"], **serving(paper, respondent_of(case)))

    assert done.complaint.order_served_on is None
    assert done.clocks.filter(rule_code="T16").count() == 1


def test_penalty_beside_a_decision_does_not_count_as_its_service(people):
    case = ready_for(
        "decide", people, State.DECIDED, details={"decision_served_on": None, "decided_on": TODAY}
    )
    document(case, "D26")
    penalty = document(case, "D27")

    done = take("serve", case, people["Z"], **serving(penalty, respondent_of(case)))

    assert done.complaint.decision_served_on is None


def test_performance_runs_for_the_days_the_decision_gives(people):
    case = served(people, "D26", decision_pay_within=20, decision_pay_by_on=None)

    assert dues(case)["T26"] == case.complaint.decision_pay_by_on == date(2026, 7, 6)


def test_court_answers_in_five_working_days_after_the_application(people):
    case = ready_for("apply_to_court", people, State.ENFORCING)
    clock(case, "T36", TODAY - 20 * DAY, TODAY + 60 * DAY)

    done = take("apply_to_court", case, people["Z"], people)

    assert (met(done)["T36"], dues(done)["T37a"]) == (TODAY, FIVE_WORKING_DAYS)


def test_court_rules_in_seven_working_days_after_it_accepts(people):
    case = ready_for("record_court", people, State.ENFORCING)

    done = take("record_court", case, people["Z"], people)

    assert (met(done)["T37a"], dues(done)["T37b"]) == (TODAY, SEVEN_WORKING_DAYS)


def test_unpaid_order_over_the_line_leads_to_the_black_list(people):
    """20 working days after the pay-by day 06-23: the 20th is 07-21."""
    case = served(people, "D18", state=State.ORDERED, order_pay_by_on=date(2026, 6, 23))

    assert dues(case)["T44"] == date(2026, 7, 21)


def test_notice_gives_five_working_days_to_state(people):
    case = served(people, "D21", state=State.PRE_NOTICE)

    assert dues(case) == {"T17": FIVE_WORKING_DAYS}
    assert case.complaint.notice_served_on == TODAY


def test_notice_gives_five_working_days_to_ask_for_a_hearing(people):
    case = served(people, "D21", state=State.PRE_NOTICE, hearing_right=True)

    assert dues(case) == {"T17": FIVE_WORKING_DAYS, "T19": FIVE_WORKING_DAYS}


def test_service_of_a_handling_decision_starts_remedies_and_performance(people):
    """60 days end on Saturday 08-15 and move to Monday; six months end on 12-16."""
    case = served(people, "D26", decision_pay_within=15)
    running = {code: day for code, day in dues(case).items() if code != "T44"}

    assert running == {"T30": date(2026, 8, 17), "T31": date(2026, 12, 16), "T26": date(2026, 7, 1)}


def test_service_of_a_decision_meets_its_limit(people):
    case = ready_for("order", people, State.DECIDED, details={"decision_pay_within": 15})
    clock(case, "T21", TODAY - 2 * DAY, TODAY + 5 * DAY)

    done = take("serve", case, people["Z"], **serving(document(case, "D26"), respondent_of(case)))

    assert met(done) == {"T21": TODAY}
    assert done.complaint.decision_served_on == TODAY


def test_service_of_a_penalty_starts_the_fifteen_days_of_the_fine(people):
    case = served(people, "D27")

    assert dues(case) == {"T25": TEN_WORKING_DAYS, "T30": date(2026, 8, 17), "T31": date(2026, 12, 16)}


def test_service_of_a_refusal_starts_the_review(people):
    assert dues(served(people, "D07", to="worker", state=State.NOT_ACCEPTED)) == {"T30": date(2026, 8, 17)}


def test_service_of_a_demand_letter_starts_ten_working_days(people):
    assert dues(served(people, "D31", state=State.ENFORCING)) == {"T35": TEN_WORKING_DAYS}


def test_each_party_has_a_clock_of_its_own(people):
    case = ready_for("order", people, State.PRE_NOTICE)
    paper = document(case, "D21", issued_on=TODAY - 4 * DAY)
    other = respondent(case, "重庆某某建设集团有限公司")

    take("serve", case, people["Z"], **serving(paper, respondent_of(case)))
    take("serve", case, people["Z"], **serving(paper, other, TODAY - 4 * DAY))

    rows = dict(case.clocks.filter(met_on=None, ended_on=None).values_list("party", "due_on"))
    assert rows == {respondent_of(case).pk: FIVE_WORKING_DAYS, other.pk: date(2026, 6, 22)}


def test_corrected_day_of_service_moves_the_clock(people):
    """Typed in with the wrong day first: the second entry for the same document and party stands."""
    case = ready_for("order", people, State.PRE_NOTICE)
    paper, party = document(case, "D21", issued_on=TODAY - 4 * DAY), respondent_of(case)
    take("serve", case, people["Z"], **serving(paper, party, TODAY - 4 * DAY))

    done = take("serve", case, people["Z"], **serving(paper, party))

    assert dues(done) == {"T17": FIVE_WORKING_DAYS}
    assert done.complaint.notice_served_on == TODAY
    assert paper.service.filter(superseded_at=None).count() == 1


# Police


def test_transfer_goes_out_in_24_hours(people):
    case = taken("transfer_to_police", "ORDERED", people, by="B", proposer="Z")

    assert dues(case) == {"T40b": TODAY + DAY, "T56": FIVE_WORKING_DAYS}
    assert case.clocks.get(rule_code="T40b").due_at == moment(TODAY + DAY)


def test_bureau_head_has_three_days_for_the_report(people):
    case = ready_for("transfer_to_police", people, State.ORDERED)

    propose("transfer_to_police", case, people["Z"], people)

    assert dues(case)["T40a"] == THREE_WORKING_DAYS


@pytest.mark.parametrize("answer", ["taken", "returned"])
def test_answer_to_the_report_meets_its_limit(people, answer):
    case = ready_for("transfer_to_police", people, State.ORDERED)
    propose("transfer_to_police", case, people["Z"], people)

    if answer == "taken":
        take("transfer_to_police", case, people["B"])
    else:
        services.return_proposal(
            case=case,
            step="transfer_to_police",
            by=people["B"],
            version=fresh(case).version,
            key=new_key(),
            note="证据不足，补查资金流向。",
        )

    assert met(case)["T40a"] == TODAY


def test_police_answer_in_three_working_days_after_they_have_the_file(people):
    case = taken("send_to_police", "POLICE_PENDING", people, running=("T40b",), by="Z", done_on="2026-06-15")

    assert (dues(case), met(case)) == ({"T41": date(2026, 6, 18)}, {"T40b": date(2026, 6, 15)})


def test_police_that_open_a_case_end_this_one(people):
    case = taken("police_open", "POLICE_PENDING", people, running=("T10", "T12", "T41"), by="P")

    assert dues(case) == {"T43": THREE_WORKING_DAYS, "T56": FIVE_WORKING_DAYS}
    assert (met(case), ended(case)) == ({"T41": TODAY}, {"T10": TODAY, "T12": TODAY})


def test_refusal_of_the_police_may_be_questioned_in_three_working_days(people):
    case = taken("record_refusal", "POLICE_PENDING", people, running=("T41",), by="Z")

    assert (dues(case), met(case)) == ({"T42a": THREE_WORKING_DAYS}, {"T41": TODAY})


# The end

CLOSING = {
    "close_paid": ("ORDERED", "J", "Z"),
    "close_performed": ("DECIDED", "J", "Z"),
    "close_executed": ("ENFORCING", "J", "Z"),
    "cancel": ("INVESTIGATING", "L", "Z"),
    "close_transferred": ("INVESTIGATING", "J", ""),
}


@pytest.mark.parametrize("step", CLOSING)
def test_closing_ends_the_offices_own_clocks(people, step):
    state, by, proposer = CLOSING[step]
    case = taken(step, state, people, running=("T10", "T12", "T16"), by=by, proposer=proposer)

    passed_on = {"T09": date(2026, 6, 18)} if step == "close_transferred" else {}
    assert dues(case) == {"T56": FIVE_WORKING_DAYS, **passed_on}
    assert ended(case) == {"T10": TODAY, "T12": TODAY, "T16": TODAY}
    assert (case.closed_on, case.ended_on) == (TODAY, TODAY)


def test_closing_does_not_end_the_remedies_of_others(people):
    case = taken("close_performed", "DECIDED", people, running=("T30", "T31", "T10"), by="J", proposer="Z")

    assert set(dues(case)) == {"T30", "T31", "T56"}


def test_closed_case_keeps_the_day_it_was_due(people):
    """在期限内 is judged by the due date of the sixty days, also after the case has ended."""
    case = ready_for("close_paid", people, State.ORDERED)
    row = clock(case, "T10", TODAY - 40 * DAY, TODAY + 40 * DAY)
    type(case).objects.filter(pk=case.pk).update(headline_clock=row, due_on=row.due_on)
    propose("close_paid", case, people["Z"], people)

    done = take("close_paid", case, people["J"])

    assert (done.headline_clock, done.due_on) == (row, TODAY + 40 * DAY)


def test_reopening_starts_sixty_new_days(people):
    case = ready_for("reopen", people, State.CLOSED)
    clock(case, "T10", TODAY - 60 * DAY, TODAY, ended_on=TODAY - DAY)
    propose("reopen", case, people["J"], people)

    done = take("reopen", case, people["L"])

    assert (dues(done), done.due_on) == ({"T10": date(2026, 9, 9)}, date(2026, 9, 9))


def test_file_is_kept_for_three_years_after_the_closing(people):
    case = complaint(people, State.CLOSED, closed_on=date(2026, 4, 15), ended_on=date(2026, 4, 15))

    done = take("archive", case, people["Z"], **facts_for("archive", case, people))

    assert done.clocks.get(rule_code="T27a").raw_end == date(2029, 4, 15)


# Enforcement


def test_court_is_asked_within_three_months_after_the_remedies_ended(people):
    """Review ended on 2026-03-02, suit on 2026-05-20: the three months count from the later day, not from the act."""
    details = {"remedy_used": False, "decision_upheld": False, "decided_on": date(2025, 11, 18)}
    case = ready_for("enforce", people, State.DECIDED, details=details)
    clock(case, "T30", date(2025, 12, 30), date(2026, 3, 2), party=respondent_of(case))
    clock(case, "T31", date(2025, 11, 20), date(2026, 5, 20), party=respondent_of(case))

    open_court_window(case, TODAY)

    assert case.clocks.get(rule_code="T36", ended_on=None).due_on == date(2026, 8, 20)


def test_bank_pays_in_five_working_days(people):
    case = taken("bank_received", "DECIDED", people, by="Z", done_on="2026-06-15")

    assert dues(case) == {"T50": date(2026, 6, 23)}


def test_day_of_a_year_without_calendar_is_refused_in_words(people):
    case = ready_for("bank_received", people, State.DECIDED)

    with pytest.raises(StepRefused):
        take("bank_received", case, people["Z"], people, done_on="2019-01-02")

    assert not case.clocks.exists()


@pytest.mark.parametrize(
    "step, state, code",
    [
        ("tell_result", "CLOSED", "T56"),
        ("hand_over", "CLOSED", "T43"),
    ],
)
def test_limit_is_met_by_its_act(people, step, state, code):
    assert met(taken(step, state, people, running=(code,), by="Z")) == {code: TODAY}


def test_decision_that_reaches_the_worker_tells_the_result(people):
    case = ready_for("order", people, State.CANCELLED)
    clock(case, "T56", TODAY - DAY, TODAY + DAY)

    done = take("serve", case, people["Z"], **serving(document(case, "D35"), worker_of(case)))

    assert met(done) == {"T56": TODAY}
