"""Which stories a set consists of, and on which day each begins."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from calendars.services import current_calendar
from calendars.working_days import CalendarError
from reports.demo.fiction import shifted
from reports.demo.office import File, last_working_day
from reports.demo.stories import ended, standing, unfiled

ONE_DAY = timedelta(days=1)
Story = Callable[[File], Iterator[date]]

MONTHS = 13
"""How far a history reaches back."""


@dataclass(frozen=True)
class Ended:
    """So many cases with that end, spread over the history; ``longest`` working days from registration to the end."""

    story: Story
    count: int
    longest: int


@dataclass(frozen=True)
class Open:
    """One case that is still open, registered so many working days before the last one of the history."""

    story: Story
    days: int


@dataclass(frozen=True)
class Beginning:
    """A story and the day it begins."""

    day: date
    story: Story


ENDED = (
    Ended(unfiled.refused, 1, 2),
    Ended(unfiled.never_completed, 1, 13),
    Ended(unfiled.redirected, 1, 2),
    Ended(unfiled.voided, 1, 0),
    Ended(ended.paid_alone, 14, 28),
    Ended(ended.paid_few, 7, 28),
    Ended(ended.paid_many, 3, 28),
    Ended(ended.paid_by_main_contractor, 4, 28),
    Ended(ended.advanced_by_fund, 1, 28),
    Ended(ended.completed_then_paid, 1, 36),
    Ended(ended.reopened, 1, 42),
    Ended(ended.performed, 3, 45),
    Ended(ended.paid_from_deposit, 1, 50),
    Ended(ended.closed_within_extension, 1, 76),
    Ended(ended.executed_by_court, 1, 135),
    Ended(ended.opened_by_police, 1, 28),
    Ended(ended.refused_by_police, 1, 45),
    Ended(ended.transferred, 1, 10),
    Ended(ended.taken_to_arbitration, 2, 15),
    Ended(ended.corrected, 1, 20),
    Ended(ended.unfounded, 1, 20),
    Ended(ended.withdrawn, 1, 16),
)

# Every state in which a case can stand, every lamp: green, amber, red, and due today where the last day is worked.
OPEN = (
    Open(standing.just_registered, 1),
    Open(standing.not_yet_examined, 3),
    Open(standing.not_yet_examined, 7),
    Open(standing.waiting_for_papers, 8),
    Open(standing.waiting_to_be_filed, 1),
    Open(standing.under_investigation, 20),
    Open(standing.ordered_to_pay, 56),
    Open(standing.waiting_for_decision, 80),
    Open(standing.decision_running, 75),
    Open(standing.before_the_court, 185),
    Open(standing.with_the_police, 34),
)


@dataclass(frozen=True)
class Plan:
    """A set: the stories of its cases."""

    ended: tuple[Ended, ...]
    open: tuple[Open, ...]

    @property
    def size(self) -> int:
        return sum(row.count for row in self.ended) + len(self.open)

    def beginnings(self, as_of: date, rng: Random) -> list[Beginning]:
        """Every story with its first day, a working day; CalendarError when the calendar does not reach back."""
        calendar, end = current_calendar(), last_working_day(as_of)
        first = calendar.roll(_months_back(as_of, MONTHS))
        if first.year not in calendar.known_years:
            raise CalendarError(f"日历里没有{first.year}年的放假安排，历史从{first}开始，写不成")
        rows = [row for row in self.ended for _ in range(row.count)]
        rng.shuffle(rows)
        begun = []
        for position, row in enumerate(rows):
            room = (calendar.nth_working_day_before(end, row.longest + 1) - first).days
            begun.append(
                Beginning(calendar.roll(first + (room * position // len(rows)) * ONE_DAY), row.story)
            )
        begun += [Beginning(_working_days_back(end, row.days), row.story) for row in self.open]
        return begun


def _months_back(day: date, months: int) -> date:
    """The same day of the month so many months earlier, the 28th at the latest."""
    year, month = shifted(f"{day:%Y-%m}", -months).split("-")
    return date(int(year), int(month), min(day.day, 28))


def _working_days_back(end: date, days: int) -> date:
    return current_calendar().nth_working_day_before(end, days) if days else end


SMALL = Plan(ENDED, OPEN)
SIZES = {"small": SMALL}
