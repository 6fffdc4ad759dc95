"""The procedure of legal aid: which step leads where, and who may take or propose it.

Written by hand from the procedure (transitions between consultation and evaluation), never read from the table under
test. Rows are tried in loops: one failure lists every cell that differs.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cases import services
from cases.models import Case, Recusal
from cases.workflow.table import StepRefused
from legal_aid.states import State
from legal_aid.workflow import LEGAL_AID
from tests.inspection.situations import TODAY, moment, new_key
from tests.legal_aid.situations import (
    application,
    facts_for,
    fresh,
    have,
    propose,
    ready_for,
    staff,
    strangers,
    take,
)

pytestmark = pytest.mark.django_db

AIDED = ("URGENT_AID", "GRANTED", "FIRM_ASSIGNED", "LAWYER_NAMED", "ENGAGED", "IN_PROGRESS", "REPLACING")
SERVABLE = tuple(state for state in State.values if state not in ("ARCHIVED", "EVALUATED"))


def stays(*states: str) -> dict[str, str]:
    """An event: it is recorded, the state does not change."""
    return {state: state for state in states}


def all_to(target: str, *states: str) -> dict[str, str]:
    return dict.fromkeys(states, target)


# step: (number of its row, {from: to}). What is not written here is refused.
LEADS: dict[str, tuple[str, dict[str, str]]] = {
    "end_consultation": ("0a", {"CONSULTATION": "ARCHIVED"}),
    "apply": ("1a", {"CONSULTATION": "APPLIED"}),
    "request_correction": ("2", {"APPLIED": "CORRECTING"}),
    "start_review": ("2a", {"APPLIED": "UNDER_REVIEW"}),
    "supply": ("3", {"CORRECTING": "UNDER_REVIEW"}),
    "lapse_correction": ("4", {"CORRECTING": "WITHDRAWN"}),
    "aid_first": ("5", {"APPLIED": "URGENT_AID"}),
    "supply_urgent_papers": ("5a", stays(*AIDED)),
    "ask_other_region": ("6", {"UNDER_REVIEW": "CROSS_REGION_CHECK"}),
    "region_answered": ("7", {"CROSS_REGION_CHECK": "UNDER_REVIEW"}),
    "record_review": ("8a", stays("UNDER_REVIEW")),
    "grant": ("8", {"UNDER_REVIEW": "GRANTED"}),
    "refuse": ("9", {"UNDER_REVIEW": "REFUSED"}),
    "object": ("10", all_to("OBJECTION", "REFUSED", "TERMINATED")),
    "order_correction": ("11", {"OBJECTION": "GRANTED"}),
    "uphold_decision": ("12", {"OBJECTION": "REFUSED"}),
    "assign": ("13", all_to("FIRM_ASSIGNED", "GRANTED", "URGENT_AID")),
    "reassign": ("13a", stays("FIRM_ASSIGNED")),
    "receive_assignment": ("14", stays("FIRM_ASSIGNED")),
    "name_lawyer": ("15", {"FIRM_ASSIGNED": "LAWYER_NAMED"}),
    "sign": ("16", {"LAWYER_NAMED": "ENGAGED"}),
    "begin": ("17", {"ENGAGED": "IN_PROGRESS"}),
    "log_work": ("17a", stays("ENGAGED", "IN_PROGRESS", "REPLACING")),
    "report_matter": ("17b", stays("LAWYER_NAMED", "ENGAGED", "IN_PROGRESS")),
    "request_replacement": (
        "18",
        all_to("REPLACING", "FIRM_ASSIGNED", "LAWYER_NAMED", "ENGAGED", "IN_PROGRESS"),
    ),
    "keep_lawyer": ("19", {"REPLACING": "IN_PROGRESS"}),
    "replace": ("20", {"REPLACING": "FIRM_ASSIGNED"}),
    "terminate": ("21", all_to("TERMINATED", *AIDED)),
    "notify_termination": ("21a", stays("TERMINATED")),
    "conclude": ("22", {"IN_PROGRESS": "CONCLUDED"}),
    "conclude_terminated": ("22a", {"TERMINATED": "CONCLUDED"}),
    "hand_in_file": ("23", {"CONCLUDED": "FILE_CHECK"}),
    "return_file": ("23a", {"FILE_CHECK": "CONCLUDED"}),
    "check_file": ("24", {"FILE_CHECK": "SUBSIDY"}),
    "pay_subsidy": ("25", stays("SUBSIDY")),
    "call_back": ("26", stays("CONCLUDED", "FILE_CHECK", "SUBSIDY", "ARCHIVED")),
    "archive": ("27", all_to("ARCHIVED", "SUBSIDY", "REFUSED", "TERMINATED")),
    "evaluate": ("28", {"ARCHIVED": "EVALUATED"}),
    "withdraw": ("W", all_to("WITHDRAWN", "APPLIED", "CORRECTING", "UNDER_REVIEW", "CROSS_REGION_CHECK")),
    "serve": ("S", stays(*SERVABLE)),
}

# step: (who takes it, who has to propose it first). K window, U reviewer, M head of the centre, N the lawyer of this
# case, S head of the bureau. The reviewer receives applications as the window does.
ACTORS: dict[str, tuple[str, str]] = {
    "end_consultation": ("KU", ""),
    "apply": ("KU", ""),
    "request_correction": ("U", ""),
    "start_review": ("U", ""),
    "supply": ("KU", ""),
    "lapse_correction": ("U", ""),
    "aid_first": ("M", ""),
    "supply_urgent_papers": ("M", "U"),
    "ask_other_region": ("U", ""),
    "region_answered": ("U", ""),
    "record_review": ("U", ""),
    "grant": ("M", ""),
    "refuse": ("M", ""),
    "object": ("KU", ""),
    "order_correction": ("S", ""),
    "uphold_decision": ("S", ""),
    "assign": ("M", ""),
    "reassign": ("M", ""),
    "receive_assignment": ("U", ""),
    "name_lawyer": ("U", ""),
    "sign": ("N", ""),
    "begin": ("N", ""),
    "log_work": ("N", ""),
    "report_matter": ("N", ""),
    "request_replacement": ("UN", ""),
    "keep_lawyer": ("M", ""),
    "replace": ("M", ""),
    "terminate": ("M", ""),
    "notify_termination": ("U", ""),
    "conclude": ("N", ""),
    "conclude_terminated": ("U", ""),
    "hand_in_file": ("U", ""),
    "return_file": ("U", ""),
    "check_file": ("U", ""),
    "pay_subsidy": ("M", ""),
    "call_back": ("U", ""),
    "archive": ("U", ""),
    "evaluate": ("U", ""),
    "withdraw": ("KU", ""),
    "serve": ("KU", ""),
}
REFUSED = "refused"
INSIDERS = "KUMNSG"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff(INSIDERS)


def seen_by_lawyer(step: str, state: str) -> str:
    """Where the lawyer can be on the case at all, so that the row may be tried."""
    return "N" if state in ("LAWYER_NAMED", "ENGAGED", "IN_PROGRESS", "REPLACING") else ""


def some_source(step: str) -> str:
    """The first state the step starts in; one with a lawyer where a lawyer takes it."""
    sources = list(LEADS[step][1])
    return next((state for state in sources if seen_by_lawyer(step, state)), sources[0])


def test_table_is_written_here_whole():
    assert set(LEGAL_AID.by_name) == set(LEADS) == set(ACTORS)
    assert {step.name: step.row for step in LEGAL_AID.steps} == {
        name: row for name, (row, _) in LEADS.items()
    }
    assert {state for _row, leads in LEADS.values() for pair in leads.items() for state in pair} == set(
        State.values
    )


def outcome(step: str, case, people) -> str:
    """The state after the step was proposed and taken by the right people, or that it was refused."""
    takers, proposers = ACTORS[step]
    try:
        if proposers:
            propose(step, case, people[proposers[0]], people)
            return take(step, case, people[takers[0]]).state
        return take(step, case, people[takers[0]], people).state
    except StepRefused:
        return REFUSED


def test_steps_lead_where_they_should(people):
    wrong = {}
    for step, (_row, leads) in LEADS.items():
        for state, expected in leads.items():
            reached = outcome(step, ready_for(step, people, state), people)
            if reached != expected:
                wrong[step, state] = (reached, expected)

    assert wrong == {}


def test_steps_start_in_no_other_state(people):
    """A refused step leaves nothing behind, so that one case serves for every row that does not start in its state."""
    taken, sentences = [], set()
    for state in State.values:
        case = application(people, state)
        if case.handler_id is None:
            case.aid_assignments.all().delete()
            have(case, people)
        for step in (step for step, (_row, leads) in LEADS.items() if state not in leads):
            actor = people[(ACTORS[step][1] or ACTORS[step][0])[0]]
            act = services.propose if ACTORS[step][1] else services.advance
            try:
                act(case=case, step=step, by=actor, version=fresh(case).version, key=new_key())
                taken.append((step, state))
            except StepRefused as refusal:
                sentences |= {reason.partition("，")[2] for reason in refusal.reasons}

    assert taken == []
    assert sentences == {f"不能办理“{LEGAL_AID.by_name[step].label}”" for step in LEADS}


def post(client, case, step: str, act: str, facts: dict, *, by) -> int:
    """The status of the answer when that person sends the form of the step."""
    client.force_login(by)
    data = {"do": act, "key": new_key(), "version": fresh(case).version, "note": "同意。", **facts}
    return client.post(reverse("cases:take_step", args=[case.public_id, step]), data).status_code


def test_steps_are_taken_by_these_and_nobody_else(client, people):
    """Through the pages: who takes gets on, everybody else in sight is denied, a lawyer without the case finds none."""
    wrong = {}
    for step, (takers, proposers) in ACTORS.items():
        case = ready_for(step, people, some_source(step))
        facts = facts_for(step, case, people)
        if proposers:
            propose(step, case, people[proposers], people)
        for letter in [*(other for other in INSIDERS if other not in takers), takers[0]]:
            sees = letter != "N" or case.handler_id == people["N"].pk
            expected = 302 if letter in takers else 403 if sees else 404
            answer = post(client, case, step, "take", facts, by=people[letter])
            if answer != expected:
                wrong[step, letter] = (answer, expected)
        for letter in takers[1:]:
            case = ready_for(step, people, some_source(step))
            answer = post(client, case, step, "take", facts_for(step, case, people), by=people[letter])
            if answer != 302:
                wrong[step, letter] = (answer, 302)

    assert wrong == {}


def test_steps_are_proposed_where_the_procedure_says_so(client, people):
    """Aid that came first is checked by one and granted in form by another; nothing else needs two."""
    step, wrong = "supply_urgent_papers", {}
    case = ready_for(step, people, "IN_PROGRESS")
    facts = facts_for(step, case, people)
    for letter, expected in (("K", 403), ("M", 403), ("N", 403), ("S", 403), ("G", 403), ("U", 302)):
        if (answer := post(client, case, step, "propose", facts, by=people[letter])) != expected:
            wrong[step, letter] = answer
    for step in (step for step, (_takes, proposes) in ACTORS.items() if not proposes):
        case = ready_for(step, people, some_source(step))
        taker = people[ACTORS[step][0][0]]
        if (answer := post(client, case, step, "propose", facts_for(step, case, people), by=taker)) != 403:
            wrong[step, "propose"] = answer

    assert wrong == {}


def test_no_step_exists_for_strangers(client, people):
    case = application(people, State.IN_PROGRESS)
    others = strangers()

    answers = {
        (step, name): post(client, case, step, "take", {}, by=user)
        for step in ("conclude", "terminate", "grant", "serve")
        for name, user in others.items()
    }

    assert set(answers.values()) == {404}
    assert fresh(case).audit_length == 0


def test_recused_person_takes_nothing(people):
    case = ready_for("grant", people, State.UNDER_REVIEW)
    Recusal.objects.create(
        case=case, user=people["M"], reason="亲属", decided_by=people["S"], decided_at=moment(TODAY)
    )

    with pytest.raises(PermissionDenied):
        take("grant", case, people["M"], people)


def test_case_goes_back_to_where_it_stood(people):
    """Not replaced: the state before; a decision that was upheld: the one that was objected to."""
    reached = {}
    for state in ("FIRM_ASSIGNED", "LAWYER_NAMED", "ENGAGED", "IN_PROGRESS"):
        case = ready_for("request_replacement", people, state)
        take("request_replacement", case, people["U"], people)
        reached[state] = take("keep_lawyer", case, people["M"], people).state
    for state in ("REFUSED", "TERMINATED"):
        case = ready_for("object", people, state)
        take("object", case, people["K"], people)
        done = take("uphold_decision", case, people["S"], people)
        reached[state] = done.state
        assert done.ended_on == TODAY

    assert reached == {state: state for state in reached}


def test_replaced_lawyer_sees_the_case_no_more(client, people):
    case = ready_for("replace", people, State.REPLACING)
    client.force_login(people["N"])
    before = client.get(case.get_absolute_url()).status_code

    take("replace", case, people["M"], people)

    assert (before, client.get(case.get_absolute_url()).status_code) == (200, 404)
    with pytest.raises(Case.DoesNotExist):
        take("log_work", case, people["N"], people)
