"""A confirmed write stays, and the account that runs the site owns nothing it need not."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, register
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config.checks.findings import TAG, Findings, weak

NETWORK_FILESYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.ceph",
        "fuse.davfs",
        "fuse.glusterfs",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb2",
        "smb3",
        "smbfs",
        "virtiofs",
        "vboxsf",
    ]
)
MOUNT_TABLE = Path("/proc/self/mountinfo")
FULL = 2


@register(TAG, deploy=True)
def database_is_safe(**_options: Any) -> list[Error]:
    """Durable writes, no superuser, every migration applied, no demo account."""
    try:
        return [*_engine_findings(), *_content_findings()]
    except DatabaseError:
        return [weak(40, "DATABASE_URL", "the database does not answer as it should")]


def _engine_findings() -> Findings:
    if connection.vendor == "sqlite":
        yield from _sqlite_findings()
    elif connection.vendor == "postgresql":
        yield from _postgresql_findings()
    else:
        yield weak(41, "DATABASE_URL", "neither SQLite nor PostgreSQL")


def _sqlite_findings() -> Findings:
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if options.get("transaction_mode") != "IMMEDIATE":
        yield weak(42, "DATABASES", "SQLite without transaction_mode IMMEDIATE")
    if int(_ask("PRAGMA synchronous")) < FULL:
        yield weak(43, "DATABASES", "SQLite without synchronous=FULL")
    if str(_ask("PRAGMA journal_mode")).lower() != "wal":
        yield weak(44, "DATABASES", "SQLite without journal_mode=WAL")
    if not int(_ask("PRAGMA foreign_keys")):
        yield weak(45, "DATABASES", "SQLite without foreign_keys")
    table = Path(getattr(settings, "MOUNT_TABLE", MOUNT_TABLE))
    if table.is_file() and filesystem_of(_database_file(), table.read_text()) in NETWORK_FILESYSTEMS:
        yield weak(46, "DATABASE_URL", "SQLite on a network filesystem")


def _database_file() -> Path:
    return Path(str(settings.DATABASES["default"]["NAME"])).resolve()


def filesystem_of(path: Path, mountinfo: str) -> str:
    """The type of the filesystem that holds ``path``, by the text of /proc/self/mountinfo; empty when unknown."""
    best, kind = "", ""
    for line in mountinfo.splitlines():
        before, _separator, after = line.partition(" - ")
        place = before.split(" ")[4].encode().decode("unicode_escape")
        if path.is_relative_to(place) and len(place) >= len(best):
            best, kind = place, after.split(" ")[0]
    return kind


def _postgresql_findings() -> Findings:
    if _ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield weak(47, "DATABASE_URL", "the role is a superuser")
    if _ask("SHOW synchronous_commit") in ("off", "local"):
        yield weak(48, "DATABASE_URL", "PostgreSQL with synchronous_commit off")
    if _ask("SHOW fsync") != "on":
        yield weak(49, "DATABASE_URL", "PostgreSQL with fsync off")
    if _ask("SHOW full_page_writes") != "on":
        yield weak(50, "DATABASE_URL", "PostgreSQL with full_page_writes off")


def _ask(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _content_findings() -> Findings:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield weak(51, "DATABASE_URL", "migrations are missing: run migrate")
    elif get_user_model().objects.filter(is_demo=True, is_active=True).exists():
        yield weak(52, "DATABASE_URL", "the database holds demo accounts")
