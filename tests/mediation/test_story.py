"""The mediations of the demo set: every state, every step, a record that is whole, nothing in the future."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from agencies.services import load_agencies
from arbitration.mediation.states import State
from arbitration.mediation.workflow import MEDIATION
from calendars.services import load_official_calendars
from cases import audit
from cases.models import Case, TimelineEvent
from documents.models import Document
from reports.demo.accounts import ensure_accounts
from reports.demo.stories import mediation

pytestmark = pytest.mark.django_db

NEEDS_A_SECOND_MEDIATOR = {"change_mediator"}  # the demo institute has one


@pytest.mark.parametrize("as_of", [date(2026, 3, 4), date(2026, 10, 12), date(2026, 11, 24)])
def test_stories_show_every_state_and_take_every_step_on_any_day(time_machine, as_of):
    now = datetime(as_of.year, as_of.month, as_of.day, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
    time_machine.move_to(now, tick=False)
    load_agencies()
    load_official_calendars()
    ensure_accounts()
    with translation.override("zh-hans"):
        mediation.write(as_of=as_of, latest=now)

    cases = Case.objects.of_kind("mediation")
    events = TimelineEvent.objects.filter(case__in=cases)
    taken = set(events.values_list("step", flat=True))
    assert {state for state in State.values if not cases.filter(state=state).exists()} == set()
    assert set(MEDIATION.by_name) - taken == NEEDS_A_SECOND_MEDIATOR
    assert [event for event in events if event.at > timezone.now()] == []
    assert list(audit.verify()) == []
    issued = set(Document.objects.filter(case__in=cases).values_list("kind", flat=True))
    assert {f"MD{n:02}" for n in range(1, 18)} - issued == set()
