"""Findings that need the database of the test run, or no process of their own."""

import pytest
from django.conf import settings as project_settings
from django.db import connection

from config.checks.database import database_is_safe
from config.checks.queue import is_loopback
from tests.people import make_user

ON_POSTGRESQL = project_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def findings():
    return {error.id for error in database_is_safe()}


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_demo_account_is_found_and_a_disabled_one_is_not():
    user = make_user(is_demo=True)
    assert "huxin.E052" in findings()

    user.is_active = False
    user.save()
    assert "huxin.E052" not in findings()


@pytest.mark.django_db
def test_missing_migration_is_found():
    assert "huxin.E051" not in findings()

    execute("DELETE FROM django_migrations WHERE app = 'notifications'")

    assert "huxin.E051" in findings()


@pytest.mark.parametrize(
    "host, answer",
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.1", False), ("redis.example", False)],
)
def test_loopback(host, answer):
    assert is_loopback(host) is answer


if ON_POSTGRESQL:

    @pytest.mark.django_db
    def test_superuser_is_found_and_a_plain_role_is_not():
        execute("CREATE ROLE huxin_probe_super SUPERUSER")
        execute("CREATE ROLE huxin_probe_plain")
        execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO huxin_probe_plain")

        execute("SET LOCAL ROLE huxin_probe_super")
        assert "huxin.E047" in findings()

        execute("SET LOCAL ROLE huxin_probe_plain")
        assert "huxin.E047" not in findings()

    @pytest.mark.django_db
    @pytest.mark.parametrize("value", ["off", "local"])
    def test_writes_that_may_be_lost_are_found(value):
        assert "huxin.E048" not in findings()

        execute(f"SET LOCAL synchronous_commit = {value}")

        assert "huxin.E048" in findings()

    @pytest.mark.django_db
    def test_timeouts_hold_in_the_session():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),"
                " current_setting('idle_in_transaction_session_timeout')"
            )
            assert cursor.fetchone() == ("30s", "5s", "1min")

else:

    @pytest.mark.django_db
    def test_sqlite_that_may_lose_writes_is_found():
        """Tests run without waiting for the disk, which is just what must not pass in an office."""
        assert "huxin.E043" in findings()
