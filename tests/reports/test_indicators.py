"""What is counted, and that the cases behind a number are exactly those counted."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from agencies.models import Agency, User
from agencies.services import load_agencies
from cases.models import Case, CaseKind, CaseUserGrant
from inspection.states import State
from reports.definitions import INDICATORS, K1, K2, K3, OVERDUE, UnknownIndicatorError
from reports.indicators import Figure, cases_behind, measure
from reports.parts import PARTS, UnknownPartError
from reports.periods import PeriodError
from tests.people import make_user
from tests.reports.complaints import (
    complaint,
    moment,
    payment,
    record_reopening,
    run_term,
    worked_example,
    worker,
)

pytestmark = pytest.mark.django_db

YEAR = {"from_on": date(2025, 1, 1), "as_of": date(2025, 10, 31)}
FEBRUARY = date(2025, 2, 3)


@pytest.fixture(autouse=True)
def _bodies(db):
    load_agencies()


def figure(id_, **where):
    return measure([id_], **{**YEAR, **where})[0]


def fraction(id_, **where):
    found = figure(id_, **where)
    return found.numerator, found.denominator


def numbers_behind(id_, part, **where):
    return sorted(cases_behind(id_, part, **{**YEAR, **where}).values_list("pk", flat=True))


def test_worked_example_gives_opposite_verdicts_for_the_same_office():
    worked_example()

    k1, k2, k3 = measure(["K1", "K2", "K3"], **YEAR)

    assert [(f.numerator, f.denominator) for f in (k1, k2, k3)] == [(123, 126), (118, 120), (117, 119)]
    assert [f.met for f in (k1, k2, k3)] == [False, True, True]
    assert (k1.missing, k2.missing, k3.missing) == (1, 0, 0)
    assert (k1.parts["opening"], k1.parts["filed"], k1.parts["gap"]) == (6, 120, 3)


def test_closing_the_missing_cases_reaches_the_target():
    worked_example()
    case = cases_behind("K1", "gap", **YEAR).first()

    case.closed_on = case.ended_on = date(2025, 10, 31)
    case.outcome = "01"
    case.save()

    assert fraction("K1") == (124, 126)
    assert figure("K1").met is True


def test_nothing_to_divide_by_is_no_rate_and_no_verdict():
    shares = measure(["K1", "K2", "K3"], **YEAR)

    assert [(f.numerator, f.denominator, f.rate, f.met, f.missing, f.spare) for f in shares] == [
        (0, 0, None, None, None, None)
    ] * 3


def test_exactly_the_target_is_met():
    exact = Figure(K1, 49, 50)

    assert exact.rate == Fraction(98, 100)
    assert (exact.met, exact.missing, exact.spare) == (True, 0, 0)


def test_a_share_that_only_rounds_to_the_target_is_not_met():
    close = Figure(K1, 24_499, 25_000)

    assert close.rate == Fraction("0.97996")
    assert (close.met, close.missing) == (False, 1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "due_today", "missing"),
    [
        (117, 120, 0, 30),  # 147/150 is exactly 98 %
        (117, 120, 1, 1),  # one due today and open: 118/120 is above
        (115, 120, 1, 81),  # that one, then 80 that are still to come due: 196/200
        (49, 50, 0, 0),
    ],
)
def test_closures_missing_on_time_count_those_still_to_come_due(numerator, denominator, due_today, missing):
    on_time = Figure(K3, numerator, denominator, {"due_today": due_today})

    assert on_time.missing == missing


def test_a_target_of_everything_cannot_be_reached_once_a_case_was_late():
    everything = Figure(
        replace(K3, targets=((2025, "1"),)), numerator=9, denominator=10, parts={"due_today": 0}
    )

    assert everything.missing is None


def test_cases_closed_before_the_period_or_filed_after_it_are_outside():
    complaint(filed_on=date(2024, 6, 3), closed_on=date(2024, 12, 31))
    complaint(filed_on=date(2025, 11, 1))
    first_day = complaint(filed_on=date(2025, 1, 1), closed_on=date(2025, 1, 1))
    last_day = complaint(filed_on=date(2025, 10, 31), closed_on=date(2025, 10, 31))

    assert fraction("K1") == fraction("K2") == (2, 2)
    assert numbers_behind("K1", "denominator") == [first_day.pk, last_day.pk]


def test_a_case_closed_after_the_cut_off_was_open_at_it():
    case = complaint(filed_on=FEBRUARY, closed_on=date(2025, 11, 1))

    assert fraction("K1") == fraction("K2") == (0, 1)
    assert numbers_behind("K1", "gap") == [case.pk]


def test_what_never_was_filed_is_outside_and_every_other_end_is_inside():
    for state in (State.REGISTERED, State.NOT_ACCEPTED, State.REDIRECTED, State.VOID, State.FILING):
        complaint(filed_on=None, state=state, ended_on=date(2025, 3, 3))
    complaint(filed_on=FEBRUARY, closed_on=date(2025, 3, 3), outcome="10")
    complaint(filed_on=FEBRUARY, closed_on=date(2025, 3, 3), outcome="12", state=State.CANCELLED)
    complaint(filed_on=FEBRUARY, closed_on=date(2025, 3, 3), outcome="13", state=State.ARCHIVED)
    complaint(filed_on=FEBRUARY, state=State.POLICE_PENDING)
    complaint(filed_on=FEBRUARY, is_suspended=True)

    k1 = figure("K1")

    assert (k1.numerator, k1.denominator) == (3, 5)
    assert [k1.parts[name] for name in ("unfounded", "withdrawn", "suspended", "gap")] == [1, 1, 1, 2]
    assert k1.without("unfounded") == Fraction(2, 4)


def test_other_kinds_of_cases_are_not_complaints():
    complaint(filed_on=FEBRUARY, kind=CaseKind.ARBITRATION, agency="arb")

    assert fraction("K1") == (0, 0)


def test_a_reopening_undoes_the_old_closing_from_its_day_on():
    case = complaint(filed_on=FEBRUARY, reopened_on=date(2025, 6, 2))
    record_reopening(case, on=date(2025, 6, 2), closed_on=date(2025, 3, 10))

    before = figure("K1", as_of=date(2025, 6, 1))
    after = figure("K1", as_of=date(2025, 6, 2))

    assert (before.numerator, before.denominator, before.parts["reopened"]) == (1, 1, 0)
    assert (after.numerator, after.denominator, after.parts["reopened"]) == (0, 1, 1)
    assert numbers_behind("K1", "numerator", as_of=date(2025, 6, 1)) == [case.pk]


def test_a_reopened_case_of_an_earlier_period_is_carried_over_and_counts_when_closed_again():
    case = complaint(filed_on=date(2024, 5, 6), closed_on=date(2025, 7, 1), reopened_on=date(2025, 6, 2))
    record_reopening(case, on=date(2025, 6, 2), closed_on=date(2024, 12, 2))

    assert fraction("K1", as_of=date(2025, 6, 1)) == (0, 0)
    assert fraction("K1", as_of=date(2025, 6, 30)) == (0, 1)
    assert fraction("K1", as_of=date(2025, 7, 1)) == (1, 1)


def test_a_case_reopened_twice_is_as_the_record_says_at_each_cut_off():
    case = complaint(filed_on=FEBRUARY, reopened_on=date(2025, 8, 1))
    record_reopening(case, on=date(2025, 4, 1), closed_on=date(2025, 3, 3), outcome="12")
    record_reopening(case, on=date(2025, 8, 1), closed_on=date(2025, 6, 3), outcome="13")

    seen = {
        day: [
            figure("K1", as_of=day).parts[name]
            for name in ("numerator", "unfounded", "withdrawn", "reopened")
        ]
        for day in (date(2025, 3, 31), date(2025, 4, 1), date(2025, 7, 31), date(2025, 8, 1))
    }

    assert seen == {
        date(2025, 3, 31): [1, 1, 0, 0],
        date(2025, 4, 1): [0, 0, 0, 1],
        date(2025, 7, 31): [1, 0, 1, 1],
        date(2025, 8, 1): [0, 0, 0, 1],
    }


def test_on_time_is_on_or_before_the_due_day_of_the_period():
    complaint(filed_on=FEBRUARY, closed_on=date(2025, 5, 6), due_on=date(2025, 5, 6))
    late = complaint(filed_on=FEBRUARY, closed_on=date(2025, 5, 7), due_on=date(2025, 5, 6))
    still_open = complaint(filed_on=FEBRUARY, due_on=date(2025, 10, 30))
    due_at_cut_off = complaint(filed_on=FEBRUARY, due_on=date(2025, 10, 31))
    complaint(filed_on=FEBRUARY, closed_on=date(2025, 5, 7), due_on=date(2025, 11, 3))
    complaint(filed_on=FEBRUARY)

    k3 = figure("K3")

    assert (k3.numerator, k3.denominator, k3.parts["due_today"]) == (1, 4, 1)
    assert numbers_behind("K3", "gap") == sorted([late.pk, still_open.pk, due_at_cut_off.pk])
    assert numbers_behind(OVERDUE.id, "numerator") == [still_open.pk]


def test_a_case_closed_before_the_period_counts_when_its_due_day_lies_in_it():
    complaint(filed_on=date(2024, 12, 2), closed_on=date(2024, 12, 30), due_on=date(2025, 3, 3))

    assert (fraction("K1"), fraction("K3")) == ((0, 0), (1, 1))


def test_the_last_run_of_the_term_counts_and_only_once_it_has_started():
    case = complaint(filed_on=FEBRUARY, reopened_on=date(2025, 6, 2))
    record_reopening(case, on=date(2025, 6, 2), closed_on=date(2025, 5, 6))
    run_term(case, started_on=FEBRUARY, due_on=date(2025, 5, 6), ended_on=date(2025, 5, 6))
    run_term(case, started_on=date(2025, 6, 2), due_on=date(2025, 8, 26))
    run_term(case, started_on=date(2025, 6, 2), due_on=date(2025, 6, 20), rule_code="T11")

    assert fraction("K3", as_of=date(2025, 6, 1)) == (1, 1)
    assert fraction("K3", as_of=date(2025, 6, 2)) == (0, 0)
    assert fraction("K3", as_of=date(2025, 8, 26)) == (0, 1)
    assert figure(OVERDUE.id, as_of=date(2025, 8, 27)).numerator == 1


def test_recovered_wages_are_verified_payments_of_the_period():
    first, second = complaint(filed_on=FEBRUARY), complaint(filed_on=FEBRUARY)
    one, two, three = worker(first), worker(first), worker(second)
    payment(one, 100_000, paid_on=date(2025, 3, 3))
    payment(one, 50_000, paid_on=date(2025, 4, 3))
    payment(three, 7, paid_on=date(2025, 10, 31))
    payment(two, 1_000_000, paid_on=date(2025, 10, 30), verified_on=date(2025, 11, 3))
    payment(two, 2_000_000, paid_on=date(2024, 12, 31))
    payment(two, 4_000_000, paid_on=date(2025, 3, 3), reversed_at=timezone.now() - timedelta(days=400))

    k6 = figure("K6")
    at_the_time = figure("K6", as_of=date(2025, 11, 3))

    assert (k6.numerator, k6.denominator, k6.beside, k6.parts) == (
        150_007,
        None,
        {"persons": 2},
        {"numerator": 2},
    )
    assert (at_the_time.numerator, at_the_time.beside["persons"]) == (1_150_007, 3)
    assert (k6.rate, k6.target, k6.met) == (None, None, None)


def test_a_reversal_holds_from_its_day_on():
    to = worker(complaint(filed_on=FEBRUARY))
    payment(to, 9_900, paid_on=date(2025, 3, 3), reversed_at=moment(date(2025, 5, 6), hour=0))

    assert figure("K6", as_of=date(2025, 5, 5)).numerator == 9_900
    assert figure("K6", as_of=date(2025, 5, 6)).numerator == 0


@pytest.mark.parametrize(
    ("days", "mean", "median"),
    [([10], 10, 10), ([0, 3, 30], 11, 3), ([1, 2, 4, 4], Fraction(11, 4), 3), ([], None, None)],
)
def test_handling_time_is_calendar_days_from_filing_to_closing(days, mean, median):
    for n in days:
        complaint(filed_on=FEBRUARY, closed_on=FEBRUARY + timedelta(days=n))
    complaint(filed_on=FEBRUARY)

    k8 = figure("K8")

    assert (k8.rate, k8.beside["median"]) == (mean, median)
    assert (k8.numerator, k8.denominator) == (sum(days), len(days))


def sightings():
    """The district: two complaints of the inspection, one of another office, one of an office below it."""
    worked = complaint(filed_on=FEBRUARY, closed_on=date(2025, 3, 3), due_on=date(2025, 5, 6))
    open_late = complaint(filed_on=FEBRUARY, due_on=date(2025, 5, 6), is_suspended=True)
    shared = complaint(filed_on=FEBRUARY, due_on=date(2025, 5, 6), agency="town-dongcheng")
    elsewhere = complaint(
        filed_on=FEBRUARY, closed_on=date(2025, 3, 3), due_on=date(2025, 5, 6), agency="housing"
    )
    for case in (worked, elsewhere):
        payment(worker(case), 500, paid_on=date(2025, 3, 3))
    return worked, open_late, shared, elsewhere


ROLES = {
    "inspector": ("inspection", "inspector", 2),
    "head": ("inspection", "inspection_head", 2),
    "stats": ("hrss", "stats", 2),
    "bureau": ("hrss", "bureau_head", 2),
    "leader": ("district", "leader", 4),
    "institute": ("arb", "institute_head", 0),
}


@pytest.mark.parametrize("name", ROLES)
def test_a_person_counts_the_cases_of_the_own_office_and_nobody_elses(name):
    agency, role, seen = ROLES[name]
    sightings()

    assert fraction("K1", user=make_user(name, agency=agency, role=role))[1] == seen


def test_a_case_shared_with_another_office_stays_out_of_its_figures():
    _worked, _open_late, shared, _elsewhere = sightings()
    user = make_user("head", agency="inspection", role="inspection_head")
    CaseUserGrant.objects.assign_perm("view_case", user, shared)

    assert Case.objects.visible_to(user).count() == 3
    assert fraction("K1", user=user) == (1, 2)


@pytest.mark.parametrize(
    ("code", "seen"), [("district", 4), ("hrss", 2), ("inspection", 2), ("housing", 1), ("arb", 0)]
)
def test_an_agency_counts_with_those_below_it(code, seen):
    sightings()

    assert fraction("K1", agency=Agency.objects.get(code=code))[1] == seen


@pytest.mark.parametrize("name", [*ROLES, "nobody"])
def test_every_number_is_as_long_as_its_list(name):
    sightings()
    worked_example()
    user = make_user(name, agency=ROLES[name][0], role=ROLES[name][1]) if name in ROLES else None

    for found in measure([*INDICATORS, OVERDUE.id], user=user, **YEAR):
        lists = {
            part: cases_behind(found.definition.id, part, user=user, **YEAR).count()
            for part in PARTS[found.definition.id]
        }
        assert lists == found.parts


def test_the_parts_of_the_headline_add_up():
    worked_example()
    sightings()

    parts = figure("K1").parts

    assert parts["opening"] + parts["filed"] == parts["denominator"]
    assert parts["denominator"] - parts["numerator"] == parts["gap"]


@pytest.mark.parametrize("many", [1, 12])
def test_shares_need_one_query_and_all_figures_of_complaints_three(django_assert_num_queries, many):
    for _ in range(many):
        sightings()
    user = User.objects.select_related("agency").get(
        pk=make_user("leader", agency="district", role="leader").pk
    )

    with django_assert_num_queries(1):
        measure(["K1", "K2", "K3", OVERDUE.id], user=user, **YEAR)
    with django_assert_num_queries(3):
        measure(["K1", "K2", "K3", "K6", "K8", OVERDUE.id], user=user, **YEAR)
    with django_assert_num_queries(10):  # four kinds; payments, awards; durations and sums of two kinds each
        measure(INDICATORS, user=user, **YEAR)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(PeriodError, match="截止日期2024-12-31早于开始日期2025-01-01"):
        measure(["K1"], from_on=date(2025, 1, 1), as_of=date(2024, 12, 31))


def test_a_period_that_ends_after_today_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(PeriodError, match="晚于今天"):
        cases_behind("K1", "gap", from_on=date(2025, 1, 1), as_of=tomorrow)


@pytest.mark.parametrize("id_", ["K4", "K10", "", "k1"])
def test_an_indicator_that_is_not_computed_is_unknown(id_):
    with pytest.raises(UnknownIndicatorError):
        measure([id_], **YEAR)


def test_a_part_that_there_is_not_is_unknown():
    with pytest.raises(UnknownPartError):
        cases_behind("K1", "everything", **YEAR)


def test_definitions_name_formula_basis_and_source():
    for each in (*INDICATORS.values(), OVERDUE):
        assert all((each.label, each.formula, each.basis, each.exclusions, each.source, each.version))
    assert [each.target_share for each in (K1, K2, K3)] == [Decimal("0.98")] * 3
    assert [each.target_share for each in (INDICATORS["K6"], INDICATORS["K8"], OVERDUE)] == [None] * 3
