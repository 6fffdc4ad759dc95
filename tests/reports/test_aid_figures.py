"""The figures of legal aid: from the application to the call-back."""

from datetime import date

import pytest

from agencies.services import load_agencies
from legal_aid.states import State
from reports.definitions import INDICATORS
from reports.indicators import cases_behind, measure
from reports.parts import PARTS
from tests.people import make_user
from tests.reports.aid import application, assigned, review_limit

pytestmark = pytest.mark.django_db

YEAR = {"from_on": date(2025, 1, 1), "as_of": date(2025, 10, 31)}
OF_AID = [id_ for id_ in INDICATORS if id_[0] == "L"]
MARCH, MAY, AUTUMN = date(2025, 3, 3), date(2025, 5, 6), date(2025, 11, 3)


@pytest.fixture(autouse=True)
def _bodies(db):
    load_agencies()


def figure(id_, **where):
    return measure([id_], **{**YEAR, **where})[0]


def fraction(id_, **where):
    found = figure(id_, **where)
    return found.numerator, found.denominator


def test_applications_are_told_apart_by_what_became_of_them():
    application(received_on=date(2025, 3, 1), state=State.CONSULTATION)
    application(received_on=date(2025, 3, 1), state=State.ARCHIVED, outcome="served", ended_on=MARCH)
    application(received_on=date(2025, 3, 1))
    application(received_on=date(2025, 3, 1), refused_on=MARCH, state=State.REFUSED)
    application(received_on=date(2025, 3, 1), withdrawn_on=MARCH, state=State.WITHDRAWN)
    application(received_on=date(2025, 3, 1), granted_on=MARCH, worker_count=3)
    application(received_on=date(2025, 3, 1), granted_on=MARCH, category="elderly", concluded_on=MAY)
    application(received_on=date(2025, 3, 1), granted_on=MARCH, terminated_on=MAY, termination_ground="6")
    application(received_on=date(2024, 11, 1), granted_on=date(2024, 11, 4), concluded_on=AUTUMN)

    l1 = figure("L1")

    assert l1.parts == {
        "numerator": 3,
        "applied": 6,
        "refused": 1,
        "withdrawn": 1,
        "migrants": 2,
        "concluded": 1,
        "terminated": 1,
        "open": 2,
    }
    assert (l1.numerator, l1.denominator, l1.beside) == (3, None, {"persons": 5})
    assert figure("L1", as_of=MARCH).parts["open"] == 4


def test_decisions_in_time_are_measured_by_the_days_that_counted():
    paused = application(received_on=date(2025, 3, 1), granted_on=date(2025, 3, 20))
    review_limit(paused, date(2025, 3, 21))
    late = application(received_on=date(2025, 3, 1), refused_on=date(2025, 3, 11), state=State.REFUSED)
    review_limit(late, date(2025, 3, 10))
    ordered = application(
        received_on=date(2025, 3, 1), granted_on=MAY, refused_on=date(2025, 3, 7)
    )  # the refusal was the decision
    review_limit(ordered, date(2025, 3, 10))
    application(received_on=date(2025, 3, 1), granted_on=MARCH, urgent_ground="limit")

    assert fraction("L2") == (2, 3)
    assert [case.pk for case in cases_behind("L2", "gap", **YEAR)] == [late.pk]


def test_assignments_in_time():
    for on in (date(2025, 3, 6), date(2025, 3, 7)):
        assigned(application(received_on=MARCH, granted_on=MARCH), on=on, due_on=date(2025, 3, 6))
    application(received_on=MARCH, granted_on=MARCH)

    assert fraction("L3") == (1, 2)


def test_money_is_what_the_closing_states():
    application(received_on=MARCH, granted_on=MARCH, concluded_on=MAY, obtained_fen=500_000, worker_count=2)
    application(received_on=MARCH, granted_on=MARCH, concluded_on=MAY)
    application(received_on=MARCH, granted_on=MARCH, concluded_on=AUTUMN, obtained_fen=900_000)

    l4 = figure("L4")

    assert (l4.numerator, l4.denominator, l4.beside) == (500_000, None, {"persons": 3})
    assert l4.parts == {"numerator": 1, "denominator": 2}


def test_call_backs_that_reached_nobody_are_told_apart():
    for answer in ("good", "fair", "poor", "unreached"):
        application(received_on=MARCH, granted_on=MARCH, called_back_on=MAY, satisfaction=answer)

    l5 = figure("L5")

    assert (l5.numerator, l5.denominator, l5.parts["unreached"]) == (2, 3, 1)


@pytest.mark.parametrize(
    ("agency", "role", "sees"),
    [
        ("district", "leader", 1),
        ("aid", "aid_director", 1),
        ("arb", "institute_head", 0),
        ("hrss", "stats", 0),
    ],
)
def test_every_number_is_as_long_as_its_list_for_every_role(agency, role, sees):
    case = application(
        received_on=MARCH,
        granted_on=MARCH,
        concluded_on=MAY,
        obtained_fen=7,
        called_back_on=MAY,
        satisfaction="good",
    )
    review_limit(case, MARCH)
    assigned(case, on=MARCH, due_on=MARCH)
    user = make_user("somebody", agency=agency, role=role)

    for found in measure(OF_AID, user=user, **YEAR):
        id_ = found.definition.id
        lists = {part: cases_behind(id_, part, user=user, **YEAR).count() for part in PARTS[id_]}
        assert lists == found.parts
        assert found.parts["numerator"] == sees
