"""What a part is, and the conditions that figures of several kinds share."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q

from reports.definitions import Text
from reports.periods import Period

Condition = Callable[[Period], Q]

NUMERATOR, DENOMINATOR, GAP = "numerator", "denominator", "gap"


@dataclass(frozen=True)
class Part:
    """One number of an indicator: what it is called, and the condition that its cases meet."""

    label: Text
    condition: Condition


Parts = dict[str, dict[str, Part]]
"""The parts of indicators by id and name."""


def still_open(at: Period) -> Q:
    """Filed, and not closed by the cut-off."""
    return Q(closed_then__isnull=True) | Q(closed_then__gt=at.as_of)


def closed_in_period(at: Period) -> Q:
    return Q(closed_then__range=(at.from_on, at.as_of))


def handled_in_period(at: Period) -> Q:
    """Open at the start, or filed since: whatever was not closed before the period."""
    return Q(closed_then__isnull=True) | Q(closed_then__gte=at.from_on)


def filed_in_period(at: Period) -> Q:
    return Q(filed_then__gte=at.from_on)


def carried_over(at: Period) -> Q:
    """Filed before the period and not closed before it."""
    return handled_in_period(at) & Q(filed_then__lt=at.from_on)


def overdue(at: Period) -> Q:
    """Open at the cut-off, and due before it."""
    return still_open(at) & Q(due_then__lt=at.as_of)


def closed_by_due_day() -> Q:
    return Q(closed_then__lte=F("due_then"))
