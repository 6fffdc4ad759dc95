"""What a clock does beyond plain counting: pauses, extensions, hours, refusals, the words of each day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from calendars.clock import (
    BEIJING,
    Clock,
    ClockError,
    ClockStopped,
    Direction,
    NoLength,
    Pause,
    Rule,
    due,
    remaining,
    used,
)
from calendars.official_years import built_in_calendar
from calendars.rules import SAME_DAY, Extension, calendar_days, hours, months, working_days, years
from calendars.working_days import YearNotLoaded

CALENDAR = built_in_calendar()
LAW = "《法》第一条"


def rule(period, **more):
    return Rule("X1", "测试", period, LAW, **more)


def lines(result):
    return [(line.date.isoformat(), line.counted, line.reason) for line in result.days]


def test_each_day_says_whether_it_counts_and_why():
    result = due(Clock(rule(working_days(3)), date(2026, 2, 12)), CALENDAR)

    assert lines(result) == [
        ("2026-02-13", True, "工作日"),
        ("2026-02-14", True, "调休上班"),
        *[(f"2026-02-{number}", False, "春节") for number in range(15, 24)],
        ("2026-02-24", True, "工作日"),
    ]


def test_rolled_days_are_shown_after_the_last_counted_one():
    result = due(Clock(rule(calendar_days(2)), date(2026, 5, 1)), CALENDAR)

    assert lines(result) == [
        ("2026-05-02", True, "自然日"),
        ("2026-05-03", True, "自然日"),
        ("2026-05-04", False, "劳动节，顺延"),
        ("2026-05-05", False, "劳动节，顺延"),
        ("2026-05-06", False, "顺延到工作日"),
    ]
    assert result.rolled


def test_paused_days_are_named():
    result = due(
        Clock(rule(working_days(2)), date(2026, 11, 23), (Pause(date(2026, 11, 24), date(2026, 11, 26)),)),
        CALENDAR,
    )

    assert lines(result) == [
        ("2026-11-24", False, "中止"),
        ("2026-11-25", False, "中止"),
        ("2026-11-26", True, "工作日"),
        ("2026-11-27", True, "工作日"),
    ]


def test_a_clock_that_no_pause_stops_runs_on_and_shows_both_numbers():
    pauses = (Pause(date(2026, 3, 2), date(2026, 3, 16)),)
    result = due(Clock(rule(working_days(60), pausable=False), date(2026, 2, 12), pauses), CALENDAR)

    assert result.due_on == date(2026, 5, 18)
    assert result.if_paused_on == date(2026, 6, 1)
    assert ("2026-03-02", True, "工作日，中止期间照算") in lines(result)
    assert ("2026-03-07", False, "周末") in lines(result)


def test_an_open_pause_leaves_the_end_unknown():
    clock = Clock(rule(working_days(5)), date(2026, 11, 18), (Pause(date(2026, 11, 20), None),))

    with pytest.raises(ClockStopped, match="2026年11月20日起中止"):
        due(clock, CALENDAR)
    assert due(clock.resumed(date(2026, 11, 24)), CALENDAR).due_on == date(2026, 11, 27)


def test_an_open_pause_after_the_end_changes_nothing():
    clock = Clock(rule(working_days(5)), date(2026, 11, 2), (Pause(date(2026, 11, 20), None),))

    assert due(clock, CALENDAR).due_on == date(2026, 11, 9)


def test_overlapping_pauses_count_once():
    pauses = (Pause(date(2026, 4, 10), date(2026, 4, 20)), Pause(date(2026, 4, 15), date(2026, 4, 25)))

    assert due(Clock(rule(calendar_days(30)), date(2026, 4, 1), pauses), CALENDAR).raw_end == date(
        2026, 5, 16
    )


def test_same_day_ends_on_the_day_itself_even_on_a_day_off():
    result = due(Clock(rule(SAME_DAY), date(2026, 2, 17)), CALENDAR)

    assert (result.due_on, result.days, result.provisional) == (date(2026, 2, 17), (), False)


@pytest.mark.parametrize(
    ("period", "start", "raw_end"),
    [
        (months(6), date(2026, 4, 21), date(2026, 10, 21)),
        (months(1), date(2026, 1, 31), date(2026, 2, 28)),
        (months(3), date(2025, 11, 30), date(2026, 2, 28)),
        (years(1), date(2024, 2, 29), date(2025, 2, 28)),
        (years(2), date(2026, 11, 24), date(2028, 11, 24)),
    ],
)
def test_months_and_years_end_on_the_same_number_or_the_last_day(period, start, raw_end):
    assert due(Clock(rule(period), start), CALENDAR).raw_end == raw_end


def test_a_date_set_by_a_document_rolls_like_any_other():
    result = due(Clock(rule(calendar_days(7)), date(2026, 9, 20), set_on=date(2026, 10, 2)), CALENDAR)

    assert (result.raw_end, result.due_on) == (date(2026, 10, 2), date(2026, 10, 8))


def test_a_rule_without_length_says_what_sets_its_date():
    without = Rule("X2", "及时办理", None, LAW, sets_date_by="由通知书确定")

    with pytest.raises(NoLength, match="由通知书确定"):
        due(Clock(without, date(2026, 1, 5)), CALENDAR)
    assert due(Clock(without, date(2026, 1, 5), set_on=date(2026, 1, 9)), CALENDAR).due_on == date(2026, 1, 9)


# Hours


def test_hours_run_through_the_night_and_do_not_roll():
    result = due(Clock(rule(hours(24)), datetime(2026, 10, 1, 14, 30)), CALENDAR)

    assert result.due_at == datetime(2026, 10, 2, 14, 30, tzinfo=BEIJING)
    assert result.due_on == date(2026, 10, 2)
    assert lines(result) == [("2026-10-02", True, "按小时连续计算")]


def test_an_instant_of_another_zone_is_the_same_instant():
    result = due(Clock(rule(hours(24)), datetime(2026, 11, 23, 16, 30, tzinfo=UTC)), CALENDAR)

    assert result.due_at == datetime(2026, 11, 25, 0, 30, tzinfo=BEIJING)


def test_hours_from_a_date_start_with_the_day():
    assert due(Clock(rule(hours(24)), date(2026, 11, 23)), CALENDAR).due_at == datetime(
        2026, 11, 24, tzinfo=BEIJING
    )


def test_days_from_an_instant_start_with_its_beijing_day():
    clock = Clock(rule(working_days(1)), datetime(2026, 11, 23, 16, 30, tzinfo=UTC))

    assert due(clock, CALENDAR).due_on == date(2026, 11, 25)


def test_hours_of_a_pause_are_left_out():
    clock = Clock(
        rule(hours(24)), datetime(2026, 11, 23, 14), (Pause(date(2026, 11, 24), date(2026, 11, 26)),)
    )

    assert due(clock, CALENDAR).due_at == datetime(2026, 11, 26, 14, tzinfo=BEIJING)


# The next year


def test_a_period_into_the_next_year_is_provisional_and_warned_of_earlier():
    result = due(Clock(rule(working_days(60)), date(2026, 11, 24)), CALENDAR)

    assert (result.due_on, result.warn_on) == (date(2027, 2, 23), date(2027, 2, 16))
    assert (result.provisional, result.provisional_year) == (True, 2027)
    assert [line.provisional for line in result.days] == [line.date.year == 2027 for line in result.days]


def test_working_days_beyond_the_next_year_are_refused():
    with pytest.raises(YearNotLoaded, match="2028年的放假安排没有录入"):
        due(Clock(rule(working_days(60)), date(2027, 11, 24)), CALENDAR)


def test_calendar_days_beyond_the_next_year_roll_over_weekends_and_stay_provisional():
    result = due(Clock(rule(years(3)), date(2026, 4, 1)), CALENDAR)

    assert (result.raw_end, result.due_on, result.provisional) == (date(2029, 4, 1), date(2029, 4, 2), True)


def test_an_end_within_official_years_is_final():
    assert not due(Clock(rule(calendar_days(30)), date(2026, 12, 1)), CALENDAR).provisional
    assert due(Clock(rule(calendar_days(31)), date(2026, 12, 1)), CALENDAR).provisional


def test_counting_the_day_of_receipt_moves_only_the_warning():
    result = due(Clock(rule(working_days(5)), date(2026, 11, 23)), CALENDAR, first_day_counts=True)

    assert (result.due_on, result.warn_on) == (date(2026, 11, 30), date(2026, 11, 27))


# Back from a hearing


def test_strict_counting_leaves_clear_days_before_the_hearing():
    back = rule(working_days(5), direction=Direction.BACKWARD, strict=True)
    result = due(Clock(back, date(2026, 3, 10)), CALENDAR)

    assert result.due_on == date(2026, 3, 2)
    assert result.warn_on is None
    assert lines(result)[-2:] == [
        ("2026-03-03", True, "工作日"),
        ("2026-03-02", False, "净日之前的最后一个工作日"),
    ]


# What is refused


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ClockError, match="恢复日2026-04-01早于中止日2026-04-10"):
        Pause(date(2026, 4, 10), date(2026, 4, 1))


def test_a_restart_before_the_start_is_refused():
    with pytest.raises(ClockError, match="重新起算的日子早于原来的起算日"):
        Clock(rule(working_days(5)), date(2026, 4, 10), restart_on=date(2026, 4, 9))


def test_a_negative_extension_is_refused():
    with pytest.raises(ClockError, match="不能是负数"):
        Clock(rule(working_days(5)), date(2026, 4, 10), extended_by=-1)


def test_a_date_at_the_end_of_time_is_refused():
    with pytest.raises(ClockError, match="超出了可以计算的范围"):
        due(Clock(rule(calendar_days(30)), date(9999, 12, 20)), CALENDAR)


@pytest.mark.parametrize(
    ("period", "more"),
    [
        (None, {}),
        (working_days(5), {"sets_date_by": "通知书"}),
        (calendar_days(5), {"direction": Direction.BACKWARD}),
        (working_days(0), {"direction": Direction.BACKWARD}),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(period, more):
    with pytest.raises(ValueError, match="X1"):
        rule(period, **more)


def test_a_rule_without_article_is_refused():
    with pytest.raises(ValueError, match="cites no article"):
        Rule("X1", "测试", working_days(5), "")


# Extensions the law knows


@pytest.mark.parametrize(
    ("extension", "amount", "allowed"),
    [
        (None, 0, True),
        (None, 1, False),
        (Extension(30), 30, True),
        (Extension(30), 31, False),
        (Extension(), 90, True),
    ],
)
def test_extensions_the_law_knows(extension, amount, allowed):
    assert rule(working_days(60), extension=extension).may_extend_by(amount) is allowed


# What is left


def test_remaining_and_used_add_up_to_the_length_on_every_day():
    pauses = (Pause(date(2026, 3, 4), date(2026, 3, 20)),)
    result = due(Clock(rule(working_days(30)), date(2026, 2, 12), pauses), CALENDAR)

    day = result.start
    while day <= result.due_on:
        assert used(result, day, CALENDAR) + remaining(result, day, CALENDAR) == 30, day
        day += timedelta(days=1)


def test_remaining_is_negative_after_the_due_date():
    result = due(Clock(rule(working_days(5)), date(2026, 11, 16)), CALENDAR)

    assert result.due_on == date(2026, 11, 23)
    assert [remaining(result, date(2026, 11, 23) + timedelta(days=n), CALENDAR) for n in (0, 1, 2)] == [
        0,
        -1,
        -2,
    ]
