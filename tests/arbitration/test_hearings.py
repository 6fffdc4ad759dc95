"""日程: the week, the calendar file, the printed list, and the times that are free for a hearing."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from arbitration.hearings import choosing, week
from arbitration.hearings.calendar_file import calendar_of
from arbitration.models import Hearing, Room
from cases.models import Case, CaseClock
from tests.arbitration.papers import bench, dispute, fresh, hearing
from tests.inspection.situations import clock, moment
from tests.people import make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)  # a Monday
WEDNESDAY = date(2026, 3, 4)


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return bench()


def page_of(user, name="hearings:week", *args, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def ready(people, **columns):
    """A case whose reply period is over and whose hearing can be set."""
    case = dispute(people, state="REPLY_PERIOD", **columns)
    case.dispute_parties.update(copy_received_on=date(2026, 2, 12))
    return fresh(case)


# The week


@pytest.mark.parametrize(
    ("typed", "monday"),
    [
        ("2026-03-08", date(2026, 3, 2)),
        ("2026-03-09", date(2026, 3, 9)),
        ("", date(2026, 3, 2)),
        ("3月", date(2026, 3, 2)),
        ("9999-12-31", date(2026, 3, 2)),
    ],
)
def test_week_begins_on_monday_whatever_was_typed(typed, monday):
    assert week.first_day(typed, TODAY) == monday


def test_week_shows_hearings_by_the_hour_then_ends(people):
    case = dispute(people)
    hearing(case, people, on=WEDNESDAY)
    clock(case, "ARB-05", date(2026, 2, 12), WEDNESDAY)
    days = week.days(week.cases_of(people["C"], only_mine=False), TODAY, TODAY)

    found = {day.on: [(each.kind, each.at) for each in day.entries] for day in days}
    assert found[WEDNESDAY] == [("hearing", "09:30–11:30"), ("due", "")]
    assert sum(len(rows) for rows in found.values()) == 2
    assert [day.is_today for day in days] == [True, *[False] * 6]
    assert [day.is_off for day in days] == [*[False] * 5, True, True]


def test_what_is_over_is_not_in_the_week(people):
    case = dispute(people)
    hearing(case, people, on=WEDNESDAY, state="cancelled")
    clock(case, "ARB-05", date(2026, 2, 12), WEDNESDAY, met_on=TODAY)

    assert not any(day.entries for day in week.days(Case.objects.all(), TODAY, TODAY))


def test_arbitrator_sees_own_cases_first_and_the_office_on_asking(people):
    hearing(dispute(people), people, on=WEDNESDAY)
    own = page_of(people["A"])
    other, all_of = page_of(people["B"]), page_of(people["B"], of="all")

    assert "09:30–11:30" in own.content.decode()
    assert "09:30–11:30" not in other.content.decode()
    assert "09:30–11:30" in all_of.content.decode()
    assert 'aria-current="true">本单位' in all_of.content.decode()


def test_other_offices_see_nothing_of_it(people):
    row = hearing(dispute(people), people, on=WEDNESDAY)
    inspector = make_user("inspector01", agency="inspection", role="inspector")

    assert "09:30–11:30" not in page_of(inspector, of="all").content.decode()
    assert page_of(inspector, "hearings:hearing_file", row.public_id).status_code == 404
    assert b"BEGIN:VEVENT" not in page_of(inspector, "hearings:calendar", of="all").content


def test_week_asks_the_database_as_often_for_one_as_for_many(people):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert page_of(people["C"]).status_code == 200
        return len(found)

    one = dispute(people)
    hearing(one, people, on=WEDNESDAY)
    clock(one, "ARB-05", date(2026, 2, 12), WEDNESDAY)
    asked()
    few = asked()
    for n in range(4):
        more = dispute(people)
        hearing(more, people, on=TODAY + timedelta(days=n))
        clock(more, "ARB-05", date(2026, 2, 12), WEDNESDAY)
    assert asked() == few


def test_day_says_how_much_it_leaves_out(people):
    case = dispute(people)
    CaseClock.objects.bulk_create(
        CaseClock(
            case=case,
            rule_code="ARB-05",
            started_on=date(2026, 2, 12),
            due_on=WEDNESDAY,
            rule_text="—",
            cause=f"n{n}",
        )
        for n in range(week.MOST_OF_A_DAY + 3)
    )

    assert "另有3项没有列出" in page_of(people["C"]).content.decode()


# The files


def test_calendar_file_has_time_place_and_number_but_no_names(people):
    case = dispute(people)
    row = hearing(case, people, on=WEDNESDAY)
    answer = page_of(people["C"], "hearings:hearing_file", row.public_id)
    text = answer.content.decode().replace("\r\n ", "")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert f"UID:{row.public_id}@testserver" in text
    assert "DTSTART:20260304T013000Z" in text  # 9:30 in Beijing
    assert "DTEND:20260304T033000Z" in text
    assert f"SUMMARY:开庭 {case.case_no}" in text
    assert "LOCATION:第一仲裁庭" in text
    assert "王某某" not in text
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_calendar_file_escapes_and_says_what_was_cancelled(people):
    row = hearing(
        dispute(people), people, room=None, place="工地, 二期; 会议室", state="postponed", postponed_why="病"
    )
    text = calendar_of([row], at=moment(TODAY), host="huxin.test")

    assert "LOCATION:工地\\, 二期\\; 会议室" in text
    assert "STATUS:CANCELLED" in text


def test_calendar_of_the_week_holds_its_hearings(people):
    for on in (WEDNESDAY, date(2026, 3, 5), date(2026, 3, 12)):
        hearing(dispute(people), people, on=on)

    assert page_of(people["C"], "hearings:calendar").content.count(b"BEGIN:VEVENT") == 2


def test_printed_list_says_who_printed_it(people, tmp_path):
    case = dispute(people)
    hearing(case, people, on=WEDNESDAY)
    answer = page_of(people["C"], "hearings:roster")
    (tmp_path / "list.pdf").write_bytes(answer.content)
    text = "".join(PdfReader(tmp_path / "list.pdf").pages[0].extract_text().split())

    assert answer["Content-Type"] == "application/pdf"
    assert "排期表" in text
    assert "2026年3月4日" in text
    assert "09:30–11:30" in text
    assert "打印人：夏雨" in text


# Choosing a time


def test_earliest_day_leaves_five_working_days_for_the_notice(people):
    # Monday the 2nd: 3, 4, 5, 6 and the 9th lie between when the fifth day itself is counted on the 2nd.
    assert choosing.earliest(TODAY) == date(2026, 3, 9)
    with override_settings(HEARING_CLEAR_DAYS=True):
        assert choosing.earliest(TODAY) == date(2026, 3, 10)


def test_hearing_is_not_before_the_reply_is_due(people):
    case = ready(people)
    clock(case, "ARB-05", date(2026, 2, 12), date(2026, 3, 12), party=case.parties.get(role="respondent"))
    clock(case, "ARB-23", date(2026, 2, 10), date(2026, 3, 27))
    limits = choosing.bounds(case, TODAY)

    assert (limits.first, limits.reply_ends) == (date(2026, 3, 13), date(2026, 3, 12))
    assert limits.award_due == date(2026, 3, 27)


def test_taken_rooms_and_people_are_named(people):
    Room.objects.create(agency=ready(people).agency, name="第二仲裁庭")
    case, other = ready(people), dispute(people)
    hearing(other, people, on=date(2026, 3, 9))
    day = choosing.choices(case, "schedule", TODAY)[0]
    slots = {(slot.starts, slot.room.name): slot for slot in day.slots}

    first = slots[time(9, 30), "第一仲裁庭"]
    assert first.taken[0] == f"第一仲裁庭已排{other.case_no}（09:30–11:30）"
    assert f"唐明远要办{other.case_no}（09:30–11:30）" in first.taken
    assert all("第一仲裁庭已排" not in each for each in slots[time(9, 30), "第二仲裁庭"].taken)
    assert not slots[time(9, 30), "第二仲裁庭"].is_free  # the arbitrator sits elsewhere
    assert slots[time(14, 30), "第二仲裁庭"].is_free


def test_page_leads_to_the_step_with_everything_filled_in(people):
    Room.objects.create(agency=ready(people).agency, name="第三仲裁庭")
    case = ready(people)
    page = page_of(people["C"], "hearings:times", case.public_id)
    day = choosing.choices(case, "schedule", TODAY)[0]
    step = Client()
    step.force_login(people["C"])
    form = step.get(day.slots[0].url).context["form"]

    assert page.status_code == 200
    assert day.slots[0].url.replace("&", "&amp;") in page.content.decode()
    assert form["hearing_on"].value() == "2026-03-09"
    assert form["starts"].value() == "09:30"
    assert str(form["room"].value()) == str(Room.objects.get(name="第三仲裁庭").pk)


def test_page_is_not_for_cases_whose_hearing_cannot_be_set(people):
    window = make_user("window02", agency="arb", role="window")

    assert page_of(people["C"], "hearings:times", dispute(people).public_id).status_code == 403
    assert page_of(window, "hearings:times", ready(people).public_id).status_code == 403
    assert Hearing.objects.count() == 0
