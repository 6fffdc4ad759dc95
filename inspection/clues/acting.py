"""The one transaction every change of a clue goes through, and the record it leaves."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.origin import request_id
from cases import idempotency, names
from cases.audit import plain
from cases.services.acting import differences
from cases.workflow.table import Actor
from inspection.clues import clocks
from inspection.clues.models import Clue, ClueEvent

# Columns that say nothing about the clue itself, or say it in another place of the record.
_UNRECORDED = {
    "id",
    "public_id",
    "version",
    "audit_length",
    "raw_text",
    "pending_step",
    "pending_facts",
    "pending_note",
    "proposed_at",
    "proposed_by_id",
    "reporter_phone_index",
    "reporter_phone_tail",
    "reporter_id_number_index",
    "reporter_id_number_tail",
}
_MASKED = {"reporter_phone": names.mask_phone, "reporter_id_number": names.mask_id}


class StaleClue(Exception):
    """Somebody changed the clue after the page was opened; ``clue`` is as it is now, ``events`` what happened since."""

    sentence = _("你打开之后，这条线索有人改过，核对以后再办")

    def __init__(self, clue: Clue, seen_version: int) -> None:
        super().__init__(str(self.sentence))
        self.clue = clue
        self.events = list(clue.events.filter(version__gt=seen_version).order_by("seq"))


def act(
    *,
    clue: Clue,
    by: User,
    version: int | None,
    key: str,
    action: str,
    payload: Any,
    allowed: Callable[[Clue], None],
    do: Callable[[Clue], ClueEvent],
) -> ClueEvent:
    """Run one act on the locked clue and return its event; a repetition with the same key returns the first event.

    ``allowed`` raises when the person may not do it. ``do`` gets the clue locked and with its version raised, changes
    it and appends the event; saving it is this function's. ``version`` None is an act that no page prepared.

    Raises Clue.DoesNotExist for a clue the person may not see, StaleClue, KeyReused, and what the two functions raise.
    """
    with transaction.atomic():
        locked = lock(clue.pk)
        if not can_see(by, locked):
            raise Clue.DoesNotExist
        if answer := idempotency.recall(user=by, key=key, action=action, payload=payload):
            return ClueEvent.objects.get(pk=answer["event"])
        allowed(locked)
        if version is not None and locked.version != version:
            raise StaleClue(locked, version)
        locked.version += 1
        event = do(locked)
        clocks.reckon(locked)
        locked.save()
        idempotency.remember(user=by, key=key, action=action, payload=payload, answer={"event": event.pk})
    return event


def lock(pk: Any) -> Clue:
    """The clue's current row, held until the transaction ends."""
    return Clue.objects.select_related("agency").locked().get(pk=pk)


def can_see(user: User, clue: Clue) -> bool:
    """Whether the clue is inside the person's sight; `ClueQuerySet.visible_to` is the same rule for lists."""
    return Clue.objects.visible_to(user).filter(pk=clue.pk).exists()


def may(user: User, actors: Iterable[Actor]) -> bool:
    """Whether the role is one of the actors; on which clue is decided by sight."""
    return any(user.has_right(actor.right) for actor in actors)


def require(user: User, actors: Iterable[Actor], label: Any) -> None:
    """PermissionDenied, with who does it, unless the person is one of the actors."""
    actors = tuple(actors)
    if not may(user, actors):
        who = "、".join(dict.fromkeys(str(actor.label) for actor in actors))
        raise PermissionDenied(_("“%(label)s”由%(who)s办理") % {"label": label, "who": who})


def append(
    clue: Clue,
    by: User | None,
    *,
    kind: str,
    step: str,
    label: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> ClueEvent:
    """The event is the last of the clue's record. The caller holds the lock and saves the clue."""
    clue.audit_length += 1
    return ClueEvent.objects.create(
        clue=clue,
        seq=clue.audit_length,
        kind=kind,
        step=step,
        label=label[:80],
        at=timezone.now(),
        by=by,
        by_name=str(by) if by else "系统",
        by_role=by.role if by else "system",
        note=note,
        facts=plain(facts),
        before=plain(before),
        after=plain(after),
        version=clue.version,
        request_id=request_id.get(),
    )


def snapshot(clue: Clue) -> dict[str, Any]:
    """Every recorded column of the clue, for the before and after of an event."""
    return {
        field.attname: getattr(clue, field.attname)
        for field in clue._meta.concrete_fields
        if field.attname not in _UNRECORDED
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after of an event: only what changed, numbers of persons masked."""
    old, new = differences(before, after)
    return _masked(old), _masked(new)


def _masked(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _MASKED[name](value) if name in _MASKED else value for name, value in values.items()}
