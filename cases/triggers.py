"""Database triggers that refuse what the code never does: changing the record of a case or of the settings, moving a
state past `advance`.
"""

from collections.abc import Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate

SQLITE = {
    "huxin_event_no_update": """CREATE TRIGGER huxin_event_no_update BEFORE UPDATE ON cases_timelineevent
        BEGIN SELECT RAISE(ABORT, 'timeline events are append-only'); END""",
    "huxin_event_no_delete": """CREATE TRIGGER huxin_event_no_delete BEFORE DELETE ON cases_timelineevent
        BEGIN SELECT RAISE(ABORT, 'timeline events are append-only'); END""",
    "huxin_state_with_version": """CREATE TRIGGER huxin_state_with_version BEFORE UPDATE ON cases_case
        WHEN NEW.state <> OLD.state AND (NEW.version <= OLD.version OR NEW.audit_length <= OLD.audit_length)
        BEGIN SELECT RAISE(ABORT, 'state changes only together with version and record'); END""",
    "huxin_setting_change_no_update": """CREATE TRIGGER huxin_setting_change_no_update
        BEFORE UPDATE ON agencies_settingchange
        BEGIN SELECT RAISE(ABORT, 'changes of settings are append-only'); END""",
    "huxin_setting_change_no_delete": """CREATE TRIGGER huxin_setting_change_no_delete
        BEFORE DELETE ON agencies_settingchange
        BEGIN SELECT RAISE(ABORT, 'changes of settings are append-only'); END""",
}

POSTGRES_FUNCTIONS = """
CREATE OR REPLACE FUNCTION huxin_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'timeline events are append-only'; END $$;
CREATE OR REPLACE FUNCTION huxin_setting_change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'changes of settings are append-only'; END $$;
CREATE OR REPLACE FUNCTION huxin_state_with_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND (NEW.version <= OLD.version OR NEW.audit_length <= OLD.audit_length) THEN
    RAISE EXCEPTION 'state changes only together with version and record';
  END IF;
  RETURN NEW;
END $$;
"""

POSTGRES = {
    "huxin_event_no_update": """CREATE TRIGGER huxin_event_no_update BEFORE UPDATE OR DELETE ON cases_timelineevent
        FOR EACH ROW EXECUTE FUNCTION huxin_append_only()""",
    "huxin_state_with_version": """CREATE TRIGGER huxin_state_with_version BEFORE UPDATE OF state ON cases_case
        FOR EACH ROW EXECUTE FUNCTION huxin_state_with_version()""",
    "huxin_setting_change_no_update": """CREATE TRIGGER huxin_setting_change_no_update
        BEFORE UPDATE OR DELETE ON agencies_settingchange
        FOR EACH ROW EXECUTE FUNCTION huxin_setting_change_append_only()""",
}


def include(*, sqlite: Mapping[str, str], postgres: Mapping[str, str]) -> None:
    """Triggers of a package above are made, removed and looked for together with these."""
    SQLITE.update(sqlite)
    POSTGRES.update(postgres)


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Every trigger exists, as written here; run again after each migrate.

    Tables of packages above may not be there yet when only this package is migrated; theirs follow later.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTIONS)
            for name, statement in POSTGRES.items():
                table = _table(statement)
                if table in tables:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                    cursor.execute(statement)
        else:
            for name, statement in SQLITE.items():
                if _table(statement) in tables:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                    cursor.execute(statement)


def _table(statement: str) -> str:
    return statement.split(" ON ")[1].split()[0]


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """No trigger is left; only for emptying a test database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, statement in POSTGRES.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_table(statement)}")
        else:
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the triggers that should be there and are not."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = POSTGRES if connection.vendor == "postgresql" else SQLITE
    return sorted(set(wanted) - present)


def connect() -> None:
    """Triggers follow every migrate of this app."""
    post_migrate.connect(_after_migrate, dispatch_uid="cases.triggers")


def _after_migrate(sender: Any, using: str, **_kwargs: Any) -> None:
    if sender.name == "cases":
        install(using)
