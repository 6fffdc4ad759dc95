"""How the site talks to its database."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# WAL and IMMEDIATE together keep concurrent writers from failing with "database is locked"; FULL keeps a
# confirmed write through a power cut; secure_delete leaves no readable remains of erased personal data in the
# file.
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)
SQLITE_LOCK_WAIT_SECONDS = 20
SQLITE_ENGINE = "config.sqlite3"

CONNECT_TIMEOUT_SECONDS = 3
# No JIT: the figures count many conditions in one query, and compiling that took ten times as long as running it.
POSTGRESQL_SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "jit": "off",
}


def database(url: str, *, var_dir: Path) -> dict[str, Any]:
    """The ``DATABASES`` entry for a ``postgresql://`` or ``sqlite:///`` address; a file below ``var_dir``
    without one.

    ImproperlyConfigured on any other engine.
    """
    if not url:
        return _sqlite(var_dir / "huxin.sqlite3")
    parsed = environ.Env.db_url_config(url)
    if parsed.get("ENGINE") == "django.db.backends.sqlite3":
        return _sqlite(Path(parsed["NAME"]))
    if parsed.get("ENGINE") == "django.db.backends.postgresql":
        return _postgresql(parsed)
    raise ImproperlyConfigured("DATABASE_URL must start with postgresql:// or sqlite:///.")


def _sqlite(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": SQLITE_ENGINE,
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_LOCK_WAIT_SECONDS,
            "init_command": ";".join(f"PRAGMA {pragma}" for pragma in SQLITE_PRAGMAS),
        },
    }


def _postgresql(parsed: dict[str, Any]) -> dict[str, Any]:
    settings = " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_SETTINGS.items())
    return {
        **parsed,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **parsed.get("OPTIONS", {}),
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "options": settings,
        },
    }
