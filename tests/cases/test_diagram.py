"""The drawing of a procedure says the same as its table."""

import pytest

from cases.workflow.diagram import draw
from cases.workflow.registry import workflow_for


@pytest.mark.parametrize("kind", ["inspection", "clue"])
def test_every_state_has_a_place_of_its_own(kind):
    workflow = workflow_for(kind)

    boxes = draw(workflow).boxes

    assert sorted(box.state for box in boxes) == sorted(workflow.states.values)
    assert len({(box.x, box.y) for box in boxes}) == len(boxes)


def test_rows_between_the_same_states_share_an_arrow():
    words = [arrow.rows for arrow in draw(workflow_for("inspection")).arrows]

    assert "14" in words
    assert "15" in words
    assert any("21" in each for each in words)
