"""How the site talks to its database."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import load_backend

from config.checks.database import filesystem_of
from config.databases import database

MOUNTS = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 0:40 / /srv rw - nfs4 server:/export rw
31 30 8:2 / /srv/huxin rw - ext4 /dev/sdb1 rw
32 21 0:41 / /mnt/my\\040share rw - cifs //server/share rw
"""


def pragmas_of(settings):
    backend = load_backend(settings["ENGINE"])
    defaults = {
        "TIME_ZONE": None,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False,
    }
    opened = backend.DatabaseWrapper({**defaults, **settings}, alias="probe")
    try:
        with opened.cursor() as cursor:
            names = (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "trusted_schema",
                "busy_timeout",
            )
            return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    finally:
        opened.close()


@pytest.mark.django_db
def test_sqlite_is_durable_and_strict(tmp_path):
    settings = database("", var_dir=tmp_path)

    assert settings["NAME"] == str(tmp_path / "huxin.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert pragmas_of(settings) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "busy_timeout": 20_000,
    }


def test_sqlite_at_another_place(tmp_path):
    assert database(f"sqlite:///{tmp_path}/x.db", var_dir=tmp_path)["NAME"] == f"{tmp_path}/x.db"


def test_postgresql_has_timeouts_no_jit_and_checked_connections(tmp_path):
    settings = database("postgresql://app:p%40ss@db.example:5433/huxin?sslmode=verify-full", var_dir=tmp_path)

    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "huxin",
        "USER": "app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "sslmode": "verify-full",
            "connect_timeout": 3,
            "options": (
                "-c statement_timeout=30s -c lock_timeout=5s"
                " -c idle_in_transaction_session_timeout=60s -c jit=off"
            ),
        },
    }


@pytest.mark.parametrize("url", ["mysql://u:p@h/x", "oracle://u:p@h/x"])
def test_other_databases_are_refused(tmp_path, url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url, var_dir=tmp_path)


def test_json_check_is_the_only_one_left_out():
    from_django = load_backend("django.db.backends.sqlite3").DatabaseWrapper.data_type_check_constraints
    ours = load_backend("config.sqlite3").DatabaseWrapper.data_type_check_constraints

    assert set(from_django) - set(ours) == {"JSONField"}


@pytest.mark.parametrize(
    "path, kind",
    [
        ("/var/lib/huxin.sqlite3", "ext4"),
        ("/srv/other/x.sqlite3", "nfs4"),
        ("/srv/huxin/x.sqlite3", "ext4"),
        ("/mnt/my share/x.sqlite3", "cifs"),
    ],
)
def test_filesystem_of_a_file_is_the_nearest_mount(path, kind):
    assert filesystem_of(Path(path), MOUNTS) == kind
