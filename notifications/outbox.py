"""Effects leave a transaction through a table.

Whoever decides that something must happen outside (a message, a PDF) calls `put` in the same transaction. The
relay runs the handler of that kind and marks the row done in one transaction, so the effect happens exactly
once as far as our own tables go; a handler that reaches outside them must be safe to repeat. A message on the
queue only wakes the relay; the sweep of each minute finds whatever was missed.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from notifications.models import OutboxMessage
from notifications.waker import wake

log = logging.getLogger("huxin.outbox")

State = OutboxMessage.State
Payload = dict[str, str | int]
Handle = Callable[..., None]
Prepare = Callable[[Payload], Any]

# An attempt that died without a word (power cut, kill) is taken up again after this; longer than a task may
# run.
LEASE = timedelta(seconds=100)
# Waiting time after the first, second … failed attempt. After one more failure the row is parked.
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
MAX_ATTEMPTS = len(BACK_OFF) + 1
# No new attempt starts after this; with the longest effect on top it stays below the limit of a task.
RUN_SECONDS = 25
AGAIN_SECONDS = 0.02

_PLAIN = re.compile(r"[\x21-\x7e]{1,200}")
_LONG_NUMBER = re.compile(r"\d{10,}[Xx]?")


@dataclass(frozen=True)
class _Handler:
    handle: Handle
    prepare: Prepare | None


_handlers: dict[str, _Handler] = {}


@dataclass
class Tally:
    """What one run of the relay did."""

    done: int = 0
    failed: int = 0
    parked: int = 0


class UnknownKindError(LookupError):
    """No app registered a handler for this kind of effect."""


def handler(kind: str, *, prepare: Prepare | None = None) -> Callable[[Handle], Handle]:
    """Registers ``handle(payload)`` for a kind. It runs inside the transaction that marks the row done.

    With ``prepare``, that runs first and outside any transaction, for slow work that must not hold the write
    lock; what it returns is the second argument: ``handle(payload, prepared)``. Register in a module that
    ``ready()`` imports.
    """

    def register(handle: Handle) -> Handle:
        if kind in _handlers:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = _Handler(handle, prepare)
        return handle

    return register


def put(kind: str, key: str, payload: Mapping[str, str | int], *, due_at: datetime | None = None) -> None:
    """The effect is written down, once for each (kind, key), and happens if the caller's transaction commits.

    ``payload`` holds ids, no personal data: ASCII tokens and numbers. ``due_at`` puts it off. Raises
    TransactionManagementError outside a transaction, ValueError on a value that is no id.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("outbox.put belongs into the transaction that decides the effect")
    for value in (kind, key, *payload.values()):
        _check_is_id(value)
    now = timezone.now()
    row = OutboxMessage(kind=kind, key=key, payload=dict(payload), created_at=now, due_at=due_at or now)
    OutboxMessage.objects.bulk_create([row], ignore_conflicts=True)
    if due_at is None:
        transaction.on_commit(wake, robust=True)


def _check_is_id(value: str | int) -> None:
    """A word of text may be a name, a long run of digits an identity or telephone number: neither belongs here."""
    if isinstance(value, str) and (not _PLAIN.fullmatch(value) or _LONG_NUMBER.fullmatch(value)):
        raise ValueError("the outbox carries ids only")


def run_due(*, seconds: float = RUN_SECONDS) -> Tally:
    """Every due effect was attempted once, as far as the time allowed. Several relays may run at the same time."""
    tally = Tally()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        row = _claim()
        if row is None:
            if not is_due():
                break
            # Another relay took the row between our looking and locking; PostgreSQL then answers with none.
            time.sleep(AGAIN_SECONDS)
        elif row.state == State.PARKED:
            tally.parked += 1
        elif _attempt(row):
            tally.done += 1
        else:
            tally.failed += 1
    return tally


def is_due() -> bool:
    """Whether something is waiting for the relay now."""
    return _due().exists()


def retry_parked() -> int:
    """Every parked effect gets its tries anew. Returns how many."""
    parked = OutboxMessage.objects.filter(state=State.PARKED)
    return parked.update(state=State.PENDING, attempts=0, due_at=timezone.now())


def _due() -> Any:
    return OutboxMessage.objects.filter(state=State.PENDING, due_at__lte=timezone.now())


@transaction.atomic
def _claim() -> OutboxMessage | None:
    """The attempt is counted before it begins, so that one that kills its process is counted too."""
    row = _due().select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if row is None:
        return None
    if row.attempts >= MAX_ATTEMPTS:
        row.state = State.PARKED
        row.save(update_fields=["state"])
        _alarm(row)
        return row
    row.attempts += 1
    row.due_at = timezone.now() + LEASE
    row.save(update_fields=["attempts", "due_at"])
    return row


def _attempt(row: OutboxMessage) -> bool:
    try:
        return _run(row)
    except SoftTimeLimitExceeded as error:
        _record_failure(row, error)
        raise
    except Exception as error:  # whatever a handler raises: it is recorded, and the others have their turn
        log.exception("outbox_failed", extra={"outbox_id": row.pk, "kind": row.kind, "attempt": row.attempts})
        _record_failure(row, error)
        return False


def _run(row: OutboxMessage) -> bool:
    """Effect and mark in one transaction; False when another relay took over meanwhile."""
    if row.kind not in _handlers:
        raise UnknownKindError(row.kind)
    registered = _handlers[row.kind]
    prepared = [registered.prepare(row.payload)] if registered.prepare else []
    with transaction.atomic():
        # Waits: a relay that looks for work may hold the row for a moment without wanting it.
        if _still_ours(row).select_for_update().first() is None:
            return False
        registered.handle(row.payload, *prepared)
        _still_ours(row).update(state=State.DONE, sent_at=timezone.now(), last_error="")
    return True


def _record_failure(row: OutboxMessage, error: Exception) -> None:
    """Only the class of the error: its text may quote personal data."""
    changes: dict[str, Any] = {"last_error": type(error).__name__[:80]}
    if row.attempts >= MAX_ATTEMPTS:
        changes["state"] = State.PARKED
    else:
        changes["due_at"] = timezone.now() + BACK_OFF[row.attempts - 1]
    if _still_ours(row).update(**changes) and "state" in changes:
        _alarm(row)


def _still_ours(row: OutboxMessage) -> Any:
    return OutboxMessage.objects.filter(pk=row.pk, state=State.PENDING, attempts=row.attempts)


def _alarm(row: OutboxMessage) -> None:
    log.error("outbox_parked", extra={"outbox_id": row.pk, "kind": row.kind, "attempts": row.attempts})
