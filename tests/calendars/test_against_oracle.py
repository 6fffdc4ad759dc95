"""Random clocks against the slow oracle: every date, every refusal, and the way day by day."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.clock import BEIJING, Clock, Direction, Pause, Period, Rule, Unit, due
from calendars.official_years import built_in_calendar
from calendars.working_days import YearNotLoaded
from tests.calendars import oracle

CALENDAR = built_in_calendar()
FIRST = date(2025, 1, 1)
SPAN = (date(2027, 12, 31) - FIRST).days
CLOCKS = 100_000
SEEDS = (20261124, 20261125, 20261126, 20261127)  # in four parts, so that two cores share them
DAY_UNITS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS)
LONGEST = {Unit.WORKING_DAYS: 120, Unit.CALENDAR_DAYS: 120, Unit.MONTHS: 14, Unit.YEARS: 3, Unit.HOURS: 72}


def rule_of(unit, length, direction=Direction.FORWARD):
    return Rule("X", "x", Period(length, unit), "《法》第一条", direction=direction)


def make_pauses(random_, start):
    pauses = []
    for _ in range(random_.choice((0, 0, 0, 1, 1, 2, 3))):
        first = start + timedelta(days=random_.randint(-20, 130))
        pauses.append((first, first + timedelta(days=random_.choice((0, 1, 2, 5, 14, 40)))))
    return pauses


def expected_ends(unit, start, length, pauses, table=oracle.WORKED):
    """(raw_end, due_on) by the oracle."""
    if length == 0:
        return start, start
    if unit is Unit.WORKING_DAYS:
        end = oracle.after_working_days(start, length, pauses, table)
        return end, end
    if unit is Unit.CALENDAR_DAYS:
        raw_end = oracle.after_days(start, length, pauses)
    else:
        raw_end = oracle.after_months(start, length * (12 if unit is Unit.YEARS else 1), pauses)
    return raw_end, oracle.roll(raw_end, table)


def expected_provisional(unit, start, length, raw_end, due_on):
    if length == 0:
        return False
    if unit is Unit.WORKING_DAYS:
        day = start
        while day < due_on:
            day += oracle.ONE
            if not oracle.official(day):
                return True
        return False
    return not (oracle.official(raw_end) and oracle.official(due_on))


def check(unit, start, length, extend, pauses):
    clock = Clock(rule_of(unit, length), start, tuple(Pause(*pause) for pause in pauses), extended_by=extend)
    try:
        raw_end, due_on = expected_ends(unit, start, length + extend, pauses)
    except oracle.Refused:
        with pytest.raises(YearNotLoaded):
            due(clock, CALENDAR)
        return None

    result = due(clock, CALENDAR)

    provisional = expected_provisional(unit, start, length + extend, raw_end, due_on)
    assert (result.raw_end, result.due_on, result.provisional) == (raw_end, due_on, provisional), clock
    plain = expected_ends(unit, start, length + extend, pauses, oracle.PLAIN)[1] if provisional else None
    assert result.warn_on == (min(due_on, plain) if plain else None), clock
    return result


def check_days(result, length, pauses):
    """The explanation reaches from the day after the start to the due date and counts exactly the length."""
    dates = [line.date for line in result.days]
    assert dates == [result.start + timedelta(days=n + 1) for n in range((result.due_on - result.start).days)]
    assert sum(line.counted for line in result.days) == length
    for line in result.days:
        working_days = result.unit is Unit.WORKING_DAYS
        counts = oracle.WORKED[line.date] if working_days else line.date <= result.raw_end
        assert line.counted == (counts and not oracle.is_paused(line.date, pauses)), line


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hundred_thousand_random_clocks_equal_the_oracle(seed):
    random_ = random.Random(seed)
    refused = 0
    for number in range(CLOCKS // len(SEEDS)):
        unit = random_.choices(DAY_UNITS, (5, 4, 1, 0.1))[0]
        start = FIRST + timedelta(days=random_.randint(0, SPAN))
        length = random_.randint(0, LONGEST[unit])
        extend = random_.choice((0, 0, 0, 5, 15, 30)) if unit in DAY_UNITS[:2] else 0
        pauses = make_pauses(random_, start)
        result = check(unit, start, length, extend, pauses)
        if result is None:
            refused += 1
        elif number % 25 == 0 and unit in DAY_UNITS[:2]:
            check_days(result, length + extend, pauses)
    assert 250 < refused < CLOCKS // len(SEEDS) // 4


def test_random_clocks_that_count_back_equal_the_oracle():
    random_ = random.Random(7)
    for _ in range(5000):
        start = FIRST + timedelta(days=random_.randint(0, SPAN))
        length = random_.randint(1, 15)
        pauses = [
            (first - timedelta(days=60), resumed - timedelta(days=60))
            for first, resumed in make_pauses(random_, start)
        ]
        rule = rule_of(Unit.WORKING_DAYS, length, Direction.BACKWARD)
        clock = Clock(rule, start, tuple(Pause(*pause) for pause in pauses))
        try:
            expected = oracle.before_working_days(start, length, pauses)
            strict = oracle.before_working_days(start, length + 1, pauses)
        except oracle.Refused:
            with pytest.raises(YearNotLoaded):
                due(clock, CALENDAR)
            continue

        result = due(clock, CALENDAR)

        assert (result.due_on, result.warn_on) == (expected, strict), clock


def test_random_clocks_in_hours_equal_the_oracle():
    random_ = random.Random(24)
    for _ in range(500):
        day = FIRST + timedelta(days=random_.randint(0, SPAN))
        start = oracle.midnight(day) + timedelta(minutes=random_.randint(0, 1439))
        length = random_.randint(0, LONGEST[Unit.HOURS])
        pauses = [
            (first, resumed)
            for first, resumed in make_pauses(random_, day - timedelta(days=40))
            if first < resumed
        ]
        clock = Clock(rule_of(Unit.HOURS, length), start, tuple(Pause(*pause) for pause in pauses))

        result = due(clock, CALENDAR)

        expected = oracle.after_hours(start, length, pauses)
        assert result.due_at.astimezone(BEIJING).replace(tzinfo=None) == expected, clock
        assert result.due_on == expected.date()


days = st.dates(FIRST, date(2027, 12, 31))
spans = st.tuples(days, st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    unit=st.sampled_from(DAY_UNITS),
    start=days,
    length=st.integers(0, 40),
    extend=st.integers(0, 30),
    pauses=st.lists(spans, max_size=4),
)
def test_any_clock_equals_the_oracle(unit, start, length, extend, pauses):
    result = check(
        unit,
        start,
        length % 4 if unit is Unit.YEARS else length,
        extend % 3 if unit is Unit.YEARS else extend,
        pauses,
    )

    if result is not None and unit in DAY_UNITS[:2]:
        check_days(result, length + extend, pauses)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(start=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)), hours=st.integers(0, 100))
def test_hours_run_by_the_clock(start, hours):
    result = due(Clock(rule_of(Unit.HOURS, hours), start), CALENDAR)

    assert result.due_at == start.replace(tzinfo=BEIJING) + timedelta(hours=hours)
    assert not result.provisional
