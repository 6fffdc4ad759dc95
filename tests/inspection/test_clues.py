"""A clue ends with a verdict, by intake of its own agency, once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.workflow.table import StepRefused
from inspection.clues import Clue, ClueState, move_clue
from tests.people import make_user

pytestmark = pytest.mark.django_db
VERDICT = {"verdict": "untrue", "result": "工资已按月发放"}


@pytest.fixture
def window():
    return make_user("window01")


def clue(window, **fields) -> Clue:
    now = timezone.now()
    facts = {"contacted_at": now, "content": "反映拖欠工资", **fields}
    return Clue.objects.create(
        agency=window.agency, channel="national", external_no="1", received_at=now, **facts
    )


def test_clue_is_closed_with_its_verdict(window):
    closed = move_clue(clue=clue(window), step="close_clue", by=window, **VERDICT)

    assert (closed.state, closed.verdict, closed.closed_by) == (ClueState.CLUE_CLOSED, "untrue", window)


def test_clue_without_contact_stays_open(window):
    kept = clue(window, contacted_at=None, attempts=2)

    with pytest.raises(StepRefused, match="还没联系上反映人"):
        move_clue(clue=kept, step="close_clue", by=window, **VERDICT)

    assert Clue.objects.get().state == ClueState.CLUE_NEW


def test_closed_clue_is_not_closed_again(window):
    closed = move_clue(clue=clue(window), step="close_clue", by=window, **VERDICT)

    with pytest.raises(StepRefused, match="已经办结"):
        move_clue(clue=closed, step="close_clue", by=window, **VERDICT)


def test_clue_of_another_agency_is_not_theirs(window):
    with pytest.raises(PermissionDenied):
        move_clue(clue=clue(window), step="close_clue", by=make_user("aid01", agency="aid"), **VERDICT)
