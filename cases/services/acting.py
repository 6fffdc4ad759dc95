"""The one transaction every change goes through."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.origin import request_id
from cases import audit, idempotency, policies
from cases.models import Case, TimelineEvent

_UNRECORDED = {"version", "changed_at", "audit_length", "audit_mac", "applicant_pinyin", "respondent_pinyin"}


class StaleVersion(Exception):
    """Somebody changed the case after the page was opened; ``case`` is as it is now, ``events`` what happened since."""

    sentence = _("你打开之后，这件案子有人改过，选一下保留哪一份")

    def __init__(self, case: Case, seen_version: int) -> None:
        super().__init__(str(self.sentence))
        self.case = case
        self.events = list(case.timeline.filter(version__gt=seen_version).select_related("by"))


def perform(
    *,
    case: Case,
    by: User,
    version: int | None,
    key: str,
    action: str,
    payload: Any,
    do: Callable[[Case], TimelineEvent],
    allowed: Callable[[Case], None] = lambda case: None,
    sees: Callable[[User, Case], bool] = policies.can_see,
) -> TimelineEvent:
    """Run one act on the locked case and return its event; a repetition with the same key returns the first event.

    ``allowed`` raises when the person may not do it at all, before anything else is said about the case. ``do``
    gets the case as its proxy, locked and with its version already raised; it changes rows, appends the event
    (`audit.append`) and leaves saving the case to this function. Everything is one transaction: whatever raises
    leaves nothing behind. ``version`` None: the act is about a row of its own, whose state ``do`` looks at
    under the lock. ``sees`` is asked instead of the sight of the case where the act is about something that was
    sent to the person, and the case behind it is not theirs to see yet.

    Raises Case.DoesNotExist for a case the person may not see, StaleVersion when ``version`` is not the current one,
    idempotency.KeyReused when the key was used for something else, and what ``do`` raises.
    """
    with transaction.atomic():
        locked = lock(case)
        if not sees(by, locked):
            raise Case.DoesNotExist
        if answer := idempotency.recall(user=by, key=key, action=action, payload=payload):
            return TimelineEvent.objects.get(pk=answer["event"])
        allowed(locked)
        if version is not None and locked.version != version:
            raise StaleVersion(locked, version)
        locked.version += 1
        event = do(locked)
        locked.save()
        idempotency.remember(user=by, key=key, action=action, payload=payload, answer={"event": event.pk})
    return event


def lock(case: Case) -> Case:
    """The case's current row as its proxy, held until the transaction ends. Case.DoesNotExist when it is gone."""
    model = case.workflow.model
    return model.objects.select_related("agency").locked().get(pk=case.pk)


def append(case: Case, by: User | None, **entry: Any) -> TimelineEvent:
    """`audit.append` with the current request's id."""
    return audit.append(case, by, audit.Entry(request_id=request_id.get(), **entry))


def append_aside(case: Case, by: User | None, **entry: Any) -> TimelineEvent:
    """`append` for an act that moves nothing: the head of the record is saved, the version stays.

    Nobody's open page becomes stale by it. The caller holds the lock and the transaction.
    """
    event = append(case, by, **entry)
    case.save(update_fields=["audit_length", "audit_mac"])
    return event


def snapshot(case: Case) -> dict[str, Any]:
    """Every recorded column of the case and its detail, for the before and after of an event."""
    values = {
        f.attname: getattr(case, f.attname)
        for f in case._meta.concrete_fields
        if f.attname not in _UNRECORDED
    }
    detail = case.detail
    values |= {
        f"{f.attname}": getattr(detail, f.attname) for f in detail._meta.concrete_fields if not f.primary_key
    }
    return values


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what changed, old and new."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def record_refusal(*, case: Case, by: User, step: str, label: str, reasons: list[str]) -> None:
    """The attempt and why it was turned down stand in the case's record, in a transaction of their own.

    The version stays, so nobody's open page becomes stale by somebody else's refused attempt.
    """
    with transaction.atomic():
        append_aside(
            lock(case),
            by,
            kind=TimelineEvent.Kind.REFUSED,
            step=step,
            label=label[:80],
            facts={"reasons": reasons},
        )
