"""The year of a district: of believable size, and with every step, outcome, state and lamp that there is."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from agencies.services import load_agencies
from calendars.services import load_official_calendars
from cases import clocks
from cases.models import Case, TimelineEvent
from documents.models import Document
from documents.services import RENDER
from inspection.states import ClosingCode, State
from inspection.workflow import INSPECTION
from notifications.models import OutboxMessage
from reports.demo.accounts import ensure_accounts
from reports.demo.clock import turned_back
from reports.demo.fiction import name
from reports.demo.plan import DISTRICT, Ended, Plan
from reports.demo.seeding import write_history
from reports.demo.stories import unfiled

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 15:00 in Beijing
ONE_EACH = Plan(
    tuple({row.story: Ended(row.story, 1, row.longest) for row in DISTRICT.ended}.values()),
    tuple({row.story: row for row in reversed(DISTRICT.open)}.values()),
    employers=60,
)

pytestmark = [pytest.mark.django_db, pytest.mark.prepares_much]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Each story of the district once, while the tests of this module run."""
    with (
        django_db_blocker.unblock(),
        override_settings(AUDIT_ANCHOR_DIR=tmp_path_factory.mktemp("anchors")),
        turned_back(NOW),
        transaction.atomic(),
    ):
        load_agencies()
        load_official_calendars()
        ensure_accounts()
        write_history(ONE_EACH, as_of=TODAY, seed=1, progress=lambda count, day: None)
        yield
        transaction.set_rollback(True)


def test_every_step_is_taken_and_every_outcome_and_state_occurs(told):
    taken = set(
        TimelineEvent.objects.filter(kind=TimelineEvent.Kind.STEP, case__kind="inspection").values_list(
            "step", flat=True
        )
    )
    outcomes = set(Case.objects.of_kind("inspection").order_by().values_list("outcome", flat=True))

    # A complaint that joins another is no story of one complaint; early removal waits half a year.
    assert {step.name for step in INSPECTION.steps} - taken == {
        "merge",
        "take_up_again",
        "ask_early_removal",
    }
    assert outcomes - {""} == set(ClosingCode.values)
    assert set(Case.objects.of_kind("inspection").order_by().values_list("state", flat=True)) == set(
        State.values
    )


def test_every_lamp_occurs(told):
    cases = Case.objects.of_kind("inspection").filter(ended_on=None).select_related("headline_clock")

    assert {clocks.case_lamp(case, TODAY).colour.value for case in cases} == {
        "green",
        "amber",
        "today",
        "red",
    }


def test_record_is_whole(told):
    out = StringIO()

    call_command("verify_audit", stdout=out)

    assert "完整" in out.getvalue()


def test_worker_makes_the_pdfs_of_the_last_month_only(told):
    waiting = set(OutboxMessage.objects.filter(kind=RENDER).values_list("key", flat=True))
    days = {str(each.public_id): each.issued_on for each in Document.objects.defer("html")}

    assert {key for key, day in days.items() if (TODAY - day).days <= 30} == waiting
    assert len(days) > len(waiting) > 0


def test_whole_year_has_a_believable_size_and_closure_rate():
    not_filed = sum(row.count for row in DISTRICT.ended if row.story in vars(unfiled).values())
    filed = [row for row in DISTRICT.open if row.days > 2 and "paper" not in row.story.__name__]

    assert 1_200 <= DISTRICT.size <= 2_000
    assert 0.96 <= 1 - len(filed) / (DISTRICT.size - not_filed) <= 0.985


def test_whole_year_begins_on_working_days_of_thirteen_months():
    load_agencies()
    load_official_calendars()
    days = Counter(each.day for each in DISTRICT.beginnings(TODAY, Random(1)))

    assert (min(days), max(days)) == (date(2025, 10, 24), TODAY)
    assert max(days.values()) <= 20
    assert {f"{day:%Y-%m}" for day in days} >= {f"2026-{month:02}" for month in range(1, 12)}


def test_rare_names_go_on_beyond_the_first_people():
    rare = set("㛃𬭎䶮堃喆")

    assert sum(bool(rare & set(name(number))) for number in range(1_000, 4_000)) >= 10
