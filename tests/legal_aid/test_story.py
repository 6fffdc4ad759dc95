"""The legal-aid cases of the demo set: every state, every step, a record that is whole, nothing in the future."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from agencies.services import load_agencies
from calendars.services import load_official_calendars
from cases import audit
from cases.models import Case, TimelineEvent
from legal_aid.models import Firm
from legal_aid.proposal import standings
from legal_aid.states import State
from legal_aid.workflow import LEGAL_AID
from reports.demo.accounts import ensure_accounts
from reports.demo.stories import legal_aid

pytestmark = pytest.mark.django_db

AS_OF = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("as_of", [date(2026, 3, 4), date(2026, 10, 12), date(2026, 11, 25)])
def test_stories_can_be_told_on_any_day(time_machine, as_of):
    """Holidays move what counts calendar days: on 25 November an agreement waits over 国庆节."""
    now = datetime(as_of.year, as_of.month, as_of.day, 15, tzinfo=NOW.tzinfo)
    time_machine.move_to(now, tick=False)
    load_agencies()
    load_official_calendars()
    ensure_accounts()

    legal_aid.write(as_of=as_of, latest=now)

    states = Case.objects.of_kind("legal_aid").order_by().values_list("state", flat=True)
    assert set(states) == set(State.values)


def test_stories_show_every_state_and_take_every_step(time_machine):
    time_machine.move_to(NOW, tick=False)
    load_agencies()
    load_official_calendars()
    ensure_accounts()
    with translation.override("zh-hans"):
        legal_aid.write(as_of=AS_OF, latest=NOW)

    cases = Case.objects.of_kind("legal_aid")
    events = TimelineEvent.objects.filter(case__in=cases)
    taken = set(events.values_list("step", flat=True))
    assert {state for state in State.values if not cases.filter(state=state).exists()} == set()
    assert set(LEGAL_AID.by_name) - taken == set()
    assert [event for event in events if event.at > timezone.now()] == []
    assert list(audit.verify()) == []
    assert cases.filter(is_priority=True, receipt_no__startswith="铜法援登〔2026〕").exists()
    shares = standings(Firm.objects.first().agency)
    assert sum(each.ideal for each in shares) == sum(each.achieved for each in shares) == 1
