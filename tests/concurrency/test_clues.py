"""Many hands on one clue: it comes in once, one step is taken, one complaint is what became of it."""

from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from calendars.services import load_official_calendars
from inspection.clues import Clue, ClueEvent, convert, propose_step, register_clue, take_step
from tests.concurrency.crowd import at_once, tally
from tests.inspection.clue_desk import VERDICT, facts, fresh, new_clue
from tests.inspection.situations import complaint, new_key, staff

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8


@pytest.fixture
def people():
    ContentType.objects.clear_cache()  # the table was emptied after the last test
    load_official_calendars()
    return staff("WZJ")


def values(**given) -> dict:
    return facts(received_at=timezone.now(), dispatched_at=None, **given)


def test_double_click_registers_one_clue(people):
    key, same = new_key(), values()

    results = at_once([partial(register_clue, by=people["W"], key=key, values=same)] * HANDS)

    assert tally(results) == {"done": HANDS}
    assert {clue.pk for clue in results} == set(Clue.objects.values_list("pk", flat=True))


def test_same_item_from_many_hands_comes_in_once_and_no_number_is_lost(people):
    same = values(external_no="GZ-1")
    acts = [partial(register_clue, by=people["W"], key=new_key(), values=same) for _hand in range(HANDS)]

    assert tally(at_once(acts)) == {"done": 1, "AlreadyThere": HANDS - 1}

    assert register_clue(by=people["W"], key=new_key(), values=values()).clue_no.endswith("〕2号")


def test_one_of_many_proposals_waits(people):
    clue = new_clue(people["W"], received_at=timezone.now(), dispatched_at=None)
    given = {"at": timezone.now(), "method": "phone", "reached": True, "result": "好"}
    take_step(clue=clue, step="contact_clue", by=people["W"], version=1, key=new_key(), **given)
    call = {"clue": clue, "step": "close_clue", "by": people["W"], "version": 2, **VERDICT}

    results = at_once([partial(propose_step, key=new_key(), **call) for _hand in range(HANDS)])

    assert tally(results) == {"done": 1, "StaleClue": HANDS - 1}
    assert ClueEvent.objects.filter(clue=clue, kind="proposal").count() == 1


def test_clue_becomes_one_complaint(people):
    clue = new_clue(people["W"], received_at=timezone.now(), dispatched_at=None)
    cases = [complaint(people) for _hand in range(HANDS)]
    acts = [partial(convert, clue.public_id, case=case, by=people["W"], key=new_key()) for case in cases]

    assert tally(at_once(acts)) == {"done": 1, "StepRefused": HANDS - 1}

    assert [len(case.clues.all()) for case in cases].count(1) == 1
    assert fresh(clue).audit_length == ClueEvent.objects.filter(clue=clue).count() == 2
