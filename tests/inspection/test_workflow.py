"""The procedure of a wage-arrears complaint: which step leads where, and who may take or propose it.

Written by hand from the regulations' procedure (transition rows 4 to 33), never read from the table under test.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from agencies.models import Absence
from cases import services
from cases.models import Proposal, Recusal
from cases.workflow.table import StepRefused
from inspection.models import InspectionCase
from inspection.states import State
from inspection.workflow import INSPECTION
from tests.inspection.situations import (
    DAY,
    STRANGERS,
    TODAY,
    clock,
    complaint,
    facts_for,
    fresh,
    moment,
    new_key,
    propose,
    ready_for,
    share,
    staff,
    strangers,
    take,
)

pytestmark = pytest.mark.django_db

UNDER_INVESTIGATION = ("INVESTIGATING", "ORDERED", "PRE_NOTICE", "DECIDED", "ENFORCING", "POLICE_PENDING")
AFTER_AN_ORDER = ("ORDERED", "PRE_NOTICE", "DECIDED", "ENFORCING", "POLICE_PENDING")
SERVABLE = tuple(state for state in State.values if state not in ("VOID", "ARCHIVED"))


def stays(*states: str) -> dict[str, str]:
    """An event: it is recorded, the state does not change."""
    return {state: state for state in states}


# step: (number of its row, {from: to}). What is not written here is refused.
LEADS: dict[str, tuple[str, dict[str, str]]] = {
    "request_correction": ("4", {"REGISTERED": "CORRECTING", "CORRECTING": "CORRECTING"}),
    "receive_correction": ("5", {"CORRECTING": "REGISTERED"}),
    "refuse": ("6", {"REGISTERED": "NOT_ACCEPTED"}),
    "redirect": ("7", {"REGISTERED": "REDIRECTED"}),
    "accept": ("8", {"REGISTERED": "FILING"}),
    "file_case": ("9", {"FILING": "INVESTIGATING"}),
    "investigate": ("10", stays("INVESTIGATING", "ORDERED")),
    "preserve_evidence": ("11", stays("INVESTIGATING")),
    "query_accounts": ("12", stays("INVESTIGATING", "ORDERED")),
    "extend_investigation": ("13", stays("INVESTIGATING", "ORDERED", "PRE_NOTICE", "POLICE_PENDING")),
    "order": ("14", {"INVESTIGATING": "ORDERED"}),
    "close_paid": ("15", {"ORDERED": "CLOSED", "PRE_NOTICE": "CLOSED"}),
    "give_notice": ("16", {"ORDERED": "PRE_NOTICE"}),
    "give_notice_for_obstruction": ("16b", {"INVESTIGATING": "PRE_NOTICE"}),
    "transfer_to_police": ("17", {"ORDERED": "POLICE_PENDING", "DECIDED": "POLICE_PENDING"}),
    "police_open": ("18", {"POLICE_PENDING": "CLOSED"}),
    "police_refuse": ("19", {"POLICE_PENDING": "DECIDED"}),
    "decide": ("20", {"PRE_NOTICE": "DECIDED"}),
    "close_performed": ("21", {"DECIDED": "CLOSED"}),
    "enforce": ("22", {"DECIDED": "ENFORCING"}),
    "close_executed": ("23", {"ENFORCING": "CLOSED"}),
    "cancel": ("24", {"INVESTIGATING": "CANCELLED"}),
    "withdraw": ("25", stays(*UNDER_INVESTIGATION)),
    "reopen": ("26", {"CLOSED": "INVESTIGATING"}),
    "archive": ("27", {"CLOSED": "ARCHIVED", "CANCELLED": "ARCHIVED"}),
    "return_filing": ("28", {"FILING": "REGISTERED"}),
    "lapse_correction": ("29", {"CORRECTING": "NOT_ACCEPTED"}),
    "close_transferred": ("30", {"INVESTIGATING": "CLOSED"}),
    "void": ("32", {"REGISTERED": "VOID"}),
    "police_refuse_before_notice": ("33", {"POLICE_PENDING": "PRE_NOTICE"}),
    "take_up_again": ("22d", {"DECIDED": "INVESTIGATING", "ENFORCING": "INVESTIGATING"}),
    "merge": ("34", {"REGISTERED": "VOID", "CORRECTING": "VOID"}),
    # Acts that the procedure asks for without a number of their own.
    "conclude_investigation": ("16a", stays("INVESTIGATING", "ORDERED", "PRE_NOTICE")),
    "confirm_amounts": ("10a", stays("INVESTIGATING", "ORDERED", "PRE_NOTICE", "DECIDED", "ENFORCING")),
    "dispose_evidence": ("11a", stays(*UNDER_INVESTIGATION)),
    "extend_decision": ("13a", stays("INVESTIGATING", "ORDERED", "PRE_NOTICE", "POLICE_PENDING")),
    "serve": ("S", stays(*SERVABLE)),
    "hear_statement": ("20a", stays("PRE_NOTICE")),
    "hold_hearing": ("20b", stays("PRE_NOTICE")),
    "request_hearing": ("20e", stays("PRE_NOTICE")),
    "schedule_hearing": ("20f", stays("PRE_NOTICE")),
    "report_fine": ("20g", stays(*UNDER_INVESTIGATION, "CLOSED", "CANCELLED")),
    "record_fine": ("21a", stays(*UNDER_INVESTIGATION, "CLOSED")),
    "review_law": ("20c", stays("PRE_NOTICE")),
    "discuss": ("20d", stays("PRE_NOTICE")),
    "record_remedy": ("22a", stays(*UNDER_INVESTIGATION)),
    "suspend": ("M1", stays(*UNDER_INVESTIGATION)),
    "resume": ("M2", stays(*UNDER_INVESTIGATION)),
    "coordinate": ("M3", stays("INVESTIGATING", "ORDERED")),
    "change_inspectors": ("A1", stays(*UNDER_INVESTIGATION)),
    "request_recusal": ("A2", stays(*UNDER_INVESTIGATION)),
    "decide_recusal": ("A3", stays(*UNDER_INVESTIGATION)),
    "add_party": ("A4", stays("INVESTIGATING", "ORDERED", "PRE_NOTICE")),
    "remove_party": ("A5", stays("INVESTIGATING", "ORDERED", "PRE_NOTICE")),
    "determine_payer": ("L1", stays("INVESTIGATING", "ORDERED")),
    "send_task": ("C1", stays(*UNDER_INVESTIGATION)),
    "reply_task": ("C2", stays(*SERVABLE)),
    "return_task": ("C3", stays(*SERVABLE)),
    "resend_task": ("C4", stays(*UNDER_INVESTIGATION)),
    "withdraw_task": ("C5", stays(*SERVABLE)),
    "rule_on_task": ("C6", stays(*SERVABLE)),
    "notify_bank": ("B1", stays("DECIDED", "ENFORCING")),
    "bank_received": ("B2", stays("DECIDED", "ENFORCING")),
    "send_to_police": ("17a", stays("POLICE_PENDING")),
    "hand_over": ("18a", stays("CLOSED")),
    "ask_police_again": ("19a", stays("POLICE_PENDING")),
    "record_refusal": ("19b", stays("POLICE_PENDING")),
    "give_notice_again": ("16c", stays("PRE_NOTICE")),
    "drop_hearing": ("20h", stays("PRE_NOTICE")),
    "go_on_after_fine": ("20i", {"DECIDED": "INVESTIGATING", "ENFORCING": "INVESTIGATING"}),
    "defer_fine": ("21b", stays(*UNDER_INVESTIGATION)),
    "answer_hotline": ("H1", stays(*SERVABLE)),
    "amend_order": ("14a", stays("ORDERED")),
    "apply_to_court": ("22b", stays("ENFORCING")),
    "record_court": ("22c", stays("ENFORCING")),
    "plan_instalments": ("P1", stays("ORDERED", "DECIDED", "ENFORCING")),
    "tell_result": (
        "27a",
        stays("NOT_ACCEPTED", "REDIRECTED", *UNDER_INVESTIGATION, "CLOSED", "CANCELLED"),
    ),
    "top_up_deposit": ("B3", stays("DECIDED", "ENFORCING", "CLOSED")),
    # The list of units that owe wages in bad faith.
    "extend_listing": ("K1", stays(*AFTER_AN_ORDER, "CLOSED", "CANCELLED")),
    "announce_listing": ("K2", stays(*AFTER_AN_ORDER, "CLOSED", "CANCELLED")),
    "receive_objection": ("K3", stays(*AFTER_AN_ORDER, "CLOSED", "CANCELLED")),
    "decide_listing": ("K4", stays(*AFTER_AN_ORDER, "CLOSED", "CANCELLED")),
    "ask_early_removal": ("K5", stays("INVESTIGATING", *AFTER_AN_ORDER, "CLOSED", "CANCELLED", "ARCHIVED")),
    "decide_removal": ("K6", stays("INVESTIGATING", *AFTER_AN_ORDER, "CLOSED", "CANCELLED", "ARCHIVED")),
    "take_off_list": ("K7", stays("INVESTIGATING", *AFTER_AN_ORDER, "CLOSED", "CANCELLED", "ARCHIVED")),
}

# step: (who takes it, who has to propose it first), by the letters of the procedure. X (Y): X proposes, Y takes.
ACTORS: dict[str, tuple[str, str]] = {
    "request_correction": ("W", ""),
    "receive_correction": ("W", ""),
    "refuse": ("J", "W"),
    "redirect": ("J", "W"),
    "accept": ("J", "W"),
    "file_case": ("J", ""),
    "investigate": ("ZX", ""),
    "preserve_evidence": ("L", "Z"),
    "query_accounts": ("B", "Z"),
    "extend_investigation": ("L", "Z"),
    "order": ("J", "Z"),
    "close_paid": ("J", "Z"),
    "give_notice": ("J", "Z"),
    "give_notice_for_obstruction": ("J", "Z"),
    "transfer_to_police": ("B", "Z"),
    "police_open": ("P", ""),
    "police_refuse": ("B", ""),
    "decide": ("B", "L"),
    "close_performed": ("J", "Z"),
    "enforce": ("L", "Z"),
    "close_executed": ("J", "Z"),
    "cancel": ("LJ", "Z"),
    "withdraw": ("J", "Z"),
    "reopen": ("L", "J"),
    "archive": ("Z", ""),
    "return_filing": ("J", ""),
    "lapse_correction": ("J", "W"),
    "close_transferred": ("J", ""),
    "void": ("J", ""),
    "police_refuse_before_notice": ("B", ""),
    "conclude_investigation": ("J", "Z"),
    "confirm_amounts": ("Z", ""),
    "dispose_evidence": ("Z", ""),
    "serve": ("WZX", ""),
    "hear_statement": ("Z", ""),
    "hold_hearing": ("J", ""),
    "review_law": ("F", ""),
    "discuss": ("B", ""),
    "record_remedy": ("Z", ""),
    "suspend": ("L", "Z"),
    "resume": ("Z", ""),
    "coordinate": ("Z", ""),
    "change_inspectors": ("J", ""),
    "request_recusal": ("ZXJ", ""),
    "decide_recusal": ("L", ""),
    "add_party": ("J", "Z"),
    "determine_payer": ("Z", ""),
    "send_task": ("Z", ""),
    "reply_task": ("H", ""),
    "return_task": ("H", ""),
    "resend_task": ("Z", ""),
    "withdraw_task": ("Z", ""),
    "rule_on_task": ("L", ""),
    "notify_bank": ("Z", ""),
    "bank_received": ("Z", ""),
    "send_to_police": ("Z", ""),
    "hand_over": ("Z", ""),
    "ask_police_again": ("Z", ""),
    "tell_result": ("WZ", ""),
    "merge": ("J", "W"),
    "take_up_again": ("L", "Z"),
    "amend_order": ("J", "Z"),
    "apply_to_court": ("Z", ""),
    "record_court": ("Z", ""),
    "plan_instalments": ("Z", ""),
    "extend_decision": ("L", "Z"),
    "record_refusal": ("Z", ""),
    "give_notice_again": ("J", "Z"),
    "drop_hearing": ("J", ""),
    "go_on_after_fine": ("J", "Z"),
    "defer_fine": ("L", "Z"),
    "answer_hotline": ("WZ", ""),
    "request_hearing": ("Z", ""),
    "schedule_hearing": ("J", ""),
    "report_fine": ("Z", ""),
    "record_fine": ("Z", ""),
    "remove_party": ("J", "Z"),
    "top_up_deposit": ("Z", ""),
    "extend_listing": ("B", "Z"),
    "announce_listing": ("Z", ""),
    "receive_objection": ("Z", ""),
    "decide_listing": ("B", "Z"),
    "ask_early_removal": ("Z", ""),
    "decide_removal": ("B", "Z"),
    "take_off_list": ("Z", ""),
}
# Nothing is expected here: the procedure names more than one body for these, the table one; and the police may be
# asked for help like any other authority. The head of the bureau decides about the deputy head alone.
LEFT_OPEN = {
    ("decide", "F"),
    ("transfer_to_police", "X"),
    ("reply_task", "P"),
    ("return_task", "P"),
    ("decide_recusal", "B"),
}

STEPS = sorted(LEADS)
PROPOSED = sorted(step for step, (_takes, proposes) in ACTORS.items() if proposes)
REFUSED = "refused"
INSIDERS = "WZXNJFLBDGPH"


def some_source(step: str) -> str:
    """The first state the step starts in."""
    return next(iter(LEADS[step][1]))


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff(INSIDERS)


# The table as a whole


def test_every_step_of_the_table_is_written_here():
    assert set(INSPECTION.by_name) == set(LEADS) == set(ACTORS)


def test_every_row_of_the_procedure_has_its_number():
    assert {step.name: step.row for step in INSPECTION.steps} == {
        name: row for name, (row, _leads) in LEADS.items()
    }


def test_states_are_those_of_the_procedure():
    named = {state for _row, leads in LEADS.values() for pair in leads.items() for state in pair}

    assert set(State.values) == named


# The transition matrix


def outcome(step: str, case: InspectionCase, people) -> str:
    """The state after the step was proposed and taken by the right people, or that it was refused."""
    takers, proposers = ACTORS[step]
    try:
        if proposers:
            propose(step, case, people[proposers[0]], people)
            return take(step, case, people[takers[0]]).state
        return take(step, case, people[takers[0]], people).state
    except StepRefused:
        return REFUSED


@pytest.mark.parametrize("step", STEPS)
def test_step_leads_from_its_states_only(people, step):
    reached = {state: outcome(step, ready_for(step, people, state), people) for state in State.values}

    assert reached == {state: LEADS[step][1].get(state, REFUSED) for state in State.values}


@pytest.mark.parametrize("step", STEPS)
def test_refusal_names_the_state(people, step):
    wrong = next(state for state in State.values if state not in LEADS[step][1])
    case = ready_for(step, people, wrong)
    takers, proposers = ACTORS[step]

    with pytest.raises(StepRefused) as refusal:
        propose(step, case, people["W"], people) if proposers == "W" else take(
            step, case, people[takers[0]], people
        )

    assert refusal.value.reasons == [
        f"案件现在是“{State(wrong).label}”，不能办理“{INSPECTION.by_name[step].label}”"
    ]


# The permission matrix, through the pages


def post(client, case, step: str, act: str, facts: dict, *, by) -> int:
    """The status of the answer when that person sends the form of the step."""
    client.force_login(by)
    data = {"do": act, "key": new_key(), "version": fresh(case).version, "note": "同意。", **facts}
    return client.post(reverse("cases:take_step", args=[case.public_id, step]), data).status_code


@pytest.mark.one_database
@pytest.mark.parametrize("step", PROPOSED)
def test_step_is_proposed_by_these_and_nobody_else(client, people, step):
    case = ready_for(step, people, some_source(step))
    facts = facts_for(step, case, people)
    proposer = ACTORS[step][1]
    others = [letter for letter in INSIDERS if letter != proposer and (step, letter) not in LEFT_OPEN]

    denied = {letter: post(client, case, step, "propose", facts, by=people[letter]) for letter in others}
    done = post(client, case, step, "propose", facts, by=people[proposer])

    assert denied == dict.fromkeys(others, 403)
    assert (done, case.proposals.get().proposed_by) == (302, people[proposer])


@pytest.mark.one_database
@pytest.mark.parametrize("step", STEPS)
def test_step_is_taken_by_these_and_nobody_else(client, people, step):
    takers, proposers = ACTORS[step]
    others = [letter for letter in INSIDERS if letter not in takers and (step, letter) not in LEFT_OPEN]
    denied, done = {}, {}

    for letter in takers:
        case = ready_for(step, people, some_source(step))
        facts = facts_for(step, case, people)
        if proposers:
            propose(step, case, people[proposers], people)
        for other in others if letter == takers[0] else ():
            denied[other] = post(client, case, step, "take", facts, by=people[other])
        done[letter] = post(client, case, step, "take", facts, by=people[letter])

    assert denied == dict.fromkeys(others, 403)
    assert done == dict.fromkeys(takers, 302)


@pytest.mark.one_database
@pytest.mark.parametrize("step", [step for step in STEPS if step not in PROPOSED])
def test_step_that_needs_no_proposal_takes_none(client, people, step):
    case = ready_for(step, people, some_source(step))
    taker = people[ACTORS[step][0][0]]

    answer = post(client, case, step, "propose", facts_for(step, case, people), by=taker)

    assert (answer, case.proposals.count()) == (403, 0)


@pytest.mark.one_database
@pytest.mark.parametrize("role", STRANGERS)
def test_no_step_exists_for_strangers(client, people, role):
    case = complaint(people, State.INVESTIGATING)
    stranger = strangers(role)[role]
    tried = [*((step, "take") for step in STEPS), ("order", "propose"), ("order", "return")]

    answers = {(step, act): post(client, case, step, act, {}, by=stranger) for step, act in tried}

    assert answers == dict.fromkeys(tried, 404)
    assert fresh(case).audit_length == 0


@pytest.mark.parametrize("step", STEPS)
def test_recused_person_takes_nothing(people, step):
    takers, _proposers = ACTORS[step]
    case = ready_for(step, people, some_source(step))
    actor = people[takers[0]]
    Recusal.objects.create(
        case=case, user=actor, reason="亲属", decided_by=people["L"], decided_at=moment(TODAY)
    )

    with pytest.raises(PermissionDenied):
        take(step, case, actor, people)


def test_liaison_of_the_police_answers_only_what_was_shared(client, people):
    case = complaint(people, State.POLICE_PENDING)
    facts = facts_for("police_open", case, people)

    before = post(client, case, "police_open", "take", facts, by=people["P"])
    share(case, "police")
    after = post(client, case, "police_open", "take", facts, by=people["P"])

    assert (before, after) == (404, 302)


def test_transfer_shows_the_case_to_the_police(client, people):
    case = ready_for("transfer_to_police", {letter: people[letter] for letter in "WZXJB"}, State.ORDERED)
    client.force_login(people["P"])
    address = case.get_absolute_url()
    before = client.get(address).status_code

    propose("transfer_to_police", case, people["Z"], people)
    take("transfer_to_police", case, people["B"])

    assert (before, client.get(address).status_code) == (404, 200)


def test_inspector_who_was_replaced_has_no_duty_any_more(people):
    case = ready_for("change_inspectors", people, State.INVESTIGATING)

    take(
        "change_inspectors",
        case,
        people["J"],
        lead=people["N"].pk,
        second=people["X"].pk,
        reason="工作调整。",
    )

    with pytest.raises(PermissionDenied):
        take("investigate", case, people["Z"], people)
    assert take("investigate", case, people["N"], people).timeline.first().by == people["N"]


# Proposals


def test_proposal_changes_nothing_but_waits(people):
    case = ready_for("order", people, State.INVESTIGATING)

    waiting = propose("order", case, people["Z"], people)

    assert (waiting.state, waiting.proposed_by, waiting.note) == ("open", people["Z"], "拟同意。")
    assert (fresh(case).state, fresh(case).complaint.breach) == ("INVESTIGATING", "没有按月足额支付工资。")
    assert case.documents.count() == 0


def test_taker_gets_the_facts_of_the_proposal(people):
    case = ready_for("order", people, State.INVESTIGATING, details={"breach": ""})
    propose("order", case, people["Z"], people, breach="拖欠王某1工资12000元。")

    done = take("order", case, people["J"])

    assert done.complaint.breach == "拖欠王某1工资12000元。"
    assert case.proposals.get().state == "taken"
    assert done.timeline.first().facts["proposed_by"] == str(people["Z"])


def test_step_is_not_taken_before_it_was_proposed(people):
    case = ready_for("order", people, State.INVESTIGATING)

    with pytest.raises(StepRefused) as refusal:
        take("order", case, people["J"], people)

    assert refusal.value.reasons == ["先由主办监察员报批“责令限期支付”，再由你审批"]


def test_step_is_proposed_once(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    with pytest.raises(StepRefused) as refusal:
        propose("order", case, people["Z"], people)

    assert refusal.value.reasons == ["“责令限期支付”已经报批，等审批人决定，或先请他退回"]


def test_proposer_does_not_take(people):
    """Whoever proposed and then got the office of the approver still needs another person."""
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)
    people["Z"].role = "inspection_head"
    people["Z"].save()
    promoted = type(people["Z"]).objects.get(pk=people["Z"].pk)

    with pytest.raises(StepRefused) as refusal:
        take("order", case, promoted)

    assert refusal.value.reasons == ["自己报批的事项要由另一个人审批"]


def send_back(step: str, case, by, note: str) -> InspectionCase:
    services.return_proposal(
        case=case, step=step, by=by, version=fresh(case).version, key=new_key(), note=note
    )
    return fresh(case)


def test_proposal_is_returned_with_a_reason(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    returned = send_back("order", case, people["J"], "补充考勤证据。")

    proposal = case.proposals.get()
    assert (proposal.state, proposal.decided_by, proposal.decision_note) == (
        "returned",
        people["J"],
        "补充考勤证据。",
    )
    assert (returned.state, returned.timeline.first().kind) == ("INVESTIGATING", "return")
    assert propose("order", case, people["Z"], people).state == "open"


def test_proposal_is_not_returned_without_a_reason(people):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    with pytest.raises(StepRefused) as refusal:
        send_back("order", case, people["J"], "  ")

    assert refusal.value.reasons == ["退回要写明理由，让报批的人知道改什么"]
    assert case.proposals.get().state == "open"


def test_nothing_is_returned_that_nobody_proposed(people):
    case = ready_for("order", people, State.INVESTIGATING)

    with pytest.raises(StepRefused) as refusal:
        send_back("order", case, people["J"], "补充证据。")

    assert "责令限期支付" in refusal.value.reasons[0]
    assert fresh(case).audit_length == 0


@pytest.mark.parametrize("letter", [letter for letter in INSIDERS if letter != "J"])
def test_proposal_is_returned_by_the_approver_only(people, letter):
    case = ready_for("order", people, State.INVESTIGATING)
    propose("order", case, people["Z"], people)

    with pytest.raises(PermissionDenied):
        send_back("order", case, people[letter], "补充证据。")

    assert case.proposals.get().state == "open"


def test_proposal_lapses_when_the_state_moved(people):
    case = ready_for("order", people, State.INVESTIGATING, confirmed=True)
    proof = {"outcome": "13", "summary": "全部撤回。"}
    case.complaint.withdrawn_on = TODAY
    case.complaint.save()
    propose("cancel", case, people["Z"], people, **proof)
    propose("order", case, people["Z"], people, pay_by_on="2026-06-30", breach="拖欠工资。")

    take("order", case, people["J"])

    states = dict(case.proposals.values_list("step", "state"))
    assert states == {"cancel": Proposal.State.LAPSED, "order": Proposal.State.TAKEN}


def test_proposal_stands_while_its_step_can_still_be_taken(people):
    case = ready_for("extend_investigation", people, State.INVESTIGATING)
    propose("extend_investigation", case, people["Z"], people)
    propose("order", case, people["Z"], people, pay_by_on="2026-06-30", breach="拖欠工资。")

    take("order", case, people["J"])

    assert case.proposals.get(step="extend_investigation").state == "open"
    assert take("extend_investigation", case, people["L"]).state == "ORDERED"


def test_what_was_right_when_proposed_is_checked_again_when_taken(people):
    """The money arrived between proposal and approval: there is nothing to give notice of any more."""
    case = ready_for("give_notice", people, State.ORDERED)
    propose("give_notice", case, people["Z"], people)
    worker = case.parties.get(role="worker")
    case.payments.create(
        worker=worker,
        amount_fen=1_200_000,
        paid_on=TODAY,
        source="employer",
        payer_name="单位",
        voucher_no="1",
        verified_by=people["Z"],
        verified_at=moment(TODAY),
    )

    with pytest.raises(StepRefused) as refusal:
        take("give_notice", case, people["J"])

    assert refusal.value.reasons == ["工资已经付清，办理结案即可（《劳动保障监察条例》第十八条）"]
    assert fresh(case).state == "ORDERED"


def test_step_after_reopening_counts_anew(people):
    case = ready_for("reopen", people, State.CLOSED)
    clock(case, "T10", TODAY, TODAY, met_on=TODAY)
    propose("reopen", case, people["J"], people)

    reopened = take("reopen", case, people["L"])

    assert (reopened.state, reopened.closed_on, reopened.ended_on, reopened.outcome) == (
        "INVESTIGATING",
        None,
        None,
        "",
    )
    assert (reopened.reopened_on, reopened.complaint.investigation_ended_on) == (TODAY, None)


# The page of a step


@pytest.mark.parametrize("step", STEPS)
def test_page_of_a_step_says_what_will_happen(step):
    assert str(INSPECTION.by_name[step].explain)


@pytest.mark.parametrize("step", [step for step in STEPS if step != "confirm_amounts"])
def test_step_asks_for_seven_things_at_most(step):
    """The sums are one for each worker; everything else is seven at most."""
    form = INSPECTION.by_name[step].form

    assert form is None or len(form.base_fields) <= 7


def test_who_is_away_is_offered_with_the_day_and_the_deputy(people):
    case = complaint(people, "FILING")
    today = timezone.localdate()
    Absence.objects.create(user=people["Z"], deputy=people["X"], from_on=today, to_on=today + 3 * DAY)

    form = INSPECTION.by_name["file_case"].form(case=case, by=people["J"])

    labels = [str(label) for _value, label in form.fields["lead"].choices]
    assert f"测试inspector01（缺勤至{today + 3 * DAY}，测试inspector02代办）" in labels
    assert "测试inspector02" in labels


@pytest.mark.parametrize(
    "changes, said",
    [({}, ""), ({"worker_count": 30}, "涉及30人"), ({"claimed_fen": 50_000_000}, "涉及500,000.00元")],
)
def test_large_case_is_proposed_as_a_major_one(people, changes, said):
    case = complaint(people, "FILING", **changes)

    field = INSPECTION.by_name["file_case"].form(case=case, by=people["J"]).fields["is_major"]

    assert (bool(field.initial), field.help_text) == (bool(said), said)
