"""A changed calendar moves the open dates of cases, once, and says so in their record."""

from datetime import date

import pytest

from agencies.models import Town
from calendars.services import current_calendar, load_official_calendars, replace_days
from calendars.working_days import DayEntry, DayKind
from cases import audit
from cases.models import Case
from inspection.services import Registration, WorkerEntry, register_complaint
from tests.people import make_user

pytestmark = pytest.mark.django_db


def registered(received_on: date) -> Case:
    load_official_calendars()
    entry = Registration(
        employer_name="示例劳务有限公司",
        workers=(
            WorkerEntry("王示例", "2026-07", "2026-09", 3_650_000, id_type="none", phone="13812345678"),
        ),
        channel="window",
        town=Town.objects.first(),
        received_on=received_on,
    )
    return register_complaint(by=make_user(), key="register-1", entry=entry)


def close_office(day: date, reason: str) -> None:
    """The day becomes a rest day in the calendar."""
    now = current_calendar()
    year = {each: entry for each, entry in now.days.items() if each.year == day.year}
    year[day] = DayEntry(DayKind.REST, "临时放假")
    replace_days(
        year=day.year, days=year, official=True, by=None, reason=reason, expected_version=now.version
    )


def test_calendar_change_moves_running_clock_and_is_recorded():
    case = registered(date(2026, 11, 23))
    assert case.due_on == date(2026, 11, 30)

    close_office(date(2026, 11, 26), "停电放假一天")

    case = Case.objects.get(pk=case.pk)
    assert case.due_on == date(2026, 12, 1)
    newest = case.timeline.first()
    assert (newest.step, newest.note) == ("recompute", "停电放假一天")
    assert (newest.before, newest.after) == ({"T01": "2026-11-30"}, {"T01": "2026-12-01"})
    assert list(audit.verify()) == []


def test_calendar_change_elsewhere_leaves_case_alone():
    case = registered(date(2026, 11, 23))
    events = case.timeline.count()

    close_office(date(2026, 12, 16), "设备检修")

    case = Case.objects.get(pk=case.pk)
    assert (case.due_on, case.timeline.count(), case.version) == (date(2026, 11, 30), events, 1)
