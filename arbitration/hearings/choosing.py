"""Choosing when a hearing is held: the days on which notice is still in time, the rooms and people that are free."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from arbitration import booking
from arbitration import deadlines as d
from arbitration.models import Hearing, Room
from arbitration.people import tribunal_and_clerk
from calendars.services import current_calendar
from cases import clocks
from cases.models import Case

SLOTS = ((time(9, 30), time(11, 30)), (time(14, 30), time(16, 30)))
SHOWN_DAYS = 10  # working days
STEPS = ("schedule", "postpone")


@dataclass(frozen=True)
class Slot:
    """One room at one time of a day; ``taken`` are the sentences why it cannot be chosen."""

    starts: time
    ends: time
    room: Room
    taken: list[str]
    url: str = ""

    @property
    def is_free(self) -> bool:
        return not self.taken


@dataclass(frozen=True)
class Choice:
    """One day on which everybody can still be told in time, with its slots."""

    on: date
    notice_by: date
    postpone_by: date
    slots: list[Slot] = field(default_factory=list)


@dataclass(frozen=True)
class Bounds:
    """Between which days a hearing makes sense, and why."""

    first: date
    reply_ends: date | None
    award_due: date | None


def bounds(case: Case, today: date) -> Bounds:
    """The first day for which notice is in time and the reply period is over, and the last day for the award."""
    reply = [row.due_on for row in clocks.running_rows(case, d.REPLY) if row.due_on]
    award = [row.due_on for row in clocks.running_rows(case, d.AWARD, d.AWARD_RESTARTED) if row.due_on]
    reply_ends = max(reply) if reply else None
    first = earliest(today)
    if reply_ends is not None and first <= reply_ends:
        first = current_calendar().next_working_day(reply_ends)
    return Bounds(first, reply_ends, min(award) if award else None)


def earliest(today: date) -> date:
    """The first working day that is far enough away to be told of today."""
    day = today
    while True:
        day = current_calendar().next_working_day(day)
        if booking.notice_by(day) >= today:
            return day


def choices(case: Any, step: str, today: date) -> list[Choice]:
    """The next working days with every room in the morning and the afternoon; the same few queries for any number."""
    calendar, limits = current_calendar(), bounds(case, today)
    chosen = [limits.first]
    while len(chosen) < SHOWN_DAYS:
        chosen.append(calendar.next_working_day(chosen[-1]))
    rooms = list(Room.objects.filter(agency=case.agency_id, is_active=True))
    people = tribunal_and_clerk(case)
    taken = _standing(case, rooms, people, chosen)
    return [
        Choice(
            on,
            booking.notice_by(on),
            booking.postponement_by(on),
            [
                _slot(case, step, on, starts, ends, room, people, taken)
                for starts, ends in SLOTS
                for room in rooms
            ],
        )
        for on in chosen
    ]


def _standing(case: Any, rooms: list[Room], people: Iterable[Any], chosen: list[date]) -> list[Hearing]:
    """The hearings of other cases that have one of the rooms or people on these days."""
    rows = Hearing.objects.standing().filter(
        Q(room__in=rooms) | Q(people__in=list(people)),
        starts_at__gte=_moment(chosen[0], time.min),
        starts_at__lt=_moment(chosen[-1] + timedelta(days=1), time.min),
    )
    return list(
        rows.exclude(case_id=case.pk).distinct().select_related("case", "room").prefetch_related("people")
    )


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _slot(
    case: Any,
    step: str,
    on: date,
    starts: time,
    ends: time,
    room: Room,
    people: Iterable[Any],
    standing: list[Hearing],
) -> Slot:
    begin, end = _moment(on, starts), _moment(on, ends)
    at_the_time = [row for row in standing if row.starts_at < end and row.ends_at > begin]
    sentences = booking.said_of(at_the_time, room=room, people=people)
    given = {
        "hearing_on": on.isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "room": room.pk,
    }
    query = urlencode({f"f-{name}": value for name, value in given.items()})
    url = f"{reverse('cases:take_step', args=[case.public_id, step])}?{query}"
    return Slot(starts, ends, room, sentences, url)
