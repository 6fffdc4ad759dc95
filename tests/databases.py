"""The database of a test process starts as a copy of one that was migrated once and holds the agencies of the district.

Migrating takes seconds, and loading the agencies was the larger part of many a test; a copy takes neither. That the
migrations run from nothing is seen wherever a site is started (`tests/tools/test_run.py`,
`tests/config/test_startup.py`).
"""

import fcntl
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from agencies.services import load_agencies
from cases import triggers

POSTGRESQL_TEMPLATE = "test_huxin_template"
Rows = tuple[list[str], list[tuple[Any, ...]]]


def start_from_template(folder: Path) -> None:
    """The test database about to be made begins as a copy; the first process of a run makes what is copied.

    ``folder`` is shared by the processes of the run.
    """
    on_server = connection.vendor == "postgresql"
    template = POSTGRESQL_TEMPLATE if on_server else str(folder / "template.sqlite3")
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = marker(folder)
        if not made.exists():
            _make(template)
            made.touch()
    if on_server:
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    else:
        shutil.copyfile(template, connection.settings_dict["TEST"]["NAME"])


def marker(folder: Path) -> Path:
    """This file says that the template of the run is there."""
    return folder / "template.made"


def _make(template: str) -> None:
    usual, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    connection.settings_dict["TEST"] = {**test, "NAME": template}
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        load_agencies()
    finally:
        connection.close()
        connection.settings_dict["TEST"] = test
        connection.settings_dict["NAME"] = settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"] = usual


def drop_template() -> None:
    """The server of the tests holds no template any more; a file goes with its folder."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {POSTGRESQL_TEMPLATE}")


def contents() -> dict[str, Rows]:
    """Columns and rows of every table that has any."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {table}")
            if rows := cursor.fetchall():
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def restore(kept: dict[str, Rows]) -> None:
    """The database holds exactly these rows again, and its triggers stand, whatever a test has committed.

    Quicker than Django's flush, which makes every table of a server anew and leaves the agencies out.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        triggers.remove()
        for table in _tables():
            cursor.execute(f"DELETE FROM {table}")
        for table, (columns, rows) in kept.items():
            names = ", ".join(connection.ops.quote_name(name) for name in columns)
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
    triggers.install()
    ContentType.objects.clear_cache()


def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in sorted(names)]
