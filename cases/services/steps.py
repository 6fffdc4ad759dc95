"""Steps of a procedure: proposed, returned, taken."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from cases import clocks, newborn, policies
from cases.crypto import blind_index
from cases.models import Case, Proposal, TimelineEvent
from cases.services.acting import append, differences, perform, snapshot
from cases.workflow.table import Change, Effect, Step, StepRefused


def advance(
    *,
    case: Case,
    step: str,
    by: User,
    version: int,
    key: str,
    note: str = "",
    documents: list[str] | None = None,
    **facts: Any,
) -> TimelineEvent:
    """Take one row of the case's workflow, with everything that follows from it, and return its event.

    A row that is proposed by one person and taken by another needs an open proposal by somebody else; its facts are
    the proposal's, with what the taker adds. ``documents`` are the kinds to issue, None every kind the row issues.
    One transaction: nothing of a refused step remains.

    Raises PermissionDenied when ``by`` may not take the row, StepRefused when the case or the facts are not ready for
    it, StaleVersion, KeyReused, and Case.DoesNotExist when ``by`` may not see the case.
    """
    row = case.workflow.by_name[step]
    payload = {"case": case.pk, "step": step, "note": note, "facts": raw_facts(facts), "documents": documents}

    def do(locked: Case) -> TimelineEvent:
        return _take(locked, row, by, note, facts, documents)

    return perform(
        case=case,
        by=by,
        version=version,
        key=key,
        action=f"step:{step}",
        payload=payload,
        do=do,
        allowed=lambda locked: require_actor(by, row.by, row, locked),
    )


def _take(
    case: Case, row: Step, by: User, note: str, facts: dict[str, Any], documents: list[str] | None
) -> TimelineEvent:
    require_source(row, case)
    proposal = _open_proposal(case, row, by)
    given = {**facts, **(proposal.facts if proposal else {})}
    cleaned = row.clean(case, by, given)
    if reasons := row.refusals(case, cleaned):
        raise StepRefused(reasons)
    now = timezone.now()
    change = Change(case=case, step=row, by=by, on=timezone.localdate(now), at=now, facts=cleaned, note=note)
    change.documents = documents
    before, source = snapshot(case), case.state
    getattr(case, row.name)(change)
    for effect in row.recorded_effects:
        effect.apply(change)
    old, new = differences(before, snapshot(case))
    change.event = append(
        case,
        by,
        kind=TimelineEvent.Kind.STEP,
        step=row.name,
        label=str(row.label),
        source=source,
        target=case.state,
        note=note,
        facts=recorded_facts(row, cleaned) | ({"proposed_by": str(proposal.proposed_by)} if proposal else {}),
        before=old,
        after=new,
    )
    if proposal:
        _decide(proposal, Proposal.State.TAKEN, by, note)
    for effect in row.later_effects:
        effect.apply(change)
    case.detail.save()
    clocks.refresh_headline(case)
    _lapse_proposals(case, by, change.event)
    return change.event


def propose(
    *, case: Case, step: str, by: User, version: int, key: str, note: str = "", **facts: Any
) -> TimelineEvent:
    """The step waits for the decision of another person; the state is unchanged and the event is returned.

    The facts are checked now as they will be checked again when the step is taken. Raises as `advance` does.
    """
    row = case.workflow.by_name[step]
    payload = {"case": case.pk, "step": step, "note": note, "facts": raw_facts(facts)}

    def do(locked: Case) -> TimelineEvent:
        return put_proposal(locked, row, by, note, facts)

    return perform(
        case=case,
        by=by,
        version=version,
        key=key,
        action=f"propose:{step}",
        payload=payload,
        do=do,
        allowed=lambda locked: require_actor(by, row.proposed_by, row, locked),
    )


def put_proposal(case: Case, row: Step, by: User, note: str, facts: dict[str, Any]) -> TimelineEvent:
    """Inside an act on a locked case: the proposal stands, with its event."""
    require_actor(by, row.proposed_by, row, case)
    require_source(row, case)
    if newborn.made(case, "proposals") != [] and _is_proposed(case, row):
        raise StepRefused([_("“%(label)s”已经报批，等审批人决定，或先请他退回") % {"label": row.label}])
    cleaned = row.clean(case, by, facts)
    if reasons := row.refusals(case, cleaned):
        raise StepRefused(reasons)
    proposal = Proposal.objects.create(
        case=case,
        step=row.name,
        facts=raw_facts(facts),
        note=note,
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    newborn.tell(case, "proposals", [proposal])
    event = append(
        case,
        by,
        kind=TimelineEvent.Kind.PROPOSAL,
        step=row.name,
        label=_("报批：%(label)s") % {"label": row.label},
        source=case.state,
        note=note,
        facts=recorded_facts(row, cleaned),
    )
    _apply(row.when_proposed, case, row, by, cleaned, note, event)
    return event


def _is_proposed(case: Case, row: Step) -> bool:
    return case.proposals.filter(step=row.name, state=Proposal.State.OPEN).exists()


def _apply(
    effects: tuple[Effect, ...],
    case: Case,
    row: Step,
    by: User,
    facts: dict[str, Any],
    note: str,
    event: TimelineEvent,
) -> None:
    """What follows from a proposal or its return stands beside the event."""
    now = timezone.now()
    change = Change(case, row, by, timezone.localdate(now), now, facts, note, event)
    for effect in effects:
        effect.apply(change)


def return_proposal(*, case: Case, step: str, by: User, version: int, key: str, note: str) -> TimelineEvent:
    """The open proposal of the step is sent back with a reason; the state is unchanged. Raises as `advance` does."""
    row = case.workflow.by_name[step]
    payload = {"case": case.pk, "step": step, "note": note}

    def do(locked: Case) -> TimelineEvent:
        if not note.strip():
            raise StepRefused([_("退回要写明理由，让报批的人知道改什么")])
        proposal = _open_proposal(locked, row, by)
        if proposal is None:
            raise StepRefused([_("没有等待审批的“%(label)s”") % {"label": row.label}])
        _decide(proposal, Proposal.State.RETURNED, by, note)
        event = append(
            locked,
            by,
            kind=TimelineEvent.Kind.RETURN,
            step=row.name,
            label=_("退回：%(label)s") % {"label": row.label},
            source=locked.state,
            note=note,
            facts={"proposed_by": str(proposal.proposed_by)},
        )
        _apply(row.when_returned, locked, row, by, {}, note, event)
        return event

    return perform(
        case=case,
        by=by,
        version=version,
        key=key,
        action=f"return:{step}",
        payload=payload,
        do=do,
        allowed=lambda locked: require_actor(by, row.by, row, locked),
    )


def require_actor(by: User, actors: tuple, row: Step, case: Case) -> None:
    """Nothing, or PermissionDenied naming who may."""
    if not policies.may_act(by, actors, case):
        who = "、".join(str(actor.label) for actor in actors)
        raise PermissionDenied(_("“%(label)s”由%(who)s办理") % {"label": row.label, "who": who or _("他人")})


def require_source(row: Step, case: Case) -> None:
    """Nothing, or StepRefused naming the state the case is in."""
    if case.state not in row.source:
        raise StepRefused(
            [
                _("案件现在是“%(state)s”，不能办理“%(label)s”")
                % {"state": case.state_label, "label": row.label}
            ]
        )


def _open_proposal(case: Case, row: Step, by: User) -> Proposal | None:
    if not row.needs_proposal:
        return None
    proposal = (
        case.proposals.filter(step=row.name, state=Proposal.State.OPEN).select_related("proposed_by").first()
    )
    if proposal is None:
        who = "、".join(str(actor.label) for actor in row.proposed_by)
        raise StepRefused([_("先由%(who)s报批“%(label)s”，再由你审批") % {"who": who, "label": row.label}])
    if proposal.proposed_by_id == by.pk:
        raise StepRefused([_("自己报批的事项要由另一个人审批")])
    return proposal


def _decide(proposal: Proposal, state: str, by: User, note: str) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.decision_note = note
    proposal.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])


def _lapse_proposals(case: Case, by: User, event: TimelineEvent) -> None:
    """Proposals of steps that no longer start in the case's state are over, by whoever moved it.

    What a proposal set going ends with it, as if it had been sent back.
    """
    possible = [row.name for row in case.workflow.from_state(case.state)]
    lapsed = list(case.proposals.filter(state=Proposal.State.OPEN).exclude(step__in=possible))
    for proposal in lapsed:
        row = case.workflow.by_name[proposal.step]
        _apply(row.when_returned, case, row, by, {}, "", event)
        _decide(proposal, Proposal.State.LAPSED, by, proposal.decision_note)


def recorded_facts(row: Step, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts for the record, those that only the office may read as a digest that proves them."""
    plain = plain_facts(facts)
    return {
        name: f"hmac:{blind_index('sealed_fact', str(value))}" if name in row.secret else value
        for name, value in plain.items()
    }


def plain_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts for the record: a row is written as what it is called."""
    return {
        name: str(value) if isinstance(value, models.Model) else value
        for name, value in facts.items()
        if value not in (None, "")
    }


def raw_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts so that the form can read them again: a row is written as its key."""
    return {name: value.pk if isinstance(value, models.Model) else value for name, value in facts.items()}
