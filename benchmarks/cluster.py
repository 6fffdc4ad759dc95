"""A throw-away PostgreSQL for a measurement: on loopback, in a temporary folder, gone at the end."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = ("shared_buffers=256MB", "max_wal_size=2GB", "checkpoint_timeout=30min", "autovacuum=on")
"""Beside PostgreSQL's own defaults; a commit waits for the disk as in production."""


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Inside, a server answers at the address given, without the name of a database; afterwards it is stopped."""
    programs, data, port = _programs(), folder / "postgresql", free_port()
    data.mkdir()
    if os.getuid() == 0:
        shutil.chown(data, "postgres")
    log = data / "log"
    options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={port}", *SETTINGS]
    started = " ".join(f"-c {option}" for option in options)
    _run(
        programs / "initdb", "-D", data, "-U", "huxin", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
    )
    _run(programs / "pg_ctl", "-D", data, "-l", log, "-w", "start", "-o", started)
    try:
        yield f"postgresql://huxin@127.0.0.1:{port}"
    finally:
        _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def create(server: str, name: str) -> str:
    """A new empty database on the server; its address."""
    _run(_programs() / "psql", "-q", "-d", f"{server}/postgres", "-c", f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def _programs() -> Path:
    """The folder of the newest PostgreSQL of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not found:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1]


def _run(*command: object) -> None:
    """The program has done its work, as a user of the database where this one is the administrator."""
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(words, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{words}\n{done.stdout}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
