"""The figures of labour disputes and mediations: what is counted, and that every number has exactly its cases."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from agencies.services import load_agencies
from cases.templatetags.ui import percent2
from reports.definitions import A1, INDICATORS
from reports.indicators import Figure, cases_behind, closure_rates, measure
from reports.parts import PARTS
from reports.periods import years_to_date_by_month
from tests.people import make_user
from tests.reports.complaints import complaint
from tests.reports.disputes import award, dispute, mediation, worked_year

pytestmark = pytest.mark.django_db

YEAR = {"from_on": date(2025, 1, 1), "as_of": date(2025, 10, 31)}
MARCH, MAY = date(2025, 3, 3), date(2025, 5, 6)
OF_DISPUTES = [id_ for id_ in INDICATORS if id_[0] in "AM"]


@pytest.fixture(autouse=True)
def _bodies(db):
    load_agencies()


def figure(id_, **where):
    return measure([id_], **{**YEAR, **where})[0]


def fraction(id_, **where):
    found = figure(id_, **where)
    return found.numerator, found.denominator


def test_the_worked_year_is_closed_cases_over_carried_over_and_accepted():
    worked_year()

    a1, a2 = measure(["A1", "A2"], **YEAR)

    assert (a1.parts["opening"], a1.parts["filed"], a1.numerator, a1.denominator) == (24, 310, 325, 334)
    assert (percent2(a1.rate), a1.target_text, a1.met, a1.spare) == ("97.31%", "0.97", True, 1)
    assert (a2.numerator, a2.denominator, percent2(a2.rate)) == (303, 310, "97.74%")
    assert (a2.target_text, a2.met) == (None, None)


@pytest.mark.parametrize(
    ("closed", "of", "rate", "met", "missing"),
    [
        (324, 334, "97.01%", True, 0),  # ten open
        (323, 334, "96.71%", False, 1),  # eleven
        (19_399, 20_000, "97.00%", False, 1),  # 96.995 % is shown as 97.00 % and does not pass
        (97, 100, "97.00%", True, 0),
        (0, 0, "—", None, None),
    ],
)
def test_ninety_seven_percent_is_compared_unrounded(closed, of, rate, met, missing):
    found = Figure(A1, closed, of)

    assert (percent2(found.rate), found.met, found.missing) == (rate, met, missing)


def test_what_was_refused_or_went_elsewhere_before_acceptance_is_outside_and_other_kinds_are():
    for state in ("RECEIVED", "REFUSED", "REDIRECTED", "PRE_MEDIATION"):
        dispute(accepted_on=None, state=state, ended_on=MAY)
    complaint(filed_on=MARCH)
    mediation(accepted_on=MARCH)

    assert [fraction(id_) for id_ in ("A1", "A2", "A3")] == [(0, 0)] * 3


def test_every_way_of_ending_is_closed_but_passing_it_on():
    for outcome in (
        *("mediate", "award_final", "award_nonfinal", "award_partial"),
        *("withdraw", "deemed_withdraw", "revoke", "terminate"),
    ):
        dispute(accepted_on=MARCH, closed_on=MAY, outcome=outcome)
    dispute(accepted_on=MARCH, closed_on=MAY, outcome="transfer")
    dispute(accepted_on=MARCH, is_suspended=True)

    a1 = figure("A1")

    assert (a1.numerator, a1.denominator, a1.parts["transferred"], a1.parts["gap"]) == (8, 10, 1, 1)
    assert a1.denominator - a1.numerator - a1.parts["transferred"] == a1.parts["gap"]
    assert a1.without_open("suspended") == Fraction(8, 9)
    assert fraction("A2") == (8, 10)
    assert fraction("A3") == (8, 8)
    assert fraction("A1", from_on=date(2025, 5, 7)) == (0, 1)  # who has it now counts it from then on


def test_on_time_is_by_the_due_day_that_stood_at_the_closing():
    dispute(accepted_on=MARCH, closed_on=date(2025, 4, 17), due_on=date(2025, 4, 17))
    dispute(accepted_on=MARCH, closed_on=date(2025, 4, 18), due_on=date(2025, 4, 17))
    dispute(accepted_on=MARCH, closed_on=MAY, outcome="terminate")  # its term stood still
    dispute(accepted_on=MARCH, due_on=date(2025, 4, 17))

    a3 = figure("A3")

    assert (a3.numerator, a3.denominator, a3.parts["gap"], a3.parts["stopped"]) == (2, 3, 1, 1)


def test_overdue_is_open_after_the_due_day():
    late = dispute(accepted_on=MARCH, due_on=date(2025, 10, 30))
    dispute(accepted_on=MARCH, due_on=date(2025, 10, 31))
    dispute(accepted_on=MARCH, is_suspended=True)
    dispute(accepted_on=MARCH, closed_on=MAY, due_on=date(2025, 4, 17))

    assert [case.pk for case in cases_behind("A4", "numerator", **YEAR)] == [late.pk]
    assert figure("A4", as_of=date(2025, 5, 5)).numerator == 1  # the one that was closed the day after


def test_settled_inside_the_case_are_mediation_papers_and_withdrawals_after_a_settlement():
    dispute(accepted_on=MARCH, closed_on=MAY, outcome="mediate")
    dispute(accepted_on=MARCH, closed_on=MAY, outcome="withdraw", reconciled=True)
    dispute(accepted_on=MARCH, closed_on=MAY, outcome="withdraw")
    dispute(accepted_on=MARCH, closed_on=MAY)
    mediation(accepted_on=MARCH, closed_on=MAY)

    assert fraction("A5") == (2, 4)


def test_final_awards_are_counted_by_paper_and_listed_by_case():
    both = dispute(accepted_on=MARCH, closed_on=MAY, outcome="award_partial")
    award(both, made_on=MAY)
    award(both, made_on=MAY, finality="nonfinal")
    other = dispute(accepted_on=MARCH, closed_on=MAY)
    award(other, made_on=MAY, finality="nonfinal")
    award(other, made_on=None, finality="")
    award(other, made_on=MAY, form="mediation", finality="")
    award(other, made_on=date(2025, 11, 3))

    a6 = figure("A6")

    assert (a6.numerator, a6.denominator) == (1, 3)
    assert a6.parts == {"numerator": 1, "denominator": 2}
    assert [case.pk for case in cases_behind("A6", "numerator", **YEAR)] == [both.pk]


def test_the_lane_has_the_same_figures_and_its_days():
    for days in (10, 30, 31):
        dispute(
            accepted_on=MARCH,
            closed_on=MARCH + timedelta(days=days),
            due_on=date(2025, 4, 2),
            is_priority=True,
        )
    dispute(accepted_on=MARCH, due_on=date(2025, 4, 17), is_priority=True)
    dispute(accepted_on=MARCH, closed_on=MAY)

    assert [fraction(id_) for id_ in ("A1", "A7", "A8", "A9")] == [(4, 5), (3, 4), (3, 4), (2, 3)]
    assert (figure("A10").numerator, fraction("A11"), fraction("A12")) == (1, (71, 3), (2, 3))
    assert figure("A11").beside["median"] == 30


def test_sums_asked_for_and_decided_stand_apart_with_their_workers():
    dispute(accepted_on=MARCH, claimed_fen=900_000, worker_count=12, is_group=True)
    dispute(accepted_on=MARCH, closed_on=MAY, claimed_fen=500_000, confirmed_fen=300_000)
    dispute(accepted_on=date(2024, 11, 1), closed_on=MAY, claimed_fen=70_000, confirmed_fen=60_000)
    dispute(accepted_on=MARCH, closed_on=MAY, outcome="withdraw")

    asked, decided = measure(["A13", "A14"], **YEAR)

    assert (asked.numerator, asked.beside, asked.parts) == (
        1_400_000,
        {"persons": 14},
        {"numerator": 2, "denominator": 3, "group": 1},
    )
    assert (decided.numerator, decided.beside, decided.parts) == (
        360_000,
        {"persons": 3},
        {"numerator": 2, "denominator": 3, "group": 0},
    )


def test_mediations_succeed_by_agreement_whatever_became_of_it_later():
    for outcome in ("agreed", "review", "court", "failed", "withdrawn", "to_arbitration"):
        mediation(accepted_on=MARCH, closed_on=MAY, due_on=MAY, outcome=outcome)
    mediation(accepted_on=MARCH, closed_on=MAY, due_on=MAY, outcome="withdrawn", reconciled=True)
    mediation(accepted_on=MARCH, closed_on=MAY, due_on=MAY, outcome="to_arbitration", agreed_on=MAY)
    mediation(accepted_on=None, closed_on=MAY, outcome="declined")
    mediation(accepted_on=MARCH, due_on=date(2025, 3, 18))
    mediation(accepted_on=MARCH, closed_on=MAY, due_on=date(2025, 3, 18), outcome="failed")

    assert [fraction(id_) for id_ in ("M1", "M2", "M3")] == [(5, 9), (9, 10), (8, 9)]


def district(seed=5, many=80):
    """Disputes and mediations in two offices, closed in all ways, with awards here and there."""
    random = Random(seed)
    for _ in range(many):
        on = date(2024, 9, 2) + timedelta(days=random.randrange(400))
        closed_on = on + timedelta(days=random.randrange(90)) if random.random() < 0.7 else None
        due_on = on + timedelta(days=random.choice([45, 60])) if random.random() < 0.9 else None
        if random.random() < 0.3:
            outcome = random.choice(["agreed", "failed", "review", "withdrawn"])
            mediation(accepted_on=on, closed_on=closed_on, due_on=due_on, outcome=outcome)
            continue
        outcome = random.choice(["mediate", "award_final", "transfer", "withdraw"])
        case = dispute(
            accepted_on=on,
            closed_on=closed_on,
            due_on=due_on,
            outcome=outcome,
            reconciled=random.random() < 0.5,
            agency=random.choice(["arb", "arb", "housing"]),
            is_priority=random.random() < 0.5,
            is_suspended=random.random() < 0.1,
        )
        if outcome == "award_final" and closed_on:
            award(case, made_on=closed_on, finality=random.choice(["final", "nonfinal"]))


@pytest.mark.parametrize(
    ("agency", "role", "sees"),
    [
        ("district", "leader", True),
        ("hrss", "stats", True),
        ("arb", "institute_head", True),
        ("arb", "committee_chair", True),
        ("inspection", "inspection_head", False),
        ("aid", "aid_director", False),
    ],
)
def test_every_number_is_as_long_as_its_list_for_every_role(agency, role, sees):
    district()
    user = make_user("somebody", agency=agency, role=role)

    for found in measure(OF_DISPUTES, user=user, **YEAR):
        id_ = found.definition.id
        assert {p: cases_behind(id_, p, user=user, **YEAR).count() for p in PARTS[id_]} == found.parts
        assert any(found.parts.values()) is sees


def test_month_ends_are_what_the_figure_of_their_day_says(django_assert_num_queries):
    district(many=120)
    ends = years_to_date_by_month(date(2025, 10, 31), 12)

    with django_assert_num_queries(1):
        found = closure_rates(A1, ends)

    again = [fraction("A1", from_on=each.from_on, as_of=each.as_of) for each in ends]
    assert [(each.numerator, each.denominator) for each in found] == again
    assert len(set(again)) > 8
