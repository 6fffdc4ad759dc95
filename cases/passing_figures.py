"""How agencies deal with what is sent to them: how much comes back, and how long an answer takes.

Counted over what was sent in a year, referrals and co-handling requests apart. Numbers only, no cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from calendars.services import current_calendar
from cases.models import Referral, Task


@dataclass
class Dealings:
    """What came to one agency in one way: how many, how many of them it sent back, working days until it answered."""

    received: int = 0
    returned: int = 0
    waits: list[int] = field(default_factory=list)

    @property
    def return_percent(self) -> str:
        """The share that was sent back at least once, in percent with one decimal; empty where nothing came."""
        return f"{self.returned * 100 / self.received:.1f}%" if self.received else ""

    @property
    def median_days(self) -> str:
        """The median of the working days until it was taken or answered; empty where nothing was yet."""
        return f"{median(self.waits):g}" if self.waits else ""


@dataclass
class Row:
    agency: Agency
    referrals: Dealings = field(default_factory=Dealings)
    tasks: Dealings = field(default_factory=Dealings)


def by_agency(year: int) -> list[Row]:
    """Each agency that something was sent to in the year, in the order of the directory; three queries."""
    sent = {"sent_at__gte": _first(year), "sent_at__lt": _first(year + 1)}
    names = ("receiver", "return_count", "sent_at")
    rows: dict[int, Row] = {}
    agencies = Agency.objects.in_bulk()
    for receiver, returns, at, taken in Referral.objects.filter(**sent).values_list(*names, "accepted_at"):
        _count(rows.setdefault(receiver, Row(agencies[receiver])).referrals, returns, at, taken)
    for receiver, returns, at, answered in Task.objects.filter(**sent).values_list(*names, "replied_at"):
        _count(rows.setdefault(receiver, Row(agencies[receiver])).tasks, returns, at, answered)
    return [rows[key] for key in sorted(rows)]


def _count(its: Dealings, returns: int, sent_at: datetime, answered_at: datetime | None) -> None:
    its.received += 1
    its.returned += returns > 0
    if answered_at is not None:
        days = timezone.localdate(sent_at), timezone.localdate(answered_at)
        its.waits.append(current_calendar().working_days_between(*days))


def _first(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=timezone.get_current_timezone())


def total(rows: Iterable[Row], of: str) -> Dealings:
    """All agencies together, in one of the two ways."""
    whole = Dealings()
    for row in rows:
        its: Any = getattr(row, of)
        whole.received += its.received
        whole.returned += its.returned
        whole.waits += its.waits
    return whole
