"""Which step leads where, and who takes it: written by hand from the law and from the notes on the procedure."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from arbitration.mediation.states import State
from arbitration.mediation.workflow import MEDIATION
from cases import services
from cases.models import Recusal
from cases.workflow.table import StepRefused
from tests.inspection.situations import TODAY, moment, new_key
from tests.mediation.situations import (
    LETTERS,
    facts_for,
    fresh,
    mediation,
    propose,
    ready_for,
    staff,
    strangers,
    take,
)

pytestmark = pytest.mark.django_db


def lead(*states: str, to: str = "") -> dict[str, str]:
    """Every state to the same target; an event leaves it."""
    return {state: to or state for state in states}


OWED = ("AGREED", "PERFORMING")
ENFORCEABLE = ("UNDER_REVIEW", "REVIEW_CONFIRMED", "COURT_CONFIRMED")
BEFORE = ("INQUIRY", "SEEKING_CONSENT", "ACCEPTED", "MEDIATING")
NOT_SERVED = ("INQUIRY", "ARCHIVED")

# Step: row, and from which state to which.
LEADS: dict[str, tuple[str, dict[str, str]]] = {
    "apply": ("1a", lead("INQUIRY", to="SEEKING_CONSENT")),
    "accept": ("2", lead("SEEKING_CONSENT", to="ACCEPTED")),
    "change_mediator": ("2a", lead("ACCEPTED", "MEDIATING")),
    "decline": ("3", lead("SEEKING_CONSENT", to="DECLINED")),
    "name_representatives": ("4a", lead("SEEKING_CONSENT", "ACCEPTED", "MEDIATING")),
    "convene": ("4", lead("ACCEPTED", "MEDIATING", to="MEDIATING")),
    "record_meeting": ("5", lead("MEDIATING")),
    "agree": ("6", lead("MEDIATING", to="AGREED")),
    "fail": ("7", lead("ACCEPTED", "MEDIATING", to="FAILED")),
    "lapse": ("7a", lead("ACCEPTED", "MEDIATING", to="FAILED")),
    "record_payment": ("8", lead(*OWED, to="PERFORMING")),
    "record_later_payment": ("8a", lead(*ENFORCEABLE)),
    "record_performance": ("8b", lead(*OWED, to="PERFORMING")),
    "note_default": ("8c", lead(*OWED)),
    "request_review": ("9", lead("AGREED", to="UNDER_REVIEW")),
    "accept_review": ("9a", lead("UNDER_REVIEW")),
    "extend_review": ("9b", lead("UNDER_REVIEW")),
    "confirm_review": ("9c", lead("UNDER_REVIEW", to="REVIEW_CONFIRMED")),
    "refuse_review": ("9d", lead("UNDER_REVIEW", to="FAILED")),
    "withdraw_review": ("9e", lead("UNDER_REVIEW", to="FAILED")),
    "sign_paper": ("9f", lead("REVIEW_CONFIRMED")),
    "request_confirmation": ("10", lead("AGREED")),
    "confirm_in_court": ("10a", lead("AGREED", to="COURT_CONFIRMED")),
    "court_refuses": ("10b", lead("AGREED")),
    "request_order": ("11", lead(*OWED)),
    "move_order": ("11a", lead(*OWED)),
    "to_arbitration": ("12", lead(*OWED, "FAILED", "DECLINED", to="TO_ARBITRATION")),
    "rest_to_arbitration": ("12a", lead(*OWED, *ENFORCEABLE)),
    "withdraw": ("13", lead(*BEFORE, to="WITHDRAWN")),
    "archive": (
        "14",
        lead(
            "PERFORMING",
            "REVIEW_CONFIRMED",
            "COURT_CONFIRMED",
            "FAILED",
            "DECLINED",
            "WITHDRAWN",
            to="ARCHIVED",
        ),
    ),
    "serve": ("S", lead(*(state for state in State.values if state not in NOT_SERVED))),
}

# Who takes it, and who proposes it: K window, R clerk, Z mediator of the case, M another mediator, A arbitrator,
# Y head of the institute, C chair of the committee.
RECEIVE, MEDIATORS = "KRZM", "ZM"
ACTORS: dict[str, tuple[str, str]] = {
    "apply": (RECEIVE, ""),
    "accept": (MEDIATORS + "Y", ""),
    "change_mediator": ("Y", ""),
    "decline": (MEDIATORS, ""),
    "name_representatives": (RECEIVE, ""),
    "convene": ("Z", ""),
    "record_meeting": ("Z", ""),
    "agree": ("Z", ""),
    "fail": ("Z", ""),
    "lapse": ("Z", ""),
    "record_payment": ("Z", ""),
    "record_later_payment": ("Z", ""),
    "record_performance": ("Z", ""),
    "note_default": ("Z", ""),
    "request_review": (RECEIVE, ""),
    "accept_review": ("A", ""),
    "extend_review": ("YC", "A"),
    "confirm_review": ("A", ""),
    "refuse_review": ("A", ""),
    "withdraw_review": (RECEIVE, ""),
    "sign_paper": (RECEIVE, ""),
    "request_confirmation": (RECEIVE, ""),
    "confirm_in_court": (RECEIVE, ""),
    "court_refuses": (RECEIVE, ""),
    "request_order": (RECEIVE, ""),
    "move_order": (RECEIVE, ""),
    "to_arbitration": (RECEIVE, ""),
    "rest_to_arbitration": (RECEIVE, ""),
    "withdraw": (RECEIVE, ""),
    "archive": (MEDIATORS, ""),
    "serve": (RECEIVE, ""),
}
REFUSED = "refused"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


def test_table_is_written_here_whole():
    assert set(MEDIATION.by_name) == set(LEADS) == set(ACTORS)
    assert {step.name: step.row for step in MEDIATION.steps} == {
        name: row for name, (row, _leads) in LEADS.items()
    }
    assert {state for _row, leads in LEADS.values() for pair in leads.items() for state in pair} == set(
        State.values
    )


def outcome(step: str, case, people) -> str:
    """The state after the step was proposed and taken by the right people, or why it was refused."""
    takers, proposers = ACTORS[step]
    try:
        if proposers:
            propose(step, case, people[proposers[0]], people)
            return take(step, case, people[takers[0]]).state
        return take(step, case, people[takers[0]], people).state
    except StepRefused as refusal:
        return f"{REFUSED}: {refusal.reasons}"


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
        case = mediation(people, state)
        if state not in ("INQUIRY", "SEEKING_CONSENT", "DECLINED"):
            assert case.handler == people["Z"]
        else:
            case.assignments.create(user=people["Z"], duty="mediator", since=moment(TODAY))
        for step in (step for step, (_row, leads) in LEADS.items() if state not in leads):
            actor = people[(ACTORS[step][1] or ACTORS[step][0])[0]]
            act = services.propose if ACTORS[step][1] else services.advance
            try:
                act(case=case, step=step, by=actor, version=fresh(case).version, key=new_key())
                taken.append((step, state))
            except StepRefused as refusal:
                sentences |= {reason.partition("，")[2] for reason in refusal.reasons}

    assert taken == []
    assert sentences == {f"不能办理“{MEDIATION.by_name[step].label}”" for step in LEADS}


def post(client, case, step: str, act: str, facts: dict, *, by) -> int:
    """The status of the answer when that person sends the form of the step."""
    client.force_login(by)
    data = {"do": act, "key": new_key(), "version": fresh(case).version, "note": "同意。", **facts}
    return client.post(reverse("cases:take_step", args=[case.public_id, step]), data).status_code


def is_denied(step: str, case, facts: dict, by) -> bool:
    """Whether the service turns the person away, whatever the page may offer."""
    try:
        services.advance(case=case, step=step, by=by, version=fresh(case).version, key=new_key(), **facts)
    except PermissionDenied:
        return True
    return False


def test_steps_are_taken_by_these_and_nobody_else(people):
    """Whoever takes it gets on; everybody else in sight is turned away and leaves nothing behind."""
    wrong = []
    for step, (takers, proposers) in ACTORS.items():
        source = next(iter(LEADS[step][1]))
        case = ready_for(step, people, source)
        facts = facts_for(step, case, people)
        if proposers:
            propose(step, case, people[proposers], people)
        denied = {letter for letter in LETTERS if letter not in takers}
        wrong += [(step, letter) for letter in denied if not is_denied(step, case, facts, people[letter])]
        wrong += [(step, takers[0])] if is_denied(step, case, facts, people[takers[0]]) else []
        for letter in () if proposers else takers[1:]:
            case = ready_for(step, people, source)
            if is_denied(step, case, facts_for(step, case, people), people[letter]):
                wrong.append((step, letter))

    assert wrong == []


@pytest.mark.parametrize(
    ("step", "state", "taker"),
    [("agree", "MEDIATING", "Z"), ("confirm_review", "UNDER_REVIEW", "A"), ("withdraw", "ACCEPTED", "R")],
)
def test_pages_of_steps_answer_as_the_service_does(client, people, step, state, taker):
    case = ready_for(step, people, state)
    facts = facts_for(step, case, people)
    others = [letter for letter in LETTERS if letter not in ACTORS[step][0]]

    answers = {letter: post(client, case, step, "take", facts, by=people[letter]) for letter in others}

    assert set(answers.values()) == {403}
    assert post(client, case, step, "take", facts, by=people[taker]) == 302


def test_only_the_extension_needs_two(client, people):
    wrong = {}
    case = ready_for("extend_review", people, "UNDER_REVIEW")
    facts = facts_for("extend_review", case, people)
    for letter in "KRZMYCBGA":
        expected = 302 if letter == "A" else 403
        if (answer := post(client, case, "extend_review", "propose", facts, by=people[letter])) != expected:
            wrong["extend_review", letter] = answer
    assert take("extend_review", case, people["C"]).mediation.review_extended

    for step in (step for step, (_takes, proposes) in ACTORS.items() if not proposes):
        case = ready_for(step, people, next(iter(LEADS[step][1])))
        taker = people[ACTORS[step][0][0]]
        if (answer := post(client, case, step, "propose", facts_for(step, case, people), by=taker)) != 403:
            wrong[step, "propose"] = answer

    assert wrong == {}


def test_no_step_exists_for_strangers(client, people):
    case, others = mediation(people), strangers()

    answers = {
        (step, name): post(client, case, step, "take", {}, by=user)
        for step in ("agree", "fail", "withdraw")
        for name, user in others.items()
    }

    assert set(answers.values()) == {404}
    assert fresh(case).audit_length == 0


def test_recused_mediator_takes_nothing_and_is_not_named(people):
    case = ready_for("accept", people, "SEEKING_CONSENT")
    Recusal.objects.create(
        case=case, user=people["Z"], reason="亲属", decided_by=people["Y"], decided_at=moment(TODAY)
    )

    with pytest.raises(PermissionDenied):
        take("accept", case, people["Z"], people)
    with pytest.raises(StepRefused, match="不在可选的人员里"):
        take("accept", case, people["Y"], people)
