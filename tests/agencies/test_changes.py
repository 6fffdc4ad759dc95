"""The record of changed settings: what stands in it, who reads it, and that it stays."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import translation

from agencies import absences, changes, people
from agencies.changes import Area
from agencies.models import SettingChange
from calendars import services
from calendars.rules import working_days
from calendars.services import load_official_calendars, replace_days
from calendars.working_days import DayEntry, DayKind
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user("admin01", agency="district", role="sysadmin")


def entry(**more):
    return changes.record(
        **{"by": None, "area": Area.AGENCY, "key": "arb", "subject": "仲裁院", "act": "修改机构", **more}
    )


def test_only_columns_that_differ_are_kept():
    row = entry(before={"电话": "1", "地址": "甲"}, after={"电话": "2", "地址": "甲"})

    assert row.lines == [("电话", "1", "2")]


def test_words_are_chinese_whatever_the_reader_speaks(admin):
    with translation.override("en"):
        people.edit(
            by=admin, user=make_user("legal01", agency="hrss", role="legal_reviewer"), seen=0, role="stats"
        )

    assert SettingChange.objects.get().lines == [("角色", "法制审核员", "统计员")]


@pytest.mark.parametrize(
    "statement", ["UPDATE agencies_settingchange SET reason = 'x'", "DELETE FROM agencies_settingchange"]
)
def test_the_database_refuses_to_change_the_record(statement):
    entry()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert SettingChange.objects.get().reason == ""


def test_an_edit_of_the_calendar_is_on_record_with_its_days(admin):
    load_official_calendars()
    calendar = services.current_calendar()
    days = {day: each for day, each in calendar.days.items() if day.year == 2026}
    day = max(day for day, each in days.items() if each.kind is DayKind.REST)
    days[day] = DayEntry(DayKind.WORKDAY, "调休")

    replace_days(
        year=2026, days=days, official=True, by=admin, reason="更正", expected_version=calendar.version
    )

    row = SettingChange.objects.get()
    assert (row.by, row.area, row.act, row.reason) == (admin, "calendar", "修改工作日历", "更正")
    assert row.lines == [(day.isoformat(), calendar.days[day].name, "调休（上班）")]


def test_a_time_limit_that_is_set_is_on_record_with_what_it_replaces(admin):
    from_on = services.timezone.localdate()
    services.set_rule(code="T07c", period=working_days(10), valid_from=from_on, by=admin, reason="平台通知")

    row = SettingChange.objects.get()
    assert (row.by, row.area, row.key, row.subject, row.reason) == (
        admin,
        "rule",
        "T07c",
        "T07c 线索办结",
        "平台通知",
    )
    assert ("长度", "15个工作日", "10个工作日") in row.lines
    assert ("生效日期", "", from_on.isoformat()) in row.lines


def test_a_head_reads_time_limits_and_the_absences_of_the_own_office_only(admin):
    head = make_user("head01", role="inspection_head")
    own, other = make_user(), make_user("clerk01", agency="arb", role="clerk")
    today = services.timezone.localdate()
    for user in (own, other):
        absences.enter(by=admin, user=user, from_on=today, to_on=today)
    people.reset_password(by=admin, user=own)
    entry(area=Area.RULE, key="T07c")

    assert {(row.area, row.agency_id) for row in changes.readable_by(head)} == {
        ("absence", own.agency_id),
        ("rule", None),
    }
    assert changes.readable_by(admin).count() == 4
    assert not changes.readable_by(own).exists()


def test_the_page_of_changes_asks_the_same_number_of_queries_for_1_and_for_30(
    client, admin, django_assert_max_num_queries
):
    client.force_login(admin)
    entry(by=admin)
    client.get(reverse("agencies:changes"))
    with django_assert_max_num_queries(50) as one:
        client.get(reverse("agencies:changes"))
    for _each in range(30):
        entry(by=make_user(f"u{_each}", agency="district", role="auditor"))

    with django_assert_max_num_queries(50) as many:
        page = client.get(reverse("agencies:changes"), {"area": "agency"}).content.decode()

    assert len(many.captured_queries) == len(one.captured_queries)
    assert page.count("<tr>") == 32
