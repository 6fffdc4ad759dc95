"""The database's answer against a slow recount of the same histories in plain Python."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest
from random import Random

import pytest

from agencies.services import load_agencies
from reports.definitions import K1, K2, K3, K8, OVERDUE
from reports.indicators import measure
from tests.reports.complaints import complaint, record_reopening, run_term

pytestmark = pytest.mark.django_db

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


def store(history: History) -> None:
    is_closed = len(history.closings) > len(history.reopenings)
    case = complaint(
        filed_on=history.filed_on,
        closed_on=history.closings[-1] if is_closed else None,
        reopened_on=history.reopenings[-1] if history.reopenings else None,
    )
    for closed_on, on in zip(history.closings, history.reopenings, strict=False):
        record_reopening(case, on=on, closed_on=closed_on)
    for start, due in history.terms:
        run_term(case, started_on=start, due_on=due, ended_on=start)


def recount(histories: list[History], from_on: date, as_of: date) -> dict[str, tuple[int, int | None]]:
    flow = cohort = due = (0, 0)
    overdue = days = handled = 0
    for each in histories:
        if each.filed_on > as_of:
            continue
        closed, term = each.closed_at(as_of), each.due_at(as_of)
        in_period = closed is not None and closed >= from_on
        if closed is None or in_period:
            flow = (flow[0] + in_period, flow[1] + 1)
        if each.filed_on >= from_on:
            cohort = (cohort[0] + (closed is not None), cohort[1] + 1)
        if term is not None and from_on <= term <= as_of:
            due = (due[0] + (closed is not None and closed <= term), due[1] + 1)
        overdue += closed is None and term is not None and term < as_of
        if in_period:
            days, handled = days + (closed - each.filed_on).days, handled + 1
    return {K1.id: flow, K2.id: cohort, K3.id: due, K8.id: (days, handled), OVERDUE.id: (overdue, None)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_equal_a_recount_of_random_histories_at_random_cut_offs(seed):
    random = Random(seed)
    load_agencies()
    histories = [invent(random) for _ in range(120)]
    for history in histories:
        store(history)

    for _ in range(25):
        as_of = FIRST + random.randrange(600) * DAY
        from_on = as_of - random.randrange(400) * DAY
        expected = recount(histories, from_on, as_of)
        found = measure(expected, from_on=from_on, as_of=as_of)
        assert {f.definition.id: (f.numerator, f.denominator) for f in found} == expected
