"""What every test may rely on."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from cases import triggers

# A busy machine makes single examples slow; that says nothing about the code.
hypothesis.settings.register_profile(
    "huxin", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("huxin")

USES_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what never touches the database: it says nothing new on a second one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--database-only`` the tests without a database are deselected."""
    if not config.getoption("--database-only"):
        return
    kept, left_out = [], []
    for item in items:
        (kept if uses_database(item) else left_out).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


def uses_database(item: pytest.Item) -> bool:
    """Whether the test asks for a database, by its mark or through a fixture."""
    return bool(
        item.get_closest_marker("django_db") or USES_DATABASE & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True, scope="session")
def _no_outside_network():
    """A connection to anything but this machine fails the test that tries it."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            pytest.fail(f"a test tried to reach {address[0]}")
        original(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _record_can_be_emptied(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """After a test that commits its rows the database is emptied, which the triggers of the record forbid.

    They are gone while that happens; the migrate signal that follows it makes them again.
    """
    if not commits(request):
        yield
        return
    request.getfixturevalue("transactional_db")  # asked for here, so that this ends before it
    yield
    with django_db_blocker.unblock():
        triggers.remove()


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether the test writes for good instead of inside one transaction."""
    mark = request.node.get_closest_marker("django_db")
    marked = mark is not None and (mark.kwargs.get("transaction", False) or mark.args[:1] == (True,))
    return marked or bool({"transactional_db", "live_server"} & set(request.fixturenames))
