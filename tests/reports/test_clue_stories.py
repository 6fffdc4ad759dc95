"""The clues of the demo set: every situation of the list, written through the services, the same each time."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from agencies.services import load_agencies
from calendars.services import load_official_calendars
from inspection.clues import Clue, clocks, on_time
from reports.demo.accounts import ensure_accounts
from reports.demo.office import Staff
from reports.demo.stories import clues

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


@pytest.fixture
def written(time_machine) -> list[Clue]:
    time_machine.move_to(NOW, tick=False)
    load_agencies()
    load_official_calendars()
    ensure_accounts()
    clues.write(Staff.on_duty(), as_of=TODAY, latest=NOW)
    return list(Clue.objects.order_by("pk"))


def test_list_shows_every_lamp_and_every_view(written):
    running = [clue for clue in written if clue.is_open]

    assert {clocks.list_lamp(clue, NOW).colour.value for clue in running} == {"green", "today", "red"}
    assert {clue.pending_step for clue in running} == {"", "close_clue"}
    assert [clue.escalated_at is None for clue in running if clue.hot_at] == [False, True]
    assert [clue.extension_days for clue in running if clue.extension_days] == [5]


def test_closed_clues_have_their_verdicts_in_time_and_late(written):
    closed = {clue.verdict: on_time(clue) for clue in written if not clue.is_open}

    assert closed == {"paid": True, "unreachable": True, "elsewhere": True, "untrue": False}


def test_record_of_each_clue_is_whole_and_in_the_order_of_time(written):
    for clue in written:
        events = list(clue.events.order_by("seq"))
        assert [event.seq for event in events] == list(range(1, clue.audit_length + 1))
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert events[-1].at <= timezone.now()


def test_nothing_is_written_about_real_people(written):
    numbers = {clue.reporter_phone for clue in written} - {""}

    assert all(number.startswith("1980000") for number in numbers)
    assert all("示例" in clue.employer_name for clue in written if clue.employer_name)
