"""The turned-back clock under which a history is written.

The services ask `django.utils.timezone` for the time, always as an attribute of that module; so replacing its
``now`` moves every day and instant they write, and nothing else: the file system, the log and the database keep
the real time. This is for generating data in a process of its own, never for a process that serves people.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

OPENING = time(8, 50)


class Clock:
    """The instant that counts as now. It only goes forward, and never beyond ``latest``."""

    def __init__(self, latest: datetime) -> None:
        self._latest = latest
        self._now = latest

    def now(self) -> datetime:
        return self._now

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return timezone.localdate(self._now)

    def start(self, day: date) -> None:
        """It is the evening before the first day: from here on the clock goes forward."""
        self._now = _opening(day) - timedelta(hours=12)

    def open(self, day: date) -> None:
        """It is that day, no earlier than the opening of the office and no earlier than it was."""
        self._move_to(_opening(day))

    def let_pass(self, minutes: int) -> None:
        """That many minutes later."""
        self._move_to(self._now + timedelta(minutes=minutes))

    def _move_to(self, instant: datetime) -> None:
        self._now = min(max(self._now, instant), self._latest)


def _opening(day: date) -> datetime:
    return datetime.combine(day, OPENING, timezone.get_default_timezone())


@contextmanager
def turned_back(latest: datetime) -> Iterator[Clock]:
    """Inside, `django.utils.timezone.now` answers what the clock says; afterwards the real time again."""
    clock, real = Clock(latest), timezone.now
    timezone.now = clock.now
    try:
        yield clock
    finally:
        timezone.now = real
