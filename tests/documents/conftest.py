import pytest

from tests.documents.matters import TODAY, staff


@pytest.fixture
def today(time_machine):
    """It is the morning of Tuesday, 3 November 2026 in Beijing."""
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def people(db):
    return staff()
