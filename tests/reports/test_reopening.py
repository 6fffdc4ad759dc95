"""A reopening taken through the procedure is what the figures read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.services import load_agencies
from cases.effects import Start
from cases.services import advance, propose
from inspection.models import Complaint, InspectionCase
from inspection.workflow import INSPECTION
from reports.facts import CLOSING_TERM
from reports.indicators import measure
from tests.people import make_user
from tests.reports.complaints import complaint

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed_case():
    load_agencies()
    today = timezone.localdate()
    case = complaint(
        filed_on=today - timedelta(days=40),
        closed_on=today - timedelta(days=10),
        due_on=today - timedelta(days=5),
    )
    Complaint.objects.create(case=case)
    return InspectionCase.objects.get(pk=case.pk)


def test_nothing_but_filing_and_reopening_starts_the_closing_term():
    """A case that was not reopened has one run of it, which `reports.facts.complaints_then` relies on."""
    starting = [
        step.name
        for step in INSPECTION.steps
        for effect in step.then
        if isinstance(effect, Start) and effect.rule.code == CLOSING_TERM
    ]

    assert starting == ["file_case", "reopen"]


def shares(as_of):
    found = measure(["K1", "K3"], from_on=as_of - timedelta(days=60), as_of=as_of)
    return [(each.numerator, each.denominator) for each in found] + [found[0].parts["reopened"]]


def test_a_reopening_is_felt_from_its_day_on_and_not_before(closed_case):
    head = make_user("head01", role="inspection_head")
    deputy = make_user("deputy01", agency="hrss", role="deputy_head")
    today = timezone.localdate()
    fact = {"reason": "劳动者反映付款被退回"}
    assert shares(today) == [(1, 1), (1, 1), 0]

    propose(case=closed_case, step="reopen", by=head, version=closed_case.version, key="a", **fact)
    closed_case = InspectionCase.objects.get(pk=closed_case.pk)
    advance(case=closed_case, step="reopen", by=deputy, version=closed_case.version, key="b", **fact)

    assert shares(today) == [(0, 1), (0, 0), 1]
    assert shares(today - timedelta(days=1)) == [(1, 1), (1, 1), 0]
    assert shares(today - timedelta(days=11)) == [(0, 1), (0, 0), 0]
