"""When a hearing may be held: notice in time, and neither room nor people taken. 劳动争议调解仲裁法第三十五条."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from arbitration import deadlines as d
from calendars.clock import Clock, due
from calendars.rules import Rule
from calendars.services import current_calendar, effective_rule


def notice_by(hearing_on: date) -> date:
    """The last day on which everybody has to be told of a hearing on the day."""
    return _counted_back(d.HEARING_NOTICE, hearing_on)


def postponement_by(hearing_on: date) -> date:
    """The last day on which a party may ask for another day."""
    return _counted_back(d.ASK_TO_POSTPONE, hearing_on)


def _counted_back(rule: Rule, hearing_on: date) -> date:
    counted = effective_rule(rule.code)
    if settings.HEARING_CLEAR_DAYS and rule is d.HEARING_NOTICE:
        counted = replace(counted, strict=True)
    return due(Clock(rule=counted, start=hearing_on), current_calendar()).due_on


def clashes(
    *,
    starts_at: datetime,
    ends_at: datetime,
    room: Any,
    people: Iterable[Any],
    without: int | None = None,
) -> list[str]:
    """Sentences for every standing hearing that has the room or one of the people at the time."""
    standing = apps.get_model("arbitration.Hearing").objects.standing()
    taken = standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    if without is not None:
        taken = taken.exclude(pk=without)
    hearings = taken.select_related("case", "room").prefetch_related("people")
    return said_of(hearings, room=room, people=people)


def said_of(hearings: Iterable[Any], *, room: Any, people: Iterable[Any]) -> list[str]:
    """A sentence for each of the hearings that has the room, and for each of the people that it has."""
    wanted = {person.pk for person in people}
    found = []
    for hearing in hearings:
        when = f"{timezone.localtime(hearing.starts_at):%H:%M}–{timezone.localtime(hearing.ends_at):%H:%M}"
        words = {"number": hearing.case.number, "when": when}
        if room is not None and hearing.room_id == room.pk:
            found.append(_("%(room)s已排%(number)s（%(when)s）") % {"room": room.name, **words})
        for person in hearing.people.all():
            if person.pk in wanted:
                found.append(_("%(who)s要办%(number)s（%(when)s）") % {"who": person, **words})
    return found
