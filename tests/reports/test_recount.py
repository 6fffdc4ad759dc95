"""The database's answer against a slow recount of the same histories in plain Python."""

from datetime import date
from random import Random

import pytest

from agencies.services import load_agencies
from reports.definitions import K1, K2, K3, K8, OVERDUE
from reports.indicators import closure_rates, measure
from reports.periods import years_to_date_by_month
from tests.reports.histories import DAY, FIRST, History, invent, store

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("seed", [1, 2])
def test_month_ends_are_what_the_command_says_of_their_days(seed, django_assert_num_queries):
    random = Random(seed)
    load_agencies()
    histories = [invent(random) for _ in range(120)]
    for history in histories:
        store(history)
    month_ends = years_to_date_by_month(FIRST + 500 * DAY, 12)

    with django_assert_num_queries(1):
        found = closure_rates(K1, month_ends)

    again = [measure(["K1"], from_on=each.from_on, as_of=each.as_of)[0] for each in month_ends]
    recounted = [recount(histories, each.from_on, each.as_of)[K1.id] for each in month_ends]
    assert [(f.numerator, f.denominator) for f in found] == recounted
    assert [(f.numerator, f.denominator) for f in again] == recounted
    assert len(set(recounted)) > 6
