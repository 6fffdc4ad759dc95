"""Looking at what is kept from plain sight: every reading stands in the record."""

from typing import Any

from django.db import transaction

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Case, TimelineEvent
from cases.services.acting import append_aside, lock

_ENTITLED = (Right.INTAKE, Right.INVESTIGATE, Right.HEAD, Right.DEPUTY, Right.BUREAU, Right.LEGAL_REVIEW)


def may_see_numbers(user: User, case: Case) -> bool:
    """Whether the person may have identity numbers and phones in full: those who deal with the case."""
    return any(policies.can(user, right, case) for right in _ENTITLED)


def record_read(*, case: Case, by: User, step: str, label: str, facts: dict[str, Any] | None = None) -> None:
    """The reading stands in the case's record; no entry, no reading: the caller hands out only afterwards.

    The version stays: nobody's open page becomes stale by it. Raises Case.DoesNotExist when the person may not read
    the file of the case.
    """
    with transaction.atomic():
        locked = lock(case)
        if not policies.can(by, policies.READ, locked):
            raise Case.DoesNotExist
        append_aside(locked, by, kind=TimelineEvent.Kind.READ, step=step, label=label, facts=facts or {})
