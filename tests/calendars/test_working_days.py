"""The calendar: official tables, the provisional year, refusals, the lunar table."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from calendars.official_years import NOTICES, built_in_calendar, entries
from calendars.working_days import (
    LUNAR,
    CalendarError,
    DayEntry,
    DayKind,
    LunarTableEnds,
    WorkingCalendar,
    YearNotLoaded,
    provisional_days_off,
    statutory_days,
)

CALENDAR = built_in_calendar()
DAY = timedelta(days=1)


def days_of(year):
    return [date(year, 1, 1) + n * DAY for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", [2025, 2026])
def test_official_years_equal_an_independent_table(year):
    for day in days_of(year):
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize("year", [2025, 2026])
def test_statutory_days_are_holidays_of_that_name_in_an_independent_table(year):
    names = {
        "元旦": "New Year's Day",
        "春节": "Spring Festival",
        "清明节": "Tomb-sweeping Day",
        "劳动节": "Labour Day",
        "端午节": "Dragon Boat Festival",
        "中秋节": "Mid-autumn Festival",
        "国庆节": "National Day",
    }

    for day, name in statutory_days(year).items():
        assert chinese_calendar.holidays[day] == names[name], day
        assert not chinese_calendar.is_in_lieu(day)


def test_working_days_of_each_month():
    counts = [
        sum(CALENDAR.is_working(day) for day in days_of(2026) if day.month == month) for month in range(1, 13)
    ]

    assert counts == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
    assert sum(CALENDAR.is_working(day) for day in days_of(2025)) == 248


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 23), "工作日"),
        (date(2026, 11, 22), "周末"),
        (date(2026, 2, 14), "调休上班"),
        (date(2026, 2, 17), "春节"),
        (date(2026, 2, 21), "春节"),
        (date(2026, 9, 25), "中秋节"),
        (date(2025, 10, 6), "中秋节"),
        (date(2025, 10, 7), "国庆节、中秋节"),
    ],
)
def test_reason(day, reason):
    assert CALENDAR.reason(day) == reason


def test_statutory_days_are_told_from_days_off_by_arrangement():
    spring = {day: entry.kind for day, entry in entries(NOTICES[2026].breaks).items() if entry.name == "春节"}

    assert [day.day for day, kind in spring.items() if kind is DayKind.STATUTORY] == [16, 17, 18, 19]
    assert [day.day for day, kind in spring.items() if kind is DayKind.REST] == [15, 20, 21, 22, 23]
    assert [day.day for day, kind in spring.items() if kind is DayKind.WORKDAY] == [14, 28]


def test_provisional_year_is_the_last_official_one_plus_one_with_substitutes_on_the_following_working_days():
    off = [day for day in days_of(2027) if day.weekday() < 5 and not CALENDAR.is_working(day)]

    assert off == [
        date(2027, 1, 1),
        date(2027, 2, 5),  # New Year's Eve, a Friday
        date(2027, 2, 8),
        date(2027, 2, 9),  # for Saturday the 6th
        date(2027, 2, 10),  # for Sunday the 7th
        date(2027, 4, 5),
        date(2027, 5, 3),
        date(2027, 5, 4),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1),
        date(2027, 10, 4),
        date(2027, 10, 5),
    ]
    assert [CALENDAR.is_working(day) for day in days_of(2027) if day.weekday() >= 5] == [False] * 104
    assert CALENDAR.reason(date(2027, 2, 8)) == "春节"
    assert CALENDAR.reason(date(2027, 2, 9)) == "春节补假"


@pytest.mark.parametrize("year", LUNAR)
def test_every_statutory_day_of_a_provisional_year_costs_one_working_day(year):
    off = provisional_days_off(year)

    weekdays_off = [day for day in off if day.weekday() < 5]
    assert len(weekdays_off) == len(statutory_days(year))


def test_provisional_is_said_of_every_day_without_official_table():
    assert not CALENDAR.provisional(date(2026, 12, 31))
    assert CALENDAR.provisional(date(2027, 1, 1))
    assert CALENDAR.provisional(date(2031, 1, 1))


def test_a_year_beyond_the_provisional_one_is_refused_in_chinese():
    with pytest.raises(YearNotLoaded, match="2028年的放假安排没有录入"):
        CALENDAR.is_working(date(2028, 3, 1))
    with pytest.raises(YearNotLoaded, match="2028年"):
        CALENDAR.nth_working_day(date(2027, 12, 31), 1)
    with pytest.raises(YearNotLoaded, match="2024年"):
        CALENDAR.nth_working_day(date(2024, 12, 30), 3)
    with pytest.raises(YearNotLoaded, match="2024年"):
        CALENDAR.nth_working_day_before(date(2025, 1, 2), 1)


def test_the_start_itself_may_lie_in_a_year_that_is_not_loaded():
    assert CALENDAR.nth_working_day(date(2024, 12, 31), 1) == date(2025, 1, 2)


def test_a_gap_between_official_years_is_refused():
    calendar = WorkingCalendar(1, frozenset({2024, 2026}), {})

    with pytest.raises(YearNotLoaded, match="2025年"):
        calendar.nth_working_day(date(2024, 12, 30), 5)


def test_rolling_beyond_the_tables_knows_weekends_only():
    assert CALENDAR.roll(date(2029, 10, 1)) == date(2029, 10, 1)
    assert CALENDAR.roll(date(2029, 10, 6)) == date(2029, 10, 8)


def test_without_provisional_year_the_next_year_is_refused():
    with pytest.raises(YearNotLoaded, match="2027年"):
        CALENDAR.without_provisional.nth_working_day(date(2026, 12, 30), 2)


def test_plain_provisional_year_has_no_holidays():
    plain = CALENDAR.with_plain_provisional

    assert plain.is_working(date(2027, 2, 8))
    assert not plain.is_working(date(2026, 2, 17))


def test_entries_of_the_office_come_before_the_computed_ones():
    day = date(2027, 2, 8)
    calendar = WorkingCalendar(
        7, CALENDAR.official_years, {**CALENDAR.days, day: DayEntry(DayKind.REST, "春节")}
    )

    assert calendar.entry(day) == DayEntry(DayKind.REST, "春节")


def test_a_calendar_cannot_be_changed():
    days = {date(2026, 1, 2): DayEntry(DayKind.REST, "元旦")}
    calendar = WorkingCalendar(1, frozenset({2026}), days)
    days.clear()

    assert not calendar.is_working(date(2026, 1, 2))
    with pytest.raises(TypeError):
        calendar.days[date(2026, 1, 3)] = DayEntry(DayKind.REST, "元旦")
    with pytest.raises(AttributeError):
        calendar.version = 2


def test_a_calendar_without_official_year_is_refused():
    with pytest.raises(CalendarError, match="没有一个年份"):
        WorkingCalendar(1, frozenset(), {})


def test_a_year_outside_the_lunar_table_is_refused():
    with pytest.raises(LunarTableEnds, match="2036年的农历节日不在表里"):
        statutory_days(2036)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2025, 9, 26), 5, date(2025, 10, 10)),
        (date(2026, 1, 1), 5, date(2026, 1, 8)),
        (date(2026, 2, 10), 5, date(2026, 2, 24)),
        (date(2026, 2, 28), 1, date(2026, 3, 2)),
        (date(2026, 6, 18), 1, date(2026, 6, 22)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
    ],
)
def test_working_days_after_a_day(start, n, end):
    assert CALENDAR.nth_working_day(start, n) == end


def test_counting_and_finding_agree_across_all_known_years():
    start = date(2025, 3, 1)

    for n in range(1, 600):
        end = CALENDAR.nth_working_day(start, n)
        assert CALENDAR.working_days_between(start, end) == n
        assert CALENDAR.nth_working_day_before(end + DAY, 1) == end
    assert CALENDAR.working_days_between(date(2028, 1, 1), date(2028, 1, 31)) == 21
    assert CALENDAR.working_days_between(start, start) == 0
    assert CALENDAR.working_days_between(start, start - 9 * DAY) == 0
