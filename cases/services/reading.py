"""Looking at what is kept from plain sight: for a purpose, not too often, and every reading stands in the record."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies import people, throttle
from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Case, Party, TimelineEvent
from cases.services.acting import append_aside, lock
from notifications.services import notify

log = logging.getLogger("huxin.readings")

_ENTITLED = (
    Right.INTAKE,
    Right.INVESTIGATE,
    Right.HEAD,
    Right.DEPUTY,
    Right.BUREAU,
    Right.LEGAL_REVIEW,
    Right.RECEIVE_AID,
    Right.REVIEW_AID,
    Right.DIRECT_AID,
)


class TooManyReadings(Exception):
    """The person has read as many numbers as one may within an hour; nothing was shown."""


def may_see_numbers(user: User, case: Case) -> bool:
    """Whether the person may have identity numbers and phones in full: those who deal with the case."""
    return any(policies.can(user, right, case) for right in _ENTITLED)


def read_numbers(*, case: Case, by: User, party: Party, purpose: str, note: str = "") -> None:
    """The reading of one worker's numbers is counted and stands in the record with what it was for.

    Raises TooManyReadings, and what `record_read` raises.
    """
    count_reading(by)
    record_read(
        case=case,
        by=by,
        step="read_numbers",
        label=_("查看证件号码和手机号"),
        note=note,
        facts={"party": party.position, "purpose": purpose},
    )


def count_reading(by: User) -> None:
    """One more reading is counted. TooManyReadings past the limit: those who lead the office are told, once an hour.

    Call it outside a transaction, before anything is shown.
    """
    count = throttle.count_reading(by.pk)
    if count.is_judged:
        return
    log.warning("too_many_readings", extra={"user_id": by.pk})
    most = throttle.LIMITS[throttle.Scope.READING].attempts
    hour = f"{timezone.localtime():%Y%m%d%H}"
    for lead in people.leads_of(by.agency).exclude(pk=by.pk):
        title = _("%(name)s一小时内查看号码超过%(n)d次") % {"name": by, "n": most}
        notify(recipient=lead, kind="readings", title=title, key=f"readings:{by.pk}:{hour}")
    minutes = -(-count.window_seconds // 60)
    raise TooManyReadings(
        _("一小时内最多看%(most)d次号码，已经看满；%(n)d分钟以后再看，急用请本单位负责人看")
        % {"most": most, "n": minutes}
    )


def record_read(
    *,
    case: Case,
    by: User,
    step: str,
    label: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    right: str = policies.READ,
) -> None:
    """The reading stands in the case's record; no entry, no reading: the caller hands out only afterwards.

    The version stays: nobody's open page becomes stale by it. Raises Case.DoesNotExist when the person may not read
    the file of the case; ``right`` is VIEW for what was shared with somebody who reads no more than that.
    """
    with transaction.atomic():
        locked = lock(case)
        if not policies.can(by, right, locked):
            raise Case.DoesNotExist
        append_aside(
            locked, by, kind=TimelineEvent.Kind.READ, step=step, label=label, note=note, facts=facts or {}
        )
