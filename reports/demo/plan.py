"""Which stories a set consists of, and on which day each begins."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from calendars.services import current_calendar
from calendars.working_days import CalendarError
from cases.months import shifted
from reports.demo.fiction import UNITS
from reports.demo.office import File, last_working_day
from reports.demo.stories import ended, passing_on, rare, standing, unfiled

Story = Callable[[File], Iterator[date]]

MONTHS = 13
"""How far a history reaches back."""


@dataclass(frozen=True)
class Ended:
    """So many cases with that end, spread over the history; ``longest`` working days from registration to the end.

    With ``within`` they are spread over the last so many working days only. ``each`` stands for so many cases of a
    set of copies; 0 for a case that is not copied.
    """

    story: Story
    count: int
    longest: int
    within: int = 0
    each: float = 0


@dataclass(frozen=True)
class Open:
    """One case that is still open, registered so many working days before the last one of the history."""

    story: Story
    days: int
    each: float = 0


@dataclass(frozen=True)
class Beginning:
    """A story and the day it begins, and how many copies it stands for."""

    day: date
    story: Story
    each: float = 0


ENDED = (
    Ended(unfiled.refused, 1, 2),
    Ended(unfiled.never_completed, 1, 13),
    Ended(unfiled.redirected, 1, 2),
    Ended(unfiled.voided, 1, 0),
    Ended(ended.paid_alone, 12, 28),
    Ended(ended.paid_few, 7, 28),
    Ended(ended.paid_many, 3, 28),
    Ended(ended.paid_by_main_contractor, 4, 28),
    Ended(ended.advanced_by_fund, 1, 28),
    Ended(ended.completed_then_paid, 1, 36),
    Ended(ended.reopened, 1, 42),
    Ended(ended.performed, 3, 45),
    Ended(ended.paid_from_deposit, 1, 54),
    Ended(ended.closed_within_extension, 1, 76),
    Ended(ended.executed_by_court, 1, 135),
    Ended(ended.opened_by_police, 1, 28),
    Ended(ended.refused_by_police, 1, 45),
    Ended(ended.transferred, 1, 10),
    Ended(passing_on.ruled_upon, 1, 36),
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
    Open(passing_on.to_arbitration, 3),
    Open(passing_on.waiting_for_answer, 20),
    Open(standing.ordered_to_pay, 56),
    Open(standing.waiting_for_decision, 80),
    Open(standing.decision_running, 75),
    Open(standing.before_the_court, 185),
    Open(standing.with_the_police, 34),
)


# The year of a district. What is quickly paid goes on to the end, so that the last weeks are not empty.
DISTRICT_ENDED = (
    Ended(unfiled.refused, 30, 2),
    Ended(unfiled.never_completed, 16, 13),
    Ended(unfiled.redirected, 46, 2),
    Ended(unfiled.voided, 10, 0),
    Ended(ended.paid_at_once, 300, 8),
    Ended(ended.paid_at_once, 90, 8, within=35),
    Ended(ended.paid_alone, 330, 28),
    Ended(ended.paid_few, 190, 28),
    Ended(ended.paid_many, 60, 28),
    Ended(ended.paid_by_main_contractor, 95, 28),
    Ended(ended.advanced_by_fund, 8, 28),
    Ended(ended.completed_then_paid, 12, 36),
    Ended(ended.reopened, 4, 42),
    Ended(ended.performed, 26, 45),
    Ended(ended.paid_from_deposit, 5, 54),
    Ended(ended.closed_within_extension, 8, 76),
    Ended(ended.executed_by_court, 3, 135),
    Ended(ended.opened_by_police, 5, 28),
    Ended(ended.refused_by_police, 3, 45),
    Ended(ended.transferred, 24, 10),
    Ended(passing_on.ruled_upon, 6, 36),
    Ended(ended.taken_to_arbitration, 50, 15),
    Ended(ended.corrected, 12, 20),
    Ended(ended.unfounded, 20, 20),
    Ended(ended.withdrawn, 40, 16),
    Ended(rare.penalised, 2, 60),
    Ended(rare.fined_and_ordered, 2, 75),
    Ended(rare.listed, 2, 110),
    Ended(rare.ended_by_court, 2, 135),
    Ended(rare.handed_over, 3, 40),
    Ended(rare.refused_after_decision, 2, 75),
    Ended(rare.changed_hands, 4, 45),
    Ended(rare.through_the_court, 2, 130),
    Ended(rare.paid_in_parts, 4, 50),
)
DISTRICT_OPEN = (
    *OPEN,
    *(Open(standing.just_registered, days) for days in (0, 0, 1, 2)),
    Open(standing.waiting_for_papers, 4),
    Open(standing.waiting_to_be_filed, 2),
    *(Open(standing.just_filed, days) for days in (2, 3, 4, 5, 6, 7, 8, 9)),
    *(Open(standing.sums_fixed, days) for days in (14, 18, 30, 55)),
    Open(standing.without_second_inspector, 9),
    *(Open(standing.order_running, days) for days in (16, 17, 19, 22, 25, 40, 62)),
    Open(standing.bank_to_pay, 56),
)


@dataclass(frozen=True)
class Plan:
    """A set: the stories of its cases, and how many employers they are about.

    ``is_district`` says that other offices have a year's cases too, not only one of each kind.
    """

    ended: tuple[Ended, ...]
    open: tuple[Open, ...]
    employers: int = len(UNITS)
    is_district: bool = False

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
            since = max(first, calendar.nth_working_day_before(end, row.within)) if row.within else first
            latest = calendar.nth_working_day_before(end, row.longest + 1)
            days = calendar.working_days_between(since, latest) * position // len(rows)
            begun.append(Beginning(_working_days_on(since, days), row.story, row.each))
        begun += [Beginning(_working_days_back(end, row.days), row.story, row.each) for row in self.open]
        return begun


def _months_back(day: date, months: int) -> date:
    """The same day of the month so many months earlier, the 28th at the latest."""
    year, month = shifted(f"{day:%Y-%m}", -months).split("-")
    return date(int(year), int(month), min(day.day, 28))


def _working_days_on(first: date, days: int) -> date:
    return current_calendar().nth_working_day(first, days) if days else first


def _working_days_back(end: date, days: int) -> date:
    return current_calendar().nth_working_day_before(end, days) if days else end


SMALL = Plan(ENDED, OPEN)
DISTRICT = Plan(DISTRICT_ENDED, DISTRICT_OPEN, employers=320, is_district=True)
SIZES = {"small": SMALL, "district": DISTRICT}
STRESS = "stress"

NEED_DOCUMENTS = (
    ended.paid_from_deposit,
    rare.penalised,
    rare.fined_and_ordered,
    rare.listed,
    rare.through_the_court,
    standing.before_the_court,
    standing.bank_to_pay,
)
"""Stories that cannot be told with papers written by hand."""

MOST_TEMPLATES = 250
CASES_PER_EMPLOYER = 20


def copied(cases: int) -> Plan:
    """The small set, and beside it the district's year in a few stories that stand for the other cases.

    One in fifty of the cases is written act by act, 250 at most and never fewer than one of each story.
    """
    rows = [row for row in DISTRICT_ENDED if row.story not in NEED_DOCUMENTS]
    share = min(MOST_TEMPLATES, cases / 50) / DISTRICT.size
    told = [(row, max(1, round(row.count * share))) for row in rows]
    once = [replace(row, each=1) for row in DISTRICT_OPEN if row.story not in NEED_DOCUMENTS]
    thinned = [replace(row, count=count, each=row.count / count) for row, count in told]
    return Plan((*ENDED, *thinned), (*OPEN, *once), employers=max(len(UNITS), cases // CASES_PER_EMPLOYER))
