from collections.abc import Iterator

import pytest

from cases import triggers
from tests.documents.matters import TODAY, staff


@pytest.fixture
def today(time_machine):
    """It is the morning of Tuesday, 3 November 2026 in Beijing."""
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def people(db):
    return staff()


@pytest.fixture
def committed(transactional_db) -> Iterator[None]:
    """Rows are really committed, so that threads see them; afterwards even the record can be emptied."""
    yield
    triggers.remove()
