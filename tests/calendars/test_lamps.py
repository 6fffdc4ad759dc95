"""Colours and words of lamps, as people read them."""

from datetime import date, datetime, timedelta

import pytest

from calendars import wording
from calendars.clock import Clock, Colour, Extension, Nature, Pause, Rule, Say, due, lamp, stopped_lamp
from calendars.official_years import built_in_calendar
from calendars.rules import calendar_days, hours, months, working_days

CALENDAR = built_in_calendar()


def make(period, start, clock=None, **more):
    rule = Rule("X1", "测试", period, "《法》第一条", **more)
    return due(Clock(rule, start, **(clock or {})), CALENDAR)


def shown(result, today, **more):
    found = lamp(result, today, CALENDAR, **more)
    return found.colour.value, found.text


# 60 working days from 2026-02-12 end on 2026-05-18.
INVESTIGATION = make(working_days(60), date(2026, 2, 12))


@pytest.mark.parametrize(
    ("today", "colour", "text"),
    [
        (date(2026, 2, 12), "green", "还剩60个工作日"),
        (date(2026, 4, 8), "green", "还剩26个工作日"),
        (date(2026, 4, 27), "green", "还剩13个工作日"),
        (date(2026, 4, 28), "amber", "还剩12个工作日（5月18日到期）"),
        (date(2026, 5, 13), "amber", "还剩3个工作日（5月18日到期）"),
        (date(2026, 5, 15), "amber", "还剩1个工作日（5月18日到期）"),
        (date(2026, 5, 17), "amber", "明天到期"),
        (date(2026, 5, 18), "today", "今天到期"),
        (date(2026, 5, 19), "red", "已超期1个工作日"),
        (date(2026, 5, 20), "red", "已超期2个工作日"),
    ],
)
def test_working_days(today, colour, text):
    assert shown(INVESTIGATION, today) == (colour, text)


def test_short_periods_turn_amber_at_three_units():
    result = make(working_days(5), date(2026, 11, 19))

    assert shown(result, date(2026, 11, 20)) == ("green", "还剩4个工作日")
    assert shown(result, date(2026, 11, 23)) == ("amber", "还剩3个工作日（11月26日到期）")


def test_a_weekend_after_the_due_date_is_late_without_a_whole_working_day():
    result = make(working_days(5), date(2026, 11, 20))

    assert result.due_on == date(2026, 11, 27)
    assert shown(result, date(2026, 11, 28)) == ("red", "已超期不足1个工作日")


@pytest.mark.parametrize(
    ("today", "colour", "text"),
    [
        (date(2025, 11, 23), "green", "还剩12天（自然日，12月5日到期）"),
        (date(2025, 12, 2), "amber", "还剩3天（自然日，12月5日到期）"),
        (date(2025, 12, 4), "amber", "明天到期"),
        (date(2025, 12, 5), "today", "今天到期"),
        (date(2025, 12, 7), "red", "已超期2天"),
    ],
)
def test_calendar_days(today, colour, text):
    assert shown(make(calendar_days(15), date(2025, 11, 20)), today) == (colour, text)


def test_calendar_days_rolled_to_the_next_working_day():
    result = make(calendar_days(15), date(2026, 11, 20))

    assert shown(result, date(2026, 11, 25)) == ("green", "还剩12天（自然日，12月7日到期）")


def test_months_are_told_in_days():
    assert (
        shown(make(months(6), date(2026, 4, 21)), date(2026, 10, 19))[1] == "还剩2天（自然日，10月21日到期）"
    )


def test_a_date_of_another_year_carries_the_year():
    result = make(calendar_days(20), date(2025, 12, 15))

    assert shown(result, date(2025, 12, 22))[1] == "还剩13天（自然日，2026年1月4日到期）"


def test_a_provisional_date_is_said_to_be_expected():
    result = make(working_days(60), date(2026, 11, 24))

    assert shown(result, date(2026, 11, 24)) == ("green", "还剩60个工作日（预计2027年2月23日到期）")
    assert shown(make(calendar_days(60), date(2026, 11, 24)), date(2026, 11, 24))[1] == (
        "还剩62天（自然日，预计2027年1月25日到期）"
    )


def test_stopped_is_grey():
    assert shown(INVESTIGATION, date(2026, 4, 9), stopped=date(2026, 3, 20)) == (
        "grey",
        "已中止，暂停计时（3月20日起）",
    )
    assert stopped_lamp(date(2026, 11, 20), date(2026, 11, 24)).text == "已中止，暂停计时（11月20日起）"


def test_a_clock_that_no_pause_stops_keeps_its_colour():
    found = lamp(
        make(working_days(60), date(2026, 2, 12), pausable=False),
        date(2026, 4, 8),
        CALENDAR,
        stopped=date(2026, 3, 20),
    )

    assert (found.colour, found.text, str(found.note)) == (Colour.GREEN, "还剩26个工作日", "中止期间照常计时")


def test_an_extension_stands_beside_the_time_left():
    result = make(working_days(60), date(2026, 2, 12), {"extended_by": 30}, extension=Extension(30))
    found = lamp(result, date(2026, 6, 1), CALENDAR)

    assert (found.text, str(found.note)) == ("还剩20个工作日", "已延长至2026年6月30日")


def test_met_tells_the_time_used_without_colour():
    result = make(working_days(60), date(2026, 2, 12))
    found = lamp(result, date(2026, 11, 24), CALENDAR, met_on=date(2026, 3, 16))

    assert (found.colour, found.text, found.note) == (Colour.NONE, "已办结，用时18个工作日", None)
    assert shown(make(calendar_days(45), date(2026, 3, 20)), date(2026, 5, 1), met_on=date(2026, 4, 1)) == (
        "none",
        "已办结，用时12天（自然日）",
    )


def test_paused_days_are_not_used():
    result = make(
        working_days(60), date(2026, 2, 12), {"pauses": (Pause(date(2026, 2, 25), date(2026, 3, 4)),)}
    )

    # 25, 26, 27 and 28 February (worked), 2 and 3 March are left out.
    assert shown(result, date(2026, 11, 24), met_on=date(2026, 3, 16))[1] == "已办结，用时12个工作日"


def test_met_late_says_so():
    found = lamp(INVESTIGATION, date(2026, 11, 24), CALENDAR, met_on=date(2026, 5, 20))

    assert (found.text, str(found.note)) == ("已办结，用时62个工作日", "超期2个工作日办结")


@pytest.mark.parametrize(
    ("today", "colour", "text"),
    [
        (date(2026, 3, 9), "amber", "目标还剩3天"),
        (date(2026, 3, 1), "green", "目标还剩11天"),
        (date(2026, 3, 11), "amber", "目标明天到期"),
        (date(2026, 3, 12), "today", "目标今天到期"),
        (date(2026, 3, 14), "amber", "超过目标2天"),
    ],
)
def test_targets_are_never_red(today, colour, text):
    assert shown(make(calendar_days(30), date(2026, 2, 10), statutory=False), today) == (colour, text)


def test_targets_in_working_days():
    result = make(working_days(5), date(2026, 11, 19), statutory=False)

    assert shown(result, date(2026, 11, 23)) == ("amber", "目标还剩3个工作日")
    assert shown(result, date(2026, 11, 30)) == ("amber", "超过目标2个工作日")
    assert shown(result, date(2026, 11, 30), statutory=True) == ("red", "已超期2个工作日")


def test_a_right_lapses_and_is_not_overdue():
    result = make(calendar_days(15), date(2026, 9, 17), nature=Nature.RIGHT)

    assert shown(result, date(2026, 10, 9)) == ("none", "10月8日已届满")


def test_waiting_is_no_warning():
    result = make(working_days(10), date(2026, 10, 22), nature=Nature.WAIT)

    assert shown(result, date(2026, 11, 4)) == ("green", "明天到期")
    assert shown(result, date(2026, 11, 6)) == ("none", "11月5日已届满")


@pytest.mark.parametrize(
    ("now", "colour", "text"),
    [
        (datetime(2026, 11, 23, 14), "green", "还剩24小时（11月24日14:00到期）"),
        (datetime(2026, 11, 24, 10, 30), "amber", "还剩3小时（11月24日14:00到期）"),
        (datetime(2026, 11, 24, 13, 10), "amber", "还剩不足1小时（11月24日14:00到期）"),
        (datetime(2026, 11, 24, 14, 20), "red", "已超期不足1小时"),
        (datetime(2026, 11, 24, 17), "red", "已超期3小时"),
    ],
)
def test_hours(now, colour, text):
    assert shown(make(hours(24), datetime(2026, 11, 23, 14)), now) == (colour, text)


def test_hours_seen_on_a_day_are_told_by_the_day():
    result = make(hours(24), datetime(2026, 11, 23, 14))

    assert shown(result, date(2026, 11, 24)) == ("today", "今天到期")
    assert shown(result, date(2026, 11, 26)) == ("red", "已超期2天")


def test_a_lamp_never_fails_on_a_day_far_from_the_tables():
    result = make(working_days(5), date(2026, 11, 19))

    for today in (date(2020, 1, 1) + timedelta(days=97 * n) for n in range(60)):
        assert lamp(result, today, CALENDAR).text


def test_every_sentence_is_handed_to_the_translators():
    assert sorted(wording.LAMPS) == sorted(say.value for say in Say)
