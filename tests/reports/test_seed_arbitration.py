"""The disputes of the demo set: every state, every step, and a closure rate that a district could have."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import override_settings

from agencies.services import load_agencies
from arbitration.states import State
from arbitration.workflow import ARBITRATION
from calendars.services import load_official_calendars
from cases.models import Case, CaseKind, TimelineEvent
from reports.demo.accounts import ensure_accounts
from reports.demo.stories import arbitration

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 15:00 in Beijing

pytestmark = [pytest.mark.django_db, pytest.mark.prepares_much, pytest.mark.one_database]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The disputes, while the tests of this module run."""
    with (
        django_db_blocker.unblock(),
        override_settings(AUDIT_ANCHOR_DIR=tmp_path_factory.mktemp("anchors")),
        transaction.atomic(),
    ):
        load_agencies()
        load_official_calendars()
        ensure_accounts()
        arbitration.write(as_of=TODAY, latest=NOW)
        yield
        transaction.set_rollback(True)


def disputes():
    return Case.objects.of_kind(CaseKind.ARBITRATION)


def test_every_state_occurs(told):
    assert set(disputes().order_by().values_list("state", flat=True)) == set(State.values)


def test_every_step_is_taken(told):
    steps = TimelineEvent.objects.filter(kind=TimelineEvent.Kind.STEP, case__in=disputes())

    assert {step.name for step in ARBITRATION.steps} - set(steps.values_list("step", flat=True)) == {
        "admit_lawyer"  # needs a letter of the legal-aid centre
    }
