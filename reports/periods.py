"""The days an indicator is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _


class PeriodError(ValueError):
    """The period cannot be measured; the message is a sentence for the person."""


@dataclass(frozen=True)
class Period:
    """From the first day to the cut-off, both included, as days in Beijing.

    With a ``moment`` only what was recorded before that instant counts, whatever its date.
    """

    from_on: date
    as_of: date
    moment: datetime | None = None

    @property
    def first_moment_after(self) -> datetime:
        """The instant the cut-off is over: what is recorded before it was known at the cut-off."""
        if self.moment is not None:
            return self.moment
        return datetime.combine(self.as_of + timedelta(days=1), time.min, timezone.get_default_timezone())


def period(from_on: date, as_of: date, *, today: date, moment: datetime | None = None) -> Period:
    """The period between the two days. PeriodError when it ends before it starts or after today."""
    if as_of > today:
        raise PeriodError(_("截止日期%(day)s晚于今天，最晚到%(today)s") % {"day": as_of, "today": today})
    if as_of < from_on:
        raise PeriodError(_("截止日期%(end)s早于开始日期%(start)s") % {"end": as_of, "start": from_on})
    return Period(from_on, as_of, moment)


def end_of(day: date) -> datetime:
    """The instant the day is over in Beijing."""
    return Period(day, day).first_moment_after


def year_to_date(as_of: date) -> date:
    """1 January of the year of the cut-off."""
    return date(as_of.year, 1, 1)


def month_to_date(as_of: date) -> date:
    """The first day of the month of the cut-off."""
    return as_of.replace(day=1)


def quarter_to_date(as_of: date) -> date:
    """The first day of the quarter of the cut-off."""
    return date(as_of.year, as_of.month - (as_of.month - 1) % 3, 1)


def year_before(chosen: Period) -> Period:
    """The same days of the year before; 28 February for the 29th."""
    return Period(_year_before(chosen.from_on), _year_before(chosen.as_of))


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def years_to_date_by_month(as_of: date, months: int) -> list[Period]:
    """The year to date as it stood at each of the last month ends, oldest first; the last one is the cut-off."""
    ends = [as_of]
    while len(ends) < months:
        ends.append(month_to_date(ends[-1]) - timedelta(days=1))
    return [Period(year_to_date(end), end) for end in reversed(ends)]
