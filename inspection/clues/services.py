"""Every change of a clue: registered, corrected, moved along its table, read in full. Each function is one transaction.

All of them lock the clue, ask again whether the person may, compare the version the page was made with, act once per
key and leave an entry in the record (`inspection.clues.acting`).
"""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.rights import Right, Role
from cases import idempotency, numbers
from cases.models import Case
from cases.services.reading import count_reading
from cases.workflow.table import Change, Step, StepRefused
from inspection.actors import J
from inspection.clues import clocks, table
from inspection.clues.acting import act, append, can_see, changes, lock, may, require, snapshot
from inspection.clues.models import Clue, ClueEvent
from notifications.services import notify

EDITORS = (table.REGISTRAR, table.OFFICER, J)


class AlreadyThere(Exception):
    """The channel's item came in before: nothing was written. ``clue`` is the one that is there."""

    def __init__(self, clue: Clue) -> None:
        super().__init__(_("这个编号的线索已经登记过（%(number)s）") % {"number": clue.number})
        self.clue = clue


# Arrival


def register_clue(*, by: User, key: str, values: dict[str, Any]) -> Clue:
    """The clue stands in the person's agency with its number, its time limits and the first entry of its record.

    ``values`` are columns. The same ``key`` gives the same clue. Raises PermissionDenied, AlreadyThere, KeyReused.
    """
    if not by.has_right(Right.REGISTER):
        raise PermissionDenied(_("线索由窗口受理员或监察员登记"))
    payload = repr(sorted(values.items(), key=lambda item: item[0]))
    with transaction.atomic():
        answer = idempotency.claim(user=by, key=key, action="register_clue", payload=payload)
        if answer is not None:
            return Clue.objects.get(public_id=answer["clue"])
        clue = put_clue(agency=by.agency, by=by, values=values, label=_("登记线索"))
        answer = {"clue": str(clue.public_id)}
        idempotency.remember(user=by, key=key, action="register_clue", payload=payload, answer=answer)
    return clue


def put_clue(*, agency: Agency, by: User | None, values: dict[str, Any], label: str) -> Clue:
    """The clue of those columns is there; ``by`` is None for an interface. AlreadyThere when it came in before.

    Part of the caller's transaction.
    """
    now = timezone.now()
    clue = Clue(agency=agency, **values)
    if known := same_item(clue):
        raise AlreadyThere(known)
    clue.clue_no = numbers.take(agency, "clue", timezone.localdate(now))
    clue.hot_at = now if clue.hot_reasons else None
    clocks.reckon(clue)
    try:
        with transaction.atomic():
            clue.save(force_insert=True)
    except IntegrityError:  # the same item came in at this very moment
        known = same_item(clue)
        if known is None:
            raise
        raise AlreadyThere(known) from None
    event = append(clue, by, kind=ClueEvent.Kind.ARRIVAL, step="register_clue", label=label)
    clue.save(update_fields=["audit_length"])
    if clue.hot_at:
        _tell_heads(clue, event, _("紧急线索 %(number)s") % {"number": clue.number})
    return clue


def same_item(clue: Clue) -> Clue | None:
    """The clue that is the same item of the same channel; None when it is new or the channel gives no numbers."""
    if not clue.external_no:
        return None
    known = Clue.objects.filter(agency=clue.agency, channel=clue.channel, external_no=clue.external_no)
    return known.exclude(pk=clue.pk).first()


def edit_clue(*, clue: Clue, by: User, version: int, key: str, values: dict[str, Any]) -> ClueEvent:
    """The columns hold the new values and the record says what they were.

    A clue that becomes urgent by it is urgent from now on. Raises PermissionDenied, StaleClue, KeyReused,
    AlreadyThere, StepRefused for a closed clue, Clue.DoesNotExist.
    """

    def do(locked: Clue) -> ClueEvent:
        _require_open(locked)
        before = snapshot(locked)
        for name, value in values.items():
            setattr(locked, name, value)
        if known := same_item(locked):
            raise AlreadyThere(known)
        became_hot = _reckon_heat(locked)
        old, new = changes(before, snapshot(locked))
        event = append(
            locked,
            by,
            kind=ClueEvent.Kind.EDIT,
            step="edit_clue",
            label=_("修改线索"),
            before=old,
            after=new,
        )
        if became_hot:
            _tell_heads(locked, event, _("紧急线索 %(number)s") % {"number": locked.number})
        return event

    return act(
        clue=clue,
        by=by,
        version=version,
        key=key,
        action="edit_clue",
        payload=[clue.pk, repr(sorted(values.items(), key=lambda item: item[0]))],
        allowed=lambda locked: require(by, EDITORS, _("修改线索")),
        do=do,
    )


def _reckon_heat(clue: Clue) -> bool:
    """Urgent while a reason holds, or once it was reported. Answers whether it has just become so."""
    was_hot = clue.hot_at is not None
    if clue.hot_reasons:
        clue.hot_at = clue.hot_at or timezone.now()
    elif clue.escalated_at is None:
        clue.hot_at = None
    return clue.hot_at is not None and not was_hot


# The table


def take_step(
    *, clue: Clue, step: str, by: User, version: int, key: str, note: str = "", **facts: Any
) -> ClueEvent:
    """The row of the table is taken. A row that needs a proposal is taken on somebody else's, with its facts.

    Raises PermissionDenied, StepRefused with sentences, StaleClue, KeyReused, Clue.DoesNotExist.
    """
    row = table.CLUE.by_name[step]

    def do(locked: Clue) -> ClueEvent:
        _require_open(locked)
        given = _proposed(locked, row, by) if row.needs_proposal else facts
        return _take(locked, row, by, note, given)

    return act(
        clue=clue,
        by=by,
        version=version,
        key=key,
        action=f"clue:{step}",
        payload=[clue.pk, step, note, repr(sorted(facts.items()))],
        allowed=lambda locked: require(by, row.by, row.label),
        do=do,
    )


def propose_step(
    *, clue: Clue, step: str, by: User, version: int, key: str, note: str = "", **facts: Any
) -> ClueEvent:
    """The step waits for the head with its facts; the clue is otherwise unchanged. One step waits at a time.

    Raises PermissionDenied, StepRefused, StaleClue, KeyReused, Clue.DoesNotExist.
    """
    row = table.CLUE.by_name[step]

    def do(locked: Clue) -> ClueEvent:
        _require_open(locked)
        if locked.pending_step:
            waiting = table.CLUE.by_name[locked.pending_step].label
            raise StepRefused([_("“%(label)s”已报批，等审批以后再报") % {"label": waiting}])
        _checked(locked, row, by, facts)
        locked.pending_step, locked.pending_facts, locked.pending_note = step, facts, note
        locked.proposed_by, locked.proposed_at = by, timezone.now()
        event = append(
            locked,
            by,
            kind=ClueEvent.Kind.PROPOSAL,
            step=step,
            label=_("报批：%(label)s") % {"label": row.label},
            note=note,
            facts=facts,
        )
        title = _("待审批：%(label)s %(number)s") % {"label": row.label, "number": locked.number}
        _tell_heads(locked, event, title)
        return event

    return act(
        clue=clue,
        by=by,
        version=version,
        key=key,
        action=f"clue-propose:{step}",
        payload=[clue.pk, step, note, repr(sorted(facts.items()))],
        allowed=lambda locked: require(by, row.proposed_by, row.label),
        do=do,
    )


def return_step(*, clue: Clue, by: User, version: int, key: str, note: str) -> ClueEvent:
    """The waiting step goes back to who proposed it, with the reason. Raises as `propose_step` does."""

    def do(locked: Clue) -> ClueEvent:
        if not locked.pending_step:
            raise StepRefused([_("没有等审批的事项")])
        if not note:
            raise StepRefused([_("写明退回的理由")])
        row, proposer = table.CLUE.by_name[locked.pending_step], locked.proposed_by
        _no_longer_pending(locked)
        label = _("退回：%(label)s") % {"label": row.label}
        event = append(locked, by, kind=ClueEvent.Kind.RETURN, step=row.name, label=label, note=note)
        _tell(locked, event, proposer, f"{label} {locked.number}")
        return event

    return act(
        clue=clue,
        by=by,
        version=version,
        key=key,
        action="clue-return",
        payload=[clue.pk, note],
        allowed=lambda locked: require(by, _deciders(locked), _("退回")),
        do=do,
    )


def _deciders(clue: Clue) -> tuple:
    return table.CLUE.by_name[clue.pending_step].by if clue.pending_step else (J,)


def _proposed(clue: Clue, row: Step, by: User) -> dict[str, Any]:
    """The facts of the waiting proposal, which somebody else must have made."""
    if clue.pending_step != row.name:
        who = "、".join(str(actor.label) for actor in row.proposed_by)
        raise StepRefused([_("先由%(who)s报批“%(label)s”，再审批") % {"who": who, "label": row.label}])
    if clue.proposed_by_id == by.pk:
        raise StepRefused([_("自己报批的事项要由别人审批")])
    return dict(clue.pending_facts)


def _require_open(clue: Clue) -> None:
    if clue.state not in table.CLOSE_CLUE.source:
        raise StepRefused([_("这条线索已经办结")])


def _checked(clue: Clue, row: Step, by: User, facts: dict[str, Any]) -> dict[str, Any]:
    cleaned = row.clean(clue, by, facts)
    if reasons := row.refusals(clue, cleaned):
        raise StepRefused(reasons)
    return cleaned


def _take(clue: Clue, row: Step, by: User, note: str, facts: dict[str, Any]) -> ClueEvent:
    """The method of the row has run, the record has it; a row that ends the clue ends what waits as well."""
    cleaned, now, before = _checked(clue, row, by, facts), timezone.now(), snapshot(clue)
    getattr(clue, row.name)(Change(clue, row, by, timezone.localdate(now), now, cleaned, note))
    if row.target:
        clue.closed_at, clue.closed_by = now, by
    if row.target or clue.pending_step == row.name:
        _no_longer_pending(clue)
    old, new = changes(before, snapshot(clue))
    event = append(
        clue,
        by,
        kind=ClueEvent.Kind.STEP,
        step=row.name,
        label=str(row.label),
        note=note,
        facts=_recorded(cleaned),
        before=old,
        after=new,
    )
    if row is table.REPORT_CLUE:
        _tell_heads(clue, event, _("紧急线索已上报 %(number)s") % {"number": clue.number})
    return event


def _recorded(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the record holds them: a case by its number."""
    return {name: value.number if isinstance(value, Case) else value for name, value in facts.items()}


def _no_longer_pending(clue: Clue) -> None:
    clue.pending_step, clue.pending_facts, clue.pending_note = "", {}, ""
    clue.proposed_by = clue.proposed_at = None


def record_refusal(*, clue: Clue, by: User, label: str, reasons: list[str]) -> None:
    """The attempt and why it was turned down stand in the record, in a transaction of their own; the version stays."""
    with transaction.atomic():
        locked = lock(clue.pk)
        facts = {"reasons": reasons}
        append(locked, by, kind=ClueEvent.Kind.REFUSED, step="refused", label=label, facts=facts)
        locked.save(update_fields=["audit_length"])


def read_numbers(*, clue: Clue, by: User, purpose: str, note: str = "") -> Clue:
    """The clue with the reporter's numbers for this person, who now stands in the record as having read them.

    Clue.DoesNotExist, PermissionDenied for those who do not work on clues, TooManyReadings.
    """
    require(by, EDITORS, _("查看电话和证件号码"))
    count_reading(by)
    with transaction.atomic():
        locked = lock(clue.pk)
        if not can_see(by, locked):
            raise Clue.DoesNotExist
        append(
            locked,
            by,
            kind=ClueEvent.Kind.READ,
            step="read_numbers",
            label=_("查看反映人电话和证件号码"),
            note=note,
            facts={"purpose": purpose},
        )
        locked.save(update_fields=["audit_length"])
    return locked


# Becoming a complaint


def may_convert(user: User, clue: Clue) -> bool:
    """Whether this person may make a complaint of the clue now."""
    return clue.is_open and may(user, table.CONVERT_CLUE.by) and can_see(user, clue)


def convert(clue_id: UUID | str, *, case: Case, by: User, key: str) -> ClueEvent:
    """The clue is closed and the case is what became of it; each is found from the other.

    For the transaction that registers the complaint: call it right after `register_complaint` with the same ``key``,
    and both or neither remain. ``clue_id`` is the public id. Done once: the same key and case give the same event.

    Raises Clue.DoesNotExist, PermissionDenied, StepRefused when the clue was closed otherwise, KeyReused.
    """
    clue = Clue.objects.visible_to(by).get(public_id=clue_id)

    def do(locked: Clue) -> ClueEvent:
        _require_open(locked)
        if case.agency_id != locked.agency_id:
            raise StepRefused([_("投诉和线索不在同一个机构，不能关联")])
        return _take(locked, table.CONVERT_CLUE, by, "", {"complaint": case})

    return act(
        clue=clue,
        by=by,
        version=None,
        key=sha256(f"{key}:convert_clue".encode()).hexdigest(),
        action="clue:convert_clue",
        payload=[clue.pk, case.pk],
        allowed=lambda locked: require(by, table.CONVERT_CLUE.by, table.CONVERT_CLUE.label),
        do=do,
    )


# Telling people


def _tell_heads(clue: Clue, event: ClueEvent, title: str) -> None:
    heads = User.objects.filter(agency=clue.agency, role=Role.INSPECTION_HEAD, is_active=True)
    for head in heads:
        _tell(clue, event, head, title)


def _tell(clue: Clue, event: ClueEvent, user: User | None, title: str) -> None:
    if user is not None:
        key = f"clue:{event.pk}:{user.pk}"
        notify(recipient=user, kind="clue", title=title, url=clue.get_absolute_url(), key=key)


def on_time(clue: Clue) -> bool | None:
    """Whether the clue was concluded by its day; None while it is open or its day is unknown."""
    if clue.closed_at is None or clue.due_on is None:
        return None
    return timezone.localdate(clue.closed_at) <= clue.due_on
