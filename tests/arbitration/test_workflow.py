"""The procedure of arbitration: which step leads where, and who may take or propose it.

Written by hand from the statute and the rules of procedure, never read from the table under test. Rows are tried in
loops: one failure lists every cell that differs.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from arbitration.states import State
from arbitration.workflow import ARBITRATION
from cases import services
from cases.models import Recusal
from cases.workflow.table import StepRefused
from tests.arbitration.situations import (
    dispute,
    facts_for,
    fresh,
    propose,
    ready_for,
    staff,
    strangers,
    take,
)
from tests.inspection.situations import TODAY, moment, new_key

pytestmark = pytest.mark.django_db

INTAKE = ("RECEIVED", "CORRECTING", "PRE_MEDIATION", "FOR_APPROVAL")
EARLY = ("ACCEPTED", "CONSTITUTING", "REPLY_PERIOD")
TO_THE_HEARING = (*EARLY, "ENTRUSTED_MEDIATION", "AWAITING_HEARING")
HEARD = ("IN_HEARING", "TRIBUNAL_MEDIATION", "DELIBERATING")
UNDER_WAY = (*TO_THE_HEARING, *HEARD)
WITH_TRIBUNAL = UNDER_WAY[1:]
OPEN = (*UNDER_WAY, "FOR_SIGNATURE")
ENDED = ("WITHDRAWN", "DEEMED_WITHDRAWN", "REVOKED", "TERMINATED")


def stays(*states: str) -> dict[str, str]:
    """An event: it is recorded, the state does not change."""
    return {state: state for state in states}


def all_to(target: str, *states: str) -> dict[str, str]:
    return dict.fromkeys(states, target)


# step: (number of its row, {from: to}). What is not written here is refused.
LEADS: dict[str, tuple[str, dict[str, str]]] = {
    "request_correction": ("2", {"RECEIVED": "CORRECTING"}),
    "receive_correction": ("3", {"CORRECTING": "FOR_APPROVAL"}),
    "lapse_correction": ("3a", {"CORRECTING": "FOR_APPROVAL"}),
    "accept_promise": ("3b", all_to("FOR_APPROVAL", "RECEIVED", "CORRECTING")),
    "supply_promised": ("3c", stays("FOR_APPROVAL", *OPEN)),
    "submit": ("4", {"RECEIVED": "FOR_APPROVAL"}),
    "suggest_mediation": ("5", {"RECEIVED": "PRE_MEDIATION"}),
    "mediation_ended": ("6", {"PRE_MEDIATION": "FOR_APPROVAL"}),
    "mediation_declined": ("6a", {"PRE_MEDIATION": "RECEIVED"}),
    "accept": ("7", {"FOR_APPROVAL": "ACCEPTED"}),
    "refuse": ("8", {"FOR_APPROVAL": "REFUSED"}),
    "return_intake": ("8a", {"FOR_APPROVAL": "RECEIVED"}),
    "redirect": ("9", all_to("REDIRECTED", "RECEIVED", "CORRECTING", "FOR_APPROVAL")),
    "withdraw_application": ("9a", all_to("WITHDRAWN", *INTAKE)),
    "record_limitation": ("9b", stays(*INTAKE, *UNDER_WAY)),
    "enter_lane": ("L1", stays(*INTAKE, *OPEN)),
    "leave_lane": ("L2", stays(*INTAKE, *OPEN)),
    "supervise": ("L3", stays(*OPEN)),
    "transfer": ("10", all_to("REDIRECTED", *EARLY)),
    "revoke": ("11", all_to("REVOKED", *EARLY)),
    "notify_revocation": ("11a", stays("REVOKED")),
    "constitute": ("12", {"ACCEPTED": "CONSTITUTING"}),
    "replace_tribunal": ("12a", stays(*WITH_TRIBUNAL)),
    "consent_to_mediator": ("12b", stays(*UNDER_WAY)),
    "ask_recusal": ("12c", stays(*WITH_TRIBUNAL)),
    "decide_recusal": ("12d", stays(*WITH_TRIBUNAL)),
    "decide_heads_recusal": ("12e", stays(*WITH_TRIBUNAL)),
    "simplify": ("12f", stays("CONSTITUTING", "REPLY_PERIOD", "AWAITING_HEARING")),
    "to_general": ("12g", stays(*WITH_TRIBUNAL)),
    "serve_copy": ("13", {"CONSTITUTING": "REPLY_PERIOD"}),
    "serve_further_copy": (
        "13a",
        stays("REPLY_PERIOD", "ENTRUSTED_MEDIATION", "AWAITING_HEARING", "IN_HEARING"),
    ),
    "record_reply": ("14", stays("REPLY_PERIOD", "ENTRUSTED_MEDIATION", "AWAITING_HEARING")),
    "serve_reply": (
        "14a",
        stays("REPLY_PERIOD", "ENTRUSTED_MEDIATION", "AWAITING_HEARING", "IN_HEARING"),
    ),
    "waive_reply": ("14b", stays("REPLY_PERIOD")),
    "object_jurisdiction": ("14c", stays("REPLY_PERIOD")),
    "reject_objection": ("14d", stays("REPLY_PERIOD")),
    "file_counterclaim": ("15", stays("REPLY_PERIOD")),
    "accept_counterclaim": ("15a", stays(*WITH_TRIBUNAL)),
    "refuse_counterclaim": ("15b", stays(*WITH_TRIBUNAL)),
    "add_party": ("16", stays(*UNDER_WAY)),
    "add_claim": ("16a", stays(*WITH_TRIBUNAL)),
    "drop_claim": ("16b", stays(*WITH_TRIBUNAL)),
    "admit_lawyer": ("16d", stays(*INTAKE, *OPEN, "DECIDED", "SERVING", "CLOSED", "EFFECTIVE")),
    "set_evidence_limit": ("16c", stays(*TO_THE_HEARING[1:])),
    "merge": ("17", stays(*TO_THE_HEARING)),
    "split_off": ("17a", stays(*TO_THE_HEARING, "IN_HEARING")),
    "announce": ("18", stays("CONSTITUTING", "REPLY_PERIOD", "AWAITING_HEARING", "SERVING")),
    "copy_announced": ("18a", {"CONSTITUTING": "REPLY_PERIOD"}),
    "announcement_over": ("18b", stays("REPLY_PERIOD", "AWAITING_HEARING", "SERVING")),
    "entrust": ("19", {"REPLY_PERIOD": "ENTRUSTED_MEDIATION"}),
    "schedule": (
        "20",
        all_to("AWAITING_HEARING", "REPLY_PERIOD", "ENTRUSTED_MEDIATION", "IN_HEARING"),
    ),
    "notify_hearing": ("20a", stays("AWAITING_HEARING")),
    "postpone": ("20b", stays("AWAITING_HEARING")),
    "hear": ("21", {"AWAITING_HEARING": "IN_HEARING"}),
    "deem_withdrawn": ("22", all_to("DEEMED_WITHDRAWN", "AWAITING_HEARING", "IN_HEARING")),
    "mediate_after": ("23", {"IN_HEARING": "TRIBUNAL_MEDIATION"}),
    "settle": ("24", all_to("DECIDED", "ENTRUSTED_MEDIATION", "TRIBUNAL_MEDIATION")),
    "settle_part": ("24a", stays("IN_HEARING", "TRIBUNAL_MEDIATION")),
    "back_out": ("24b", all_to("DELIBERATING", "DECIDED", "SERVING")),
    "no_agreement": ("25", {"TRIBUNAL_MEDIATION": "DELIBERATING"}),
    "award_part": ("26", stays(*HEARD)),
    "order_advance": ("26a", stays("REPLY_PERIOD", "AWAITING_HEARING", *HEARD)),
    "deliberate": ("27", stays("DELIBERATING")),
    "draft": ("28", {"DELIBERATING": "FOR_SIGNATURE"}),
    "return_draft": ("28a", {"FOR_SIGNATURE": "DELIBERATING"}),
    "sign": ("29", {"FOR_SIGNATURE": "DECIDED"}),
    "serve_result": ("30", {"DECIDED": "SERVING"}),
    "serve_further_result": ("30a", stays("SERVING")),
    "finish": ("31", {"SERVING": "CLOSED"}),
    "went_on": ("32", stays("SERVING", "CLOSED", "EFFECTIVE")),
    "take_effect": ("33", {"CLOSED": "EFFECTIVE"}),
    "correct": ("34", stays("DECIDED", "SERVING", "CLOSED", "EFFECTIVE")),
    "suspend": ("35", all_to("SUSPENDED", *OPEN)),
    "resume": ("36", {"SUSPENDED": "IN_HEARING"}),
    "extend": ("37", stays(*OPEN[1:])),
    "withdraw": ("38", all_to("WITHDRAWN", *OPEN, "SUSPENDED")),
    "terminate": ("39", all_to("TERMINATED", *OPEN, "SUSPENDED")),
    "archive": ("40", all_to("ARCHIVED", "CLOSED", "EFFECTIVE", *ENDED, "REFUSED", "REDIRECTED")),
    "serve": ("S", stays(*(state for state in State.values if state != "ARCHIVED"))),
}

# step: (who takes it, who has to propose it first). R window, C clerk, A the arbitrator of the case, N another one, T
# mediator, Y head of the institute, V chair of the committee. Clerk and mediator receive applications like the window.
ACTORS: dict[str, tuple[str, str]] = {
    "request_correction": ("RCT", ""),
    "receive_correction": ("RCT", ""),
    "lapse_correction": ("RCT", ""),
    "accept_promise": ("RCT", ""),
    "supply_promised": ("RCT", ""),
    "submit": ("RCT", ""),
    "suggest_mediation": ("RCT", ""),
    "mediation_ended": ("RCT", ""),
    "mediation_declined": ("RCT", ""),
    "accept": ("YV", ""),
    "refuse": ("YV", ""),
    "return_intake": ("YV", ""),
    "redirect": ("RCT", ""),
    "withdraw_application": ("RCT", ""),
    "record_limitation": ("RCT", ""),
    "enter_lane": ("Y", "RCTA"),
    "leave_lane": ("Y", "RCTA"),
    "supervise": ("YV", ""),
    "transfer": ("YV", ""),
    "revoke": ("YV", ""),
    "notify_revocation": ("CRT", ""),
    "constitute": ("Y", ""),
    "replace_tribunal": ("Y", ""),
    "consent_to_mediator": ("RCT", ""),
    "ask_recusal": ("CA", ""),
    "decide_recusal": ("Y", ""),
    "decide_heads_recusal": ("V", ""),
    "simplify": ("A", ""),
    "to_general": ("A", ""),
    "serve_copy": ("C", ""),
    "serve_further_copy": ("C", ""),
    "record_reply": ("CRT", ""),
    "serve_reply": ("C", ""),
    "waive_reply": ("CA", ""),
    "object_jurisdiction": ("CRT", ""),
    "reject_objection": ("YV", ""),
    "file_counterclaim": ("CRT", ""),
    "accept_counterclaim": ("YV", ""),
    "refuse_counterclaim": ("YV", ""),
    "add_party": ("YA", ""),
    "add_claim": ("A", ""),
    "drop_claim": ("AC", ""),
    "admit_lawyer": ("CRT", ""),
    "set_evidence_limit": ("A", ""),
    "merge": ("YA", ""),
    "split_off": ("YA", ""),
    "announce": ("C", ""),
    "copy_announced": ("C", ""),
    "announcement_over": ("C", ""),
    "entrust": ("A", ""),
    "schedule": ("CA", ""),
    "notify_hearing": ("C", ""),
    "postpone": ("YA", ""),
    "hear": ("A", ""),
    "deem_withdrawn": ("A", ""),
    "mediate_after": ("A", ""),
    "settle": ("A", ""),
    "settle_part": ("A", ""),
    "back_out": ("CA", ""),
    "no_agreement": ("A", ""),
    "award_part": ("YV", "A"),
    "order_advance": ("YV", "A"),
    "deliberate": ("A", ""),
    "draft": ("A", ""),
    "return_draft": ("YV", ""),
    "sign": ("YV", ""),
    "serve_result": ("C", ""),
    "serve_further_result": ("C", ""),
    "finish": ("C", ""),
    "went_on": ("CRT", ""),
    "take_effect": ("C", ""),
    "correct": ("A", ""),
    "suspend": ("YV", "CA"),
    "resume": ("YA", ""),
    "extend": ("YV", "A"),
    "withdraw": ("YA", ""),
    "terminate": ("YV", ""),
    "archive": ("C", ""),
    "serve": ("CRT", ""),
}
# Before there is a tribunal, only who needs none; a proposal is made by the first who can.
INSIDERS = "RCANTYVG"
REFUSED = "refused"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


def test_table_is_written_here_whole():
    assert set(ARBITRATION.by_name) == set(LEADS) == set(ACTORS)
    assert {step.name: step.row for step in ARBITRATION.steps} == {
        name: row for name, (row, _) in LEADS.items()
    }
    assert {state for _row, leads in LEADS.values() for pair in leads.items() for state in pair} == set(
        State.values
    )


def somebody(letters: str, people):
    return people[letters[0]]


def outcome(step: str, case, people) -> str:
    """The state after the step was proposed and taken by the right people, or that it was refused."""
    takers, proposers = ACTORS[step]
    try:
        if proposers:
            propose(step, case, somebody(proposers, people), people)
            return take(step, case, somebody(takers, people)).state
        return take(step, case, somebody(takers, people), people).state
    except StepRefused as refusal:
        return f"{REFUSED}: {refusal}"


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
        case = dispute(people, state)
        for step in (step for step, (_row, leads) in LEADS.items() if state not in leads):
            if ACTORS[step][0] in ("A", "CA", "AC") and not case.handler_id:
                continue
            actor = somebody(ACTORS[step][1] or ACTORS[step][0], people)
            act = services.propose if ACTORS[step][1] else services.advance
            try:
                act(case=case, step=step, by=actor, version=fresh(case).version, key=new_key())
                taken.append((step, state))
            except StepRefused as refusal:
                sentences |= {reason.partition("，")[2] for reason in refusal.reasons}
            except PermissionDenied:
                assert not case.handler_id or "A" in ACTORS[step][1]

    assert taken == []
    assert sentences == {
        f"不能办理“{ARBITRATION.by_name[step].label}”" for step in LEADS if step != "serve"
    } | {"不能办理“登记送达”"}


def post(client, case, step: str, act: str, facts: dict, *, by) -> int:
    """The status of the answer when that person sends the form of the step."""
    client.force_login(by)
    data = {"do": act, "key": new_key(), "version": fresh(case).version, "note": "同意。", **facts}
    return client.post(reverse("cases:take_step", args=[case.public_id, step]), data).status_code


def some_source(step: str) -> str:
    """A state the step starts in; one with a tribunal where an arbitrator takes or proposes it."""
    sources = list(LEADS[step][1])
    return next((state for state in sources if state not in (*INTAKE, "ACCEPTED")), sources[0])


def denied(act, case, step: str, by) -> bool:
    """Whether the person may not do it at all, however the facts are."""
    try:
        act(case=case, step=step, by=by, version=fresh(case).version, key=new_key())
    except PermissionDenied:
        return True
    except StepRefused:
        return False
    return False


def test_steps_are_taken_by_these_and_nobody_else(people):
    """Everybody else of the institute is denied, an arbitrator without the case and the district's leader too."""
    wrong, cases = {}, {}
    for step, (takers, proposers) in ACTORS.items():
        state = some_source(step)
        case = cases.setdefault(state, dispute(people, state))
        for letter in INSIDERS:
            if denied(services.advance, case, step, people[letter]) != (letter not in takers):
                wrong[step, letter, "take"] = letter not in takers
            if proposers and denied(services.propose, case, step, people[letter]) != (
                letter not in proposers
            ):
                wrong[step, letter, "propose"] = letter not in proposers

    assert wrong == {}


def test_pages_let_these_take_the_steps(client, people):
    """A step of each kind of person through its page: whose it is gets on, the others are denied."""
    tried = {"submit": "R", "accept": "Y", "constitute": "Y", "serve_copy": "C", "hear": "A", "sign": "V"}
    answers = {}
    for step, letter in tried.items():
        case = ready_for(step, people, some_source(step))
        facts = facts_for(step, case, people)
        answers[step] = [
            post(client, case, step, "take", facts, by=people[each]) for each in ("N", "G", letter)
        ]

    assert answers == {step: [403, 403, 302] for step in tried}


def test_no_step_exists_for_strangers(client, people):
    case = dispute(people, State.DELIBERATING)
    others = strangers()

    answers = {
        (step, name): post(client, case, step, "take", {}, by=user)
        for step in ("deliberate", "draft", "withdraw", "serve")
        for name, user in others.items()
    }

    assert set(answers.values()) == {404}
    assert fresh(case).audit_length == 0


def test_recused_arbitrator_takes_nothing(people):
    case = ready_for("deliberate", people, State.DELIBERATING)
    Recusal.objects.create(
        case=case, user=people["A"], reason="亲属", decided_by=people["Y"], decided_at=moment(TODAY)
    )

    with pytest.raises(PermissionDenied):
        take("deliberate", case, people["A"], people)


def test_suspended_case_goes_back_to_where_it_stood(people):
    reached = {}
    for state in OPEN:
        case = ready_for("suspend", people, state)
        propose("suspend", case, people["C"], people)
        stopped = take("suspend", case, people["Y"])
        assert (stopped.state, stopped.is_suspended) == ("SUSPENDED", True)
        went_on = take("resume", stopped, people["Y"], resumed_on=TODAY.isoformat(), reason="原因消除。")
        reached[state] = went_on.state
        assert not went_on.is_suspended

    assert reached == {state: state for state in OPEN}
