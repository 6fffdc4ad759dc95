"""The days an indicator is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _


class PeriodError(ValueError):
    """The period cannot be measured; the message is a sentence for the person."""


@dataclass(frozen=True)
class Period:
    """From the first day to the cut-off, both included, as days in Beijing."""

    from_on: date
    as_of: date

    @property
    def first_moment_after(self) -> datetime:
        """The instant the cut-off day is over: what is recorded before it was known at the cut-off."""
        return datetime.combine(self.as_of + timedelta(days=1), time.min, timezone.get_default_timezone())


def period(from_on: date, as_of: date, *, today: date) -> Period:
    """The period between the two days. PeriodError when it ends before it starts or after today."""
    if as_of > today:
        raise PeriodError(_("截止日期%(day)s晚于今天，最晚到%(today)s") % {"day": as_of, "today": today})
    if as_of < from_on:
        raise PeriodError(_("截止日期%(end)s早于开始日期%(start)s") % {"end": as_of, "start": from_on})
    return Period(from_on, as_of)


def year_to_date(as_of: date) -> date:
    """1 January of the year of the cut-off."""
    return date(as_of.year, 1, 1)


def month_to_date(as_of: date) -> date:
    """The first day of the month of the cut-off."""
    return as_of.replace(day=1)
