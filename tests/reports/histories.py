"""Invented histories of complaints: filed, closed and reopened in turn, as rows of the database."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest
from random import Random
from typing import Any

from cases.models import Case
from tests.reports.complaints import complaint, record_reopening, run_term

DAY = timedelta(days=1)
FIRST = date(2024, 9, 2)


@dataclass
class History:
    """What happened to one case: filed, closed and reopened in turn; the runs of its term as (start, due)."""

    filed_on: date
    closings: list[date] = field(default_factory=list)
    reopenings: list[date] = field(default_factory=list)
    terms: list[tuple[date, date]] = field(default_factory=list)

    def closed_at(self, day: date) -> date | None:
        """The closing that stood at the end of the day."""
        found = None
        for closed_on, reopened_on in zip_longest(self.closings, self.reopenings):
            if closed_on and closed_on <= day:
                found = closed_on
            if reopened_on and reopened_on <= day:
                found = None
        return found

    def due_at(self, day: date) -> date | None:
        started = [due for start, due in self.terms if start <= day]
        return started[-1] if started else None


def invent(random: Random) -> History:
    on = FIRST + random.randrange(420) * DAY
    history = History(on, terms=[(on, on + random.randrange(60, 140) * DAY)])
    for _ in range(random.choice([0, 0, 1, 1, 1, 2])):
        on += random.randrange(0, 120) * DAY
        history.closings.append(on)
        if random.random() < 0.5:
            break
        on += random.randrange(0, 60) * DAY
        history.reopenings.append(on)
        history.terms.append((on, on + random.randrange(60, 140) * DAY))
        on += DAY
    return history


def store(history: History, **fields: Any) -> Case:
    is_closed = len(history.closings) > len(history.reopenings)
    case = complaint(
        filed_on=history.filed_on,
        closed_on=history.closings[-1] if is_closed else None,
        reopened_on=history.reopenings[-1] if history.reopenings else None,
        **fields,
    )
    for closed_on, on in zip(history.closings, history.reopenings, strict=False):
        record_reopening(case, on=on, closed_on=closed_on)
    for start, due in history.terms:
        run_term(case, started_on=start, due_on=due, ended_on=start)
    return case
