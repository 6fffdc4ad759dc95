"""Absences: who enters them for whom, what overlaps, how they end."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from agencies import absences
from agencies.models import Absence, SettingChange
from tests.people import make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 10:00+08:00", tick=False):
        yield


@pytest.fixture
def head():
    return make_user("head01", role="inspection_head")


def day(number):
    return TODAY + timedelta(days=number)


def enter(head, user, first=0, last=2, **more):
    return absences.enter(by=head, user=user, from_on=day(first), to_on=day(last), **more)


def post(client, head, person, **changed):
    client.force_login(head)
    values = {"user": person.pk, "from_on": "2026-11-24", "to_on": "20261126", "deputy": "", "reason": "培训"}
    return client.post(reverse("agencies:absences"), values | changed)


def test_a_head_enters_an_absence_with_deputy(client, head):
    user, deputy = make_user(), make_user("window02")

    response = post(client, head, user, deputy=deputy.pk)

    assert response.status_code == 302
    row = Absence.objects.get()
    assert (row.user, row.from_on, row.to_on, row.deputy, row.reason) == (user, TODAY, day(2), deputy, "培训")
    change = SettingChange.objects.get()
    assert (change.by, change.act, change.agency) == (head, "登记缺勤", head.agency)
    assert ("代办人", "", "测试window02") in change.lines


def test_the_same_entry_twice_is_one(client, head):
    user = make_user()

    statuses = [post(client, head, user).status_code for _time in range(2)]

    assert statuses == [302, 302]
    assert (Absence.objects.count(), SettingChange.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("first", "last", "overlaps"), [(-5, 0, True), (2, 9, True), (1, 1, True), (3, 4, False), (-9, 30, True)]
)
def test_days_that_overlap_are_refused_with_both_days_named(head, first, last, overlaps):
    user = make_user()
    enter(head, user)

    found = absences.overlapping(user, day(first), day(last)).exists()

    assert found is overlaps
    if overlaps:
        with pytest.raises(ValidationError, match="测试window01在2026-11-24至2026-11-26已经登记了缺勤"):
            enter(head, user, first, last)
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"to_on": "2026-11-23"}, "最后一天早于第一天"),
        ({"from_on": "2026-11-01", "to_on": "2026-11-23"}, "这些日子已经过去，不用登记"),
        ({"to_on": "2028-11-24"}, "一次最多登记一年，核对年份"),
        ({"to_on": ""}, "还没填最后一天"),
        ({"from_on": "明天"}, "日期看不懂"),
        ({"user": ""}, "还没选谁缺勤"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_entered(client, head, changed, sentence):
    response = post(client, head, make_user(), **changed)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Absence.objects.exists()


def test_who_is_away_stands_in_for_nobody(head):
    user, deputy = make_user(), make_user("window02")
    enter(head, deputy, 1, 1)

    with pytest.raises(ValidationError, match="测试window02在2026-11-25至2026-11-25自己缺勤，换一位代办人"):
        enter(head, user, deputy=deputy)
    with pytest.raises(ValidationError, match="代办人不能是本人"):
        enter(head, user, deputy=user)


def test_a_head_enters_nothing_for_another_office_and_sees_nothing_of_it(client, head):
    clerk = make_user("clerk01", agency="arb", role="clerk")
    enter(head, clerk)

    response = post(client, head, clerk)

    assert response.status_code == 422
    assert "谁缺勤里没有这一项" in response.content.decode()
    assert "测试clerk01" not in response.content.decode()
    assert client.post(reverse("agencies:absence_cancel", args=[Absence.objects.get().pk])).status_code == 404
    assert Absence.objects.count() == 1


def test_the_administrator_enters_for_every_office(client):
    admin = make_user("admin01", agency="district", role="sysadmin")

    assert post(client, admin, make_user("clerk01", agency="arb", role="clerk")).status_code == 302


@pytest.mark.parametrize(("username", "role"), [("window01", "window"), ("inspector01", "inspector")])
def test_others_do_not_get_in(client, head, username, role):
    assert post(client, make_user(username, role=role), head).status_code == 403
    assert not Absence.objects.exists()


def test_an_absence_that_has_not_begun_is_cancelled_whole(client, head):
    row = enter(head, make_user(), 1, 3)
    client.force_login(head)

    client.post(reverse("agencies:absence_cancel", args=[row.pk]))

    assert not Absence.objects.exists()
    assert SettingChange.objects.first().act == "取消缺勤"


def test_an_absence_that_runs_ends_yesterday(head):
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        row = enter(head, make_user(), -4, 3)

    absences.cancel(by=head, absence=row)

    assert Absence.objects.get().to_on == day(-1)
    assert SettingChange.objects.first().lines == [("最后一天", "2026-11-27", "2026-11-23")]
    assert absences.on_day(TODAY) == {}


def test_who_is_away_today_shows_among_the_people(client, head):
    user = make_user()
    enter(head, user, deputy=make_user("window02"))
    client.force_login(make_user("admin01", agency="district", role="sysadmin"))

    page = client.get(reverse("agencies:people")).content.decode()

    assert "缺勤至2026-11-26" in page
    assert "测试window02代办" in page
