"""What every test may rely on."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from tests import databases

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
        help="leave out what says nothing new on a second database: without one, or marked one_database",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--database-only`` the tests that say nothing about a database are deselected.

    Processes that share the work take from the end of the list, so modules that prepare much stand at its start.
    """
    items.sort(key=lambda item: item.get_closest_marker("prepares_much") is None)
    if not config.getoption("--database-only"):
        return
    kept, left_out = [], []
    for item in items:
        is_kept = uses_database(item) and not item.get_closest_marker("one_database")
        (kept if is_kept else left_out).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


def uses_database(item: pytest.Item) -> bool:
    """Whether the test asks for a database, by its mark or through a fixture."""
    return bool(
        item.get_closest_marker("django_db") or USES_DATABASE & set(getattr(item, "fixturenames", ()))
    )


# The database


def folder_of_the_run(config: pytest.Config) -> Path:
    """The temporary folder that every process of this run knows."""
    base = config._tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Called before the database of this process is made."""
    with django_db_blocker.unblock():
        databases.start_from_template(folder_of_the_run(request.config))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """A file that was copied stays as it is; the data folder of the tests goes with the process."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a test that commits its rows the database holds what it began with."""
    with django_db_blocker.unblock():
        kept = databases.contents()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: databases.restore(kept))
        yield


def pytest_sessionfinish(session: pytest.Session) -> None:
    is_last = "PYTEST_XDIST_WORKER" not in os.environ
    if is_last and databases.marker(folder_of_the_run(session.config)).exists():
        with session.config.stash[blocking_manager_key].unblock():
            databases.drop_template()


# Everything else


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
