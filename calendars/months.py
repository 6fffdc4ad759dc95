"""A year as twelve months of weeks, for the page of the calendar."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from calendars.working_days import SATURDAY, WorkingCalendar


@dataclass(frozen=True)
class Cell:
    """One day of the page."""

    day: date
    is_working: bool
    kind: str  # working, weekend, workday, rest, statutory
    reason: str


@dataclass(frozen=True)
class Month:
    """One month: weeks from Monday of seven cells, None outside the month."""

    number: int
    weeks: list[list[Cell | None]]
    working_days: int


def months_of(year: int, calendar: WorkingCalendar) -> list[Month]:
    """The twelve months of the year by the calendar. YearNotLoaded beyond the provisional year."""
    return [_month(year, number, calendar) for number in range(1, 13)]


def _month(year: int, number: int, calendar: WorkingCalendar) -> Month:
    weeks = [
        [_cell(day, calendar) if day.month == number else None for day in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    working = sum(1 for week in weeks for cell in week if cell and cell.is_working)
    return Month(number, weeks, working)


def _cell(day: date, calendar: WorkingCalendar) -> Cell:
    entry = calendar.entry(day)
    plain = "weekend" if day.weekday() >= SATURDAY else "working"
    kind = entry.kind.value if entry else plain
    return Cell(day, calendar.is_working(day), kind, calendar.reason(day))
