"""Writes the history: the stories of a set, act by act in the order of time."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from heapq import heapify, heappop, heappush
from random import Random

from django.db import transaction
from django.utils import timezone, translation

from agencies.origin import request_id
from calendars.memo import reading_once
from cases.models import Case, TimelineEvent
from documents.models import Document
from inspection.states import State
from reports.demo.clock import Clock, turned_back
from reports.demo.fiction import Fiction
from reports.demo.office import File, Staff
from reports.demo.plan import Plan

ORIGIN = "seed_demo"
"""Stands in the record of every act of the history, so that the set is found again."""

Progress = Callable[[int, date], None]


class HistoryTooLong(Exception):
    """A story wanted to go on after the last day: its row of the plan gives it too little time."""


@dataclass(frozen=True)
class Content:
    """What a set consists of, as it lies in the database."""

    states: Counter[str]
    documents: int

    @property
    def cases(self) -> int:
        return self.states.total()


def present() -> Content | None:
    """What an earlier run wrote, None when there was none."""
    acts = TimelineEvent.objects.filter(request_id__startswith=ORIGIN)
    if not acts.exists():
        return None
    staff = Staff.on_duty()
    cases = Case.objects.visible_to(staff.head).filter(pk__in=acts.values("case"))
    found = Counter(cases.order_by().values_list("state", flat=True))
    states = Counter({str(state.label): found[state] for state in State if found[state]})
    return Content(states, Document.objects.filter(case__in=cases).count())


def write_history(plan: Plan, *, as_of: date, seed: int, progress: Progress) -> None:
    """The cases of the plan stand in the database, as if the office had worked on them up to the last day.

    One transaction: all of it or nothing; on SQLite nobody else writes meanwhile. ``progress`` is called with the
    number of complaints registered so far and the day. The same seed and day give the same history, but for public
    ids. Raises CalendarError when the calendar does not reach, HistoryTooLong, and whatever the services refuse.
    """
    rng = Random(seed)  # noqa: S311  invented data, nothing secret
    beginnings = plan.beginnings(as_of, rng)
    latest = min(timezone.now(), datetime.combine(as_of, time(20), timezone.get_default_timezone()))
    with transaction.atomic(), reading_once(), translation.override("zh-hans"), _marked(seed):
        staff = Staff.on_duty()
        fiction = Fiction(rng)
        with turned_back(latest) as clock:
            waiting = []
            for number, beginning in enumerate(sorted(beginnings, key=lambda each: each.day), start=1):
                file = File(number, as_of, staff, clock, fiction, Random(f"{seed}-{number}"))  # noqa: S311
                waiting.append((beginning.day, number, beginning.story(file)))
            _tell(waiting, clock, as_of, progress)


def _tell(
    waiting: list[tuple[date, int, Iterator[date]]], clock: Clock, as_of: date, progress: Progress
) -> None:
    """Each story goes on on the day it asked for, until none has anything left to do."""
    heapify(waiting)
    clock.start(waiting[0][0])
    begun: set[int] = set()
    while waiting:
        day, number, story = heappop(waiting)
        if day > as_of:
            raise HistoryTooLong(f"complaint {number} goes on on {day}")
        clock.open(day)
        next_day = next(story, None)
        if next_day is not None:
            heappush(waiting, (next_day, number, story))
        if number not in begun:
            begun.add(number)
            progress(len(begun), day)


@contextmanager
def _marked(seed: int) -> Iterator[None]:
    token = request_id.set(f"{ORIGIN}:{seed}")
    try:
        yield
    finally:
        request_id.reset(token)
