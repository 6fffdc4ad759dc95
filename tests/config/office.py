"""A production installation in a folder of its own, started as separate processes that are not root."""

import base64
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534
# Making the database takes many small writes; that they survive a power cut does not matter here.
QUICK = "DATABASES['default']['OPTIONS']['init_command'] = 'PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF'"
SECONDS = 300  # each takes about two; a machine that does much else takes its time


@dataclass
class Office:
    """Its folder, and the environment its processes get."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str, weak: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """The command as a user without rights; ``weak`` are lines put after the production settings."""
        settings = self._settings(weak)
        return subprocess.run(
            [*unprivileged(), sys.executable, *command],
            cwd=PROJECT,
            env={**self.environment, **settings, **environment},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def manage(self, *arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *arguments, **options)

    def web(self, **options: str) -> subprocess.CompletedProcess[str]:
        server = (
            "-m",
            "gunicorn",
            "--config",
            "python:config.gunicorn",
            "config.wsgi",
            "--no-control-socket",
        )
        return self.run(*server, "--bind", f"127.0.0.1:{free_port()}", **options)

    def worker(self, **options: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "celery", "--quiet", "-A", "config", "worker", "--concurrency", "1", **options)

    def beat(self, **options: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "celery", "--quiet", "-A", "config", "beat", **options)

    def weaken(self, cases: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """How each start under one weakening ended; see `tests.config.weaken`."""
        started = subprocess.run(
            [*unprivileged(), sys.executable, str(PROJECT / "tests" / "config" / "weaken.py")],
            cwd=PROJECT,
            env=self.environment,
            input=json.dumps(cases),
            capture_output=True,
            text=True,
            timeout=SECONDS * len(cases),
            check=True,
        )
        return json.loads(started.stdout)

    def _settings(self, weak: str) -> dict[str, str]:
        if not weak:
            return {}
        name = f"weak_{secrets.token_hex(4)}"
        text = f"from config.settings.production import *\n{weak}\n"
        (self.folder / f"{name}.py").write_text(text, encoding="utf-8")
        return {"DJANGO_SETTINGS_MODULE": name, "PYTHONPATH": str(self.folder)}


def open_office() -> Office:
    """A new installation with strong settings and an empty, migrated database."""
    folder = Path(tempfile.mkdtemp(prefix="huxin-office-"))
    var = folder / "var"
    var.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(var, NOBODY, NOBODY)
    office = Office(folder, strong_environment(var))
    for command in ("migrate", "collectstatic"):
        made = office.manage(command, "--no-input", "--verbosity", "0", weak=QUICK)
        assert made.returncode == 0, made.stderr
    return office


def close_office(office: Office) -> None:
    shutil.rmtree(office.folder)


def strong_environment(var: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(var),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HUXIN_ENV_FILE": str(var.parent / "no.env"),
        "HUXIN_VAR_DIR": str(var),
        "HUXIN_SECRET_KEY": secrets.token_urlsafe(48),
        "HUXIN_FIELD_KEYS": f"k1:{new_key()}",
        "HUXIN_INDEX_KEY": new_key(),
        "HUXIN_AUDIT_KEY": new_key(),
        "HUXIN_ALLOWED_HOSTS": "huxin.example.cn",
    }


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def unprivileged() -> list[str]:
    """A prefix that gives root away and keeps only the permission to read this checkout, wherever it lies."""
    if os.geteuid() != 0:
        return []
    reading = "+dac_read_search"
    identity = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return ["setpriv", *identity, f"--inh-caps={reading}", f"--ambient-caps={reading}", "--"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
