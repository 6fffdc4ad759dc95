"""The calendar in versions, and the rules as the office has set them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from calendars import memo, services
from calendars.clock import Clock, due
from calendars.models import CalendarDay, CalendarVersion, RuleSetting
from calendars.official_years import built_in_calendar
from calendars.rules import Extension, calendar_days, months, working_days
from calendars.services import CalendarConflict, SettingRefused
from calendars.working_days import DayEntry, DayKind, WorkingCalendar, YearNotLoaded
from tests.people import make_user

pytestmark = pytest.mark.django_db

SPRING_2027 = {date(2027, 2, day): DayEntry(DayKind.REST, "春节") for day in range(5, 12)} | {
    date(2027, 2, 20): DayEntry(DayKind.WORKDAY, "春节")
}


@pytest.fixture
def editor():
    return make_user("admin01", agency="district", role="sysadmin")


def enter_2027(editor, days=SPRING_2027, *, official=True, expected_version=1):
    return services.replace_days(
        year=2027,
        days=days,
        official=official,
        by=editor,
        reason="国务院办公厅通知",
        expected_version=expected_version,
    )


def test_before_any_version_the_built_in_calendar_holds():
    calendar = services.current_calendar()

    assert calendar.version == 0
    assert calendar.days == built_in_calendar().days


def test_loading_the_official_years_twice_makes_one_version():
    first, second = services.load_official_calendars(), services.load_official_calendars()

    assert (first.number, second) == (1, None)
    assert CalendarVersion.objects.count() == 1
    loaded = services.current_calendar()
    assert (loaded.version, loaded.days) == (1, built_in_calendar().days)
    assert loaded.official_years == {2025, 2026}


def test_loading_does_not_undo_what_the_office_entered(editor):
    services.load_official_calendars()
    extra = dict(built_in_calendar().days) | {date(2026, 12, 25): DayEntry(DayKind.REST, "试")}
    services.replace_days(
        year=2026,
        days={day: entry for day, entry in extra.items() if day.year == 2026},
        official=True,
        by=editor,
        reason="试",
        expected_version=1,
    )

    assert services.load_official_calendars() is None
    assert not services.current_calendar().is_working(date(2026, 12, 25))


def test_an_edit_makes_a_new_version_and_the_old_one_stays_readable(editor):
    services.load_official_calendars()
    version = enter_2027(editor)

    new, old = services.current_calendar(), services.calendar_version(1)
    assert (version.number, version.made_by, version.reason) == (2, editor, "国务院办公厅通知")
    assert (new.is_working(date(2027, 2, 20)), old.is_working(date(2027, 2, 20))) == (True, False)
    assert (new.provisional_year, old.provisional_year) == (2028, 2027)
    assert new.days.keys() >= built_in_calendar().days.keys()


def test_entering_the_next_year_makes_its_dates_final(editor):
    services.load_official_calendars()
    clock = Clock(services.effective_rule("T10"), date(2026, 11, 24))
    before = due(clock, services.current_calendar())
    enter_2027(editor)
    after = due(clock, services.current_calendar())

    assert (before.due_on, before.provisional) == (date(2027, 2, 23), True)
    assert (after.due_on, after.provisional) == (date(2027, 2, 22), False)
    assert (before.calendar_version, after.calendar_version) == (1, 2)


def test_a_year_that_is_not_official_stays_provisional(editor):
    services.load_official_calendars()
    enter_2027(editor, official=False)

    calendar = services.current_calendar()
    assert calendar.provisional(date(2027, 2, 5))
    assert calendar.provisional_year == 2027
    assert calendar.is_working(date(2027, 2, 20))
    with pytest.raises(YearNotLoaded):
        calendar.is_working(date(2028, 1, 4))


def test_an_edit_of_an_older_version_changes_nothing(editor):
    services.load_official_calendars()
    enter_2027(editor)

    with pytest.raises(CalendarConflict):
        enter_2027(editor, expected_version=1)
    assert CalendarVersion.objects.count() == 2


def test_a_day_of_another_year_is_refused_and_nothing_is_left_behind(editor):
    services.load_official_calendars()

    with pytest.raises(ValueError, match="2026-01-02 is not a day of 2027"):
        enter_2027(editor, {date(2026, 1, 2): DayEntry(DayKind.REST, "元旦")})
    assert CalendarVersion.objects.count() == 1


def test_who_keeps_dates_is_told_of_each_edit_inside_its_transaction(editor, monkeypatch):
    told = []
    monkeypatch.setattr(services, "_listeners", [])
    services.after_change(lambda *change: told.append((*change, CalendarVersion.objects.count())))
    services.load_official_calendars()
    enter_2027(editor)

    before, after, by, reason, versions = told[0]
    assert (before.version, after.version, by, reason, versions) == (1, 2, editor, "国务院办公厅通知", 2)
    assert len(told) == 1


def test_a_listener_that_fails_leaves_the_calendar_as_it_was(editor, monkeypatch):
    def refuse(*_change):
        raise RuntimeError("no")

    monkeypatch.setattr(services, "_listeners", [refuse])
    services.load_official_calendars()
    with pytest.raises(RuntimeError):
        enter_2027(editor)

    assert services.current_calendar().version == 1


def test_a_number_that_comes_back_after_a_rollback_is_another_calendar(editor):
    services.load_official_calendars()
    with transaction.atomic():
        enter_2027(editor)
        assert services.current_calendar().is_working(date(2027, 2, 20))
        transaction.set_rollback(True)
    enter_2027(editor, {})

    assert services.current_calendar().version == 2
    assert not services.current_calendar().is_working(date(2027, 2, 20))


def test_changed_days_are_told_with_before_and_after(editor):
    services.load_official_calendars()
    version = enter_2027(editor, {date(2027, 2, 8): DayEntry(DayKind.WORKDAY, "试")})
    first = CalendarVersion.objects.get(number=1)

    changes = {change.date: change for change in services.changes_of(version, first)}

    assert changes[date(2027, 2, 8)].before == DayEntry(DayKind.STATUTORY, "春节")
    assert changes[date(2027, 2, 8)].after == DayEntry(DayKind.WORKDAY, "试")
    assert changes[date(2027, 4, 5)].after is None
    assert all(day.year in (2027, 2028) for day in changes)
    assert len(services.changes_of(first, None)) == CalendarDay.objects.filter(version=first).count()


def test_reading_costs_one_query_and_within_a_request_only_the_first_time(django_assert_num_queries):
    services.load_official_calendars()
    services.current_calendar()

    with django_assert_num_queries(1):
        services.current_calendar()
    with memo.reading_once(), django_assert_num_queries(2):
        for _ in range(3):
            services.current_calendar()
            services.effective_rule("T10")
            services.effective_rule("T11")


def test_an_edit_is_seen_within_the_same_request(editor):
    services.load_official_calendars()
    with memo.reading_once():
        assert services.current_calendar().version == 1
        enter_2027(editor)
        assert services.current_calendar().version == 2


# Rules as the office has set them


def set_rule(editor, code="T07c", period=None, **more):
    more.setdefault("valid_from", date(2026, 1, 1))
    return services.set_rule(
        code=code, period=period or working_days(10), by=editor, reason="平台通知", **more
    )


def test_a_setting_holds_from_its_day_on(editor):
    set_rule(editor, valid_from=date(2026, 6, 1))
    later = set_rule(editor, period=working_days(12), valid_from=date(2026, 9, 1))

    lengths = [
        services.effective_rule("T07c", on).period.length
        for on in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 1))
    ]
    assert lengths == [15, 10, 10, 12]
    assert services.effective_rule("t07C", date(2026, 9, 1)).version == later.pk


def test_a_setting_keeps_what_it_does_not_name(editor):
    set_rule(editor)
    rule = services.effective_rule("T07c", date(2026, 2, 1))

    assert (rule.extension, rule.pausable, rule.law) == (
        Extension(),
        True,
        services.effective_rule("T07b").law,
    )


def test_a_setting_can_limit_the_extension(editor):
    set_rule(editor, extension=5)

    assert services.effective_rule("T07c", date(2026, 2, 1)).extension == Extension(5)


def test_real_suspension_can_be_switched_on_where_a_basis_was_found(editor):
    set_rule(editor, "T10", working_days(60), pausable=True)

    assert services.effective_rule("T10", date(2026, 2, 1)).pausable


def test_clear_days_can_be_switched_on(editor):
    set_rule(editor, "ARB-20", working_days(5), strict=True)

    clock = Clock(services.effective_rule("ARB-20", date(2026, 2, 1)), date(2026, 3, 10))
    assert due(clock, services.current_calendar()).due_on == date(2026, 3, 2)


def test_legal_aid_can_be_counted_in_working_days(editor):
    set_rule(editor, "LA-01", working_days(7))

    clock = Clock(services.effective_rule("LA-01", date(2026, 2, 1)), date(2026, 4, 27))
    assert due(clock, services.current_calendar()).due_on == date(2026, 5, 9)


@pytest.mark.parametrize(
    ("code", "period", "more", "words"),
    [
        ("T01", working_days(7), {}, "T01的长度由.*规定，不能设置"),
        ("T01", calendar_days(5), {}, "T01的单位由.*规定，不能设置"),
        ("T10", working_days(60), {"extension": 60}, "T10的延长由.*规定，不能设置"),
        ("LA-03", calendar_days(5), {}, "LA-03的长度由.*规定，不能设置"),
        ("T05", working_days(5), {}, "T05没有长度，不能设置"),
        ("ARB-20", working_days(0), {}, "ARB-20的长度由"),
    ],
)
def test_what_the_law_fixes_is_refused(editor, code, period, more, words):
    with pytest.raises(SettingRefused, match=words):
        set_rule(editor, code, period, **more)
    assert not RuleSetting.objects.exists()


def test_any_unit_may_be_set_where_the_law_leaves_it_open(editor):
    set_rule(editor, "T26", months(1))

    assert services.effective_rule("T26", date(2026, 2, 1)).period == months(1)


def test_equal_days_have_one_digest_and_different_days_another():
    calendar = built_in_calendar()
    other = WorkingCalendar(0, calendar.official_years, dict(calendar.days) | SPRING_2027)

    digest = services._digest(calendar.official_years, calendar.days)
    assert digest == services._digest(set(calendar.official_years), dict(reversed(calendar.days.items())))
    assert digest != services._digest(other.official_years, other.days)
    assert digest != services._digest({2025}, calendar.days)


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_at_once_one_is_a_conflict():
    services.load_official_calendars()
    editor = make_user("admin01", agency="district", role="sysadmin")
    both = Barrier(2)

    def save(reason):
        both.wait(timeout=10)
        try:
            return services.replace_days(
                year=2027, days={}, official=False, by=editor, reason=reason, expected_version=1
            ).number
        except CalendarConflict:
            return "conflict"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(save, ["one", "two"]))

    assert sorted(results, key=str) == [2, "conflict"]
    assert CalendarVersion.objects.count() == 2
