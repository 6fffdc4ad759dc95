"""Writes the history: the stories of a set, act by act in the order of time."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from django.db import transaction
from django.utils import timezone, translation

from agencies.origin import request_id
from calendars.memo import reading_once
from cases.models import Case, CaseKind, TimelineEvent
from documents.models import Document
from documents.services import RENDER
from inspection.states import State
from notifications.models import OutboxMessage
from reports.demo.clock import Clock, turned_back
from reports.demo.copies import write
from reports.demo.fiction import Fiction, units
from reports.demo.histories import read
from reports.demo.office import File, Staff
from reports.demo.plan import Plan
from reports.demo.stories import arbitration, clues, legal_aid, mediation

ORIGIN = "seed_demo"
"""Stands in the record of every act of the history, so that the set is found again."""

MADE_AT_ONCE = timedelta(days=30)
"""Documents of so many days are turned into PDFs by the worker after the set was written."""

Progress = Callable[[int, date | None], None]


class HistoryTooLong(Exception):
    """A story wanted to go on after the last day: its row of the plan gives it too little time."""


@dataclass(frozen=True)
class Content:
    """What a set consists of, as it lies in the database."""

    states: Counter[str]
    documents: int
    others: Counter[str]

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
    elsewhere = acts.exclude(case__kind=CaseKind.INSPECTION).values_list("case__kind", "case").distinct()
    others = Counter(str(CaseKind(kind).label) for kind, _case in elsewhere)
    return Content(states, Document.objects.filter(case__in=cases).count(), others)


def write_history(plan: Plan, *, as_of: date, seed: int, progress: Progress, cases: int = 0) -> None:
    """The cases of the plan stand in the database, as if the office had worked on them up to the last day.

    The cases of the other offices follow; where ``cases`` are more than those of the plan, copies of its histories
    until there are so many complaints instead (`reports.demo.copies`).
    One transaction: all of it or nothing; on SQLite nobody else writes meanwhile. ``progress`` is called with the
    number of complaints written so far and the day, None for copies. The same seed and day give the same history,
    but for public ids. Raises CalendarError when the calendar does not reach, HistoryTooLong, and whatever the
    services refuse.
    """
    rng = Random(seed)  # noqa: S311  invented data, nothing secret
    beginnings = sorted(plan.beginnings(as_of, rng), key=lambda each: each.day)
    latest = min(timezone.now(), datetime.combine(as_of, time(20), timezone.get_default_timezone()))
    with transaction.atomic(), reading_once(), translation.override("zh-hans"), _marked(seed):
        staff = Staff.on_duty()
        fiction = Fiction(rng, units(plan.employers))
        with turned_back(latest) as clock:
            waiting, files = [], []
            for number, beginning in enumerate(beginnings, start=1):
                by_hand = beginning.each > 0
                own = Random(f"{seed}-{number}")  # noqa: S311
                file = File(number, as_of, staff, clock, fiction, own, by_hand=by_hand)
                files.append(file)
                waiting.append((beginning.day, number, beginning.story(file)))
            _tell(waiting, clock, as_of, progress)
            with_copies = cases > len(files)
            if not with_copies:
                legal_aid.write(as_of=as_of, latest=latest)
                mediation.write(as_of=as_of, latest=latest)
                arbitration.write(as_of=as_of, latest=latest, whole_year=plan.is_district)
            _leave_old_pdfs(as_of)
            clues.write(staff, as_of=as_of, latest=latest)
            if with_copies:
                weights = {file.key: each.each for file, each in zip(files, beginnings, strict=True)}
                _copy(weights, cases - len(files), fiction, lambda n: progress(len(files) + n, None))


def _leave_old_pdfs(as_of: date) -> None:
    """The worker makes the PDFs of the last month only; an older one is made when somebody opens it."""
    old = Document.objects.filter(issued_on__lt=as_of - MADE_AT_ONCE).values_list("public_id", flat=True)
    waiting = OutboxMessage.objects.filter(kind=RENDER, state=OutboxMessage.State.PENDING)
    keys = [str(each) for each in old]
    for start in range(0, len(keys), 500):
        waiting.filter(key__in=keys[start : start + 500]).delete()


def _copy(weights: dict[int, float], count: int, fiction: Fiction, progress: Callable[[int], None]) -> None:
    """So many copies of the cases that stand for others stand beside them."""
    histories = read(key for key, each in weights.items() if each)
    write(
        histories,
        [weights[each.case.pk] for each in histories],
        count,
        fiction=fiction,
        progress=progress,
    )


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
