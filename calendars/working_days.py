"""Which days are worked: the State Council's tables where they are loaded, and one provisional year after.

Plain Python. A calendar is a value: nothing in it changes after it was made, and no date is ever looked up
anywhere else. Weekends are Saturday and Sunday; the entries say where the arrangement of a year departs from
that, holidays as well as weekend days that are worked (调休).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

DAY = timedelta(days=1)
SATURDAY = 5

WORKING = "工作日"
WORKED_WEEKEND = "调休上班"
WEEKEND = "周末"
SUBSTITUTE = "补假"


class DayKind(StrEnum):
    """What an entry of the calendar makes of its day."""

    WORKDAY = "workday"  # a weekend day that is worked
    REST = "rest"  # off by arrangement
    STATUTORY = "statutory"  # one of the days listed in the 放假办法, paid at 300 % when worked


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One departure from the plain week, with the name of the holiday it belongs to."""

    kind: DayKind
    name: str


class CalendarError(ValueError):
    """The calendar cannot answer; the text is a Chinese sentence for the person who asked."""


class YearNotLoaded(CalendarError):
    """Working days of a year without a schedule were asked for, and it is not the provisional year."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"{year}年的放假安排没有录入，工作日期限算不到这一年；录入以后再算")


class LunarTableEnds(CalendarError):
    """The festivals of a year are not in the table below."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"{year}年的农历节日不在表里（现有{min(LUNAR)}年至{max(LUNAR)}年），不能推算放假日")


@dataclass(frozen=True, slots=True)
class LunarFestivals:
    """The festivals of one year that the sun's calendar does not fix, as (month, day)."""

    spring: tuple[int, int]  # 正月初一
    qingming: tuple[int, int]
    dragon_boat: tuple[int, int]  # 五月初五
    mid_autumn: tuple[int, int]  # 八月十五


# As in the Hong Kong Observatory's calendar tables. Two new moons lie within minutes of Beijing midnight
# (6 February 2027, 23:56; 3 February 2030, 00:07): libraries that compute them with low precision put those
# Spring Festivals on the neighbouring day. The tests compute every date again from the moon and the sun.
LUNAR: Mapping[int, LunarFestivals] = MappingProxyType(
    {
        2025: LunarFestivals((1, 29), (4, 4), (5, 31), (10, 6)),
        2026: LunarFestivals((2, 17), (4, 5), (6, 19), (9, 25)),
        2027: LunarFestivals((2, 6), (4, 5), (6, 9), (9, 15)),
        2028: LunarFestivals((1, 26), (4, 4), (5, 28), (10, 3)),
        2029: LunarFestivals((2, 13), (4, 4), (6, 16), (9, 22)),
        2030: LunarFestivals((2, 3), (4, 5), (6, 5), (9, 12)),
        2031: LunarFestivals((1, 23), (4, 5), (6, 24), (10, 1)),
        2032: LunarFestivals((2, 11), (4, 4), (6, 12), (9, 19)),
        2033: LunarFestivals((1, 31), (4, 4), (6, 1), (9, 8)),
        2034: LunarFestivals((2, 19), (4, 5), (6, 20), (9, 27)),
        2035: LunarFestivals((2, 8), (4, 5), (6, 10), (9, 16)),
    }
)


def statutory_days(year: int) -> dict[date, str]:
    """The statutory holidays of a year with their names, in order.

    Thirteen days, or twelve where the Mid-Autumn Festival falls on a National Day. LunarTableEnds outside the
    table. 《全国年节及纪念日放假办法》（2024年修订）第二条.
    """
    if year not in LUNAR:
        raise LunarTableEnds(year)
    lunar = LUNAR[year]
    new_year = date(year, *lunar.spring)
    days = {date(year, 1, 1): "元旦"}
    days |= {new_year + offset * DAY: "春节" for offset in (-1, 0, 1, 2)}
    days[date(year, *lunar.qingming)] = "清明节"
    days |= {date(year, 5, day): "劳动节" for day in (1, 2)}
    days[date(year, *lunar.dragon_boat)] = "端午节"
    days[date(year, *lunar.mid_autumn)] = "中秋节"
    days |= {date(year, 10, day): "国庆节" for day in (1, 2, 3)}
    return dict(sorted(days.items()))


def provisional_days_off(year: int) -> dict[date, DayEntry]:
    """The days off of a year without published arrangement: statutory days and their substitutes, no 调休.

    A statutory day on a weekend is made up on the next day that is neither weekend nor off already.
    """
    statutory = statutory_days(year)
    off = {day: DayEntry(DayKind.STATUTORY, name) for day, name in statutory.items()}
    for day, name in statutory.items():
        if day.weekday() < SATURDAY:
            continue
        substitute = day + DAY
        while substitute.weekday() >= SATURDAY or substitute in off:
            substitute += DAY
        off[substitute] = DayEntry(DayKind.REST, name + SUBSTITUTE)
    return dict(sorted(off.items()))


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """The working days of the official years and of the one provisional year after the last of them."""

    version: int
    official_years: frozenset[int]
    days: Mapping[date, DayEntry] = field(repr=False)
    plain: bool = False  # the provisional year without holidays, for internal warnings only
    official_only: bool = False  # no provisional year at all

    def __post_init__(self) -> None:
        if not self.official_years:
            raise CalendarError("日历里没有一个年份录入了放假安排")
        object.__setattr__(self, "official_years", frozenset(self.official_years))
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))

    @cached_property
    def provisional_year(self) -> int:
        """The last official year + 1, whatever today is."""
        return max(self.official_years) + 1

    @cached_property
    def known_years(self) -> frozenset[int]:
        """The years in which working days can be counted."""
        return self.official_years if self.official_only else self.official_years | {self.provisional_year}

    @cached_property
    def expected_days_off(self) -> Mapping[date, DayEntry]:
        """The days off worked out for the provisional year."""
        return {} if self.official_only else provisional_days_off(self.provisional_year)

    @cached_property
    def with_plain_provisional(self) -> "WorkingCalendar":
        """The same calendar with the provisional year as Monday to Friday."""
        return replace(self, plain=True)

    @cached_property
    def without_provisional(self) -> "WorkingCalendar":
        """The same calendar, refusing the provisional year."""
        return replace(self, official_only=True)

    # Single days

    def provisional(self, day: date) -> bool:
        """Whether no official schedule covers the day."""
        return day.year not in self.official_years

    def entry(self, day: date) -> DayEntry | None:
        """Where the day departs from the plain week, loaded or worked out for the provisional year."""
        if found := self.days.get(day):
            return found
        if self.plain or day.year != self.provisional_year:
            return None
        return self.expected_days_off.get(day)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked. YearNotLoaded beyond the provisional year."""
        self._require(day.year)
        return self._is_worked(day)

    def reason(self, day: date) -> str:
        """Why the day is worked or not, in Chinese: 工作日, 调休上班, 周末 or the name of the holiday."""
        if entry := self.entry(day):
            return WORKED_WEEKEND if entry.kind is DayKind.WORKDAY else entry.name
        return WEEKEND if day.weekday() >= SATURDAY else WORKING

    def next_working_day(self, day: date) -> date:
        """The first working day after the day. YearNotLoaded beyond the provisional year."""
        return self.nth_working_day(day, 1)

    def roll(self, day: date) -> date:
        """The day itself if it is worked, otherwise the next; years without schedule know only weekends."""
        while not self._is_worked(day):
            day += DAY
        return day

    # Many days, without walking

    def nth_working_day(self, day: date, n: int) -> date:
        """The n-th working day after the day, itself not counted; n ≥ 1. YearNotLoaded outside the tables."""
        self._require((day + DAY).year)
        position = bisect_right(self._working, day.toordinal()) + n - 1
        if position >= len(self._working):
            raise YearNotLoaded(max(self.known_years) + 1)
        found = date.fromordinal(self._working[position])
        self._require(*range((day + DAY).year, found.year + 1))
        return found

    def nth_working_day_before(self, day: date, n: int) -> date:
        """The n-th working day before the day, itself not counted. YearNotLoaded outside the tables."""
        self._require((day - DAY).year)
        position = bisect_left(self._working, day.toordinal()) - n
        if position < 0:
            raise YearNotLoaded(min(self.known_years) - 1)
        found = date.fromordinal(self._working[position])
        self._require(*range(found.year, (day - DAY).year + 1))
        return found

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]; years without schedule know only weekends."""
        return sum(self._worked_in(after, until, year) for year in range(after.year, until.year + 1))

    def _worked_in(self, after: date, until: date, year: int) -> int:
        first = max(after + DAY, date(year, 1, 1)).toordinal()
        last = min(until, date(year, 12, 31)).toordinal()
        if last < first:
            return 0
        if year in self.known_years:
            return bisect_right(self._working, last) - bisect_left(self._working, first)
        return sum(self._is_worked(date.fromordinal(ordinal)) for ordinal in range(first, last + 1))

    def _require(self, *years: int) -> None:
        for year in years:
            if year not in self.known_years:
                raise YearNotLoaded(year)

    def _is_worked(self, day: date) -> bool:
        entry = self.entry(day)
        return day.weekday() < SATURDAY if entry is None else entry.kind is DayKind.WORKDAY

    @cached_property
    def _working(self) -> tuple[int, ...]:
        """The ordinals of every working day of the known years."""
        return tuple(
            ordinal
            for year in sorted(self.known_years)
            for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            if self._is_worked(date.fromordinal(ordinal))
        )
