"""`./run` brings up a site on its own data, and leaves nothing running behind."""

import os
import signal
import socket
import stat
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

pytestmark = pytest.mark.prepares_much

ROOT = Path(__file__).resolve().parents[2]
# Each takes a few seconds; a machine that does much else takes its time.
START_SECONDS = 600
STOP_SECONDS = 120


class Site:
    """A place of its own for one site: port, environment file, data folder, database."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port = free_port()
        self.environment_file = folder / "env"
        self.data = folder / "data"
        ours = ("HUXIN_", "DJANGO_", "DATABASE_URL", "REDIS_URL", "PORT")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment = {
            **inherited,
            "PORT": str(self.port),
            "HUXIN_ENV_FILE": str(self.environment_file),
            "HUXIN_VAR_DIR": str(self.data),
            "DATABASE_URL": database_url,
            "REDIS_URL": os.environ.get("TEST_REDIS_URL", ""),
        }

    def start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_for_page(self, process: subprocess.Popen) -> int:
        """The status of the first page that is answered; fails when ``process`` ends before."""
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=30) as answer:
                    return answer.status
            except urllib.error.HTTPError as answer:
                with answer:
                    return answer.code
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        process.kill()
        pytest.fail(f"the site did not come up:\n{process.communicate()[0]}")

    def left_running(self) -> list[str]:
        """Commands of the processes that do not end by themselves now that the site has."""
        deadline = time.monotonic() + STOP_SECONDS
        while (found := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return found

    def processes(self) -> list[str]:
        """Commands of every running process that was started for this site."""
        mark = f"HUXIN_VAR_DIR={self.data}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue  # ended in between, or somebody else's
        return [command for command in found if command]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup) -> Iterator[Site]:
    """A site on a database of its own on the server under test, or on a file."""
    folder = tmp_path_factory.mktemp("site")
    database = settings.DATABASES["default"]
    if "postgresql" not in database["ENGINE"]:
        yield Site(folder, "")
        return
    name = f"huxin_run_{os.getpid()}"
    login = {
        "host": database["HOST"],
        "port": database["PORT"],
        "user": database["USER"],
        "password": database["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield Site(
            folder, f"postgresql://{login['user']}:{login['password']}@{login['host']}:{login['port']}/{name}"
        )
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def served(site) -> tuple[int, int, str, list[str], list[str]]:
    """One start to end of `./run`: status of the page, exit code, output, processes while serving and after."""
    process = site.start("./run")
    status = site.wait_for_page(process)
    during = site.processes()
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=STOP_SECONDS)
    return status, process.returncode, output, during, site.left_running()


def test_first_page_is_served(served):
    status, _, output, during, _ = served

    assert status == 200
    assert "护薪已启动" in output
    assert any("gunicorn" in command for command in during)
    assert any("celery" in command for command in during)


def test_end_leaves_nothing_running(served):
    _, code, output, _, after = served

    assert code == 0
    assert output.rstrip().endswith("已结束。")
    assert after == []


def test_first_start_writes_private_environment_file(site, served):
    content = site.environment_file.read_text(encoding="utf-8")

    assert stat.S_IMODE(site.environment_file.stat().st_mode) == 0o600
    assert "HUXIN_PROFILE=dev\n" in content


def test_second_preparation_changes_no_key_and_succeeds(site, served):
    before = site.environment_file.read_bytes()

    process = site.start("./run", "--prepare")
    output, _ = process.communicate(timeout=START_SECONDS)

    assert process.returncode == 0, output
    assert "演示" not in output
    assert site.environment_file.read_bytes() == before


@pytest.mark.parametrize("dying", ["gunicorn", "celery"])
def test_death_of_one_child_ends_the_other_and_is_said(site, served, dying):
    process = site.start(".venv/bin/python", "-m", "tools.serve")
    site.wait_for_page(process)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    (child,) = (int(pid) for pid in children if dying in Path(f"/proc/{pid}/cmdline").read_text())

    os.kill(child, signal.SIGKILL)
    output, _ = process.communicate(timeout=STOP_SECONDS)

    assert process.returncode == 1
    assert "意外退出" in output
    assert site.left_running() == []


def test_taken_port_is_said_at_once(site, served):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the site was here a moment ago
        other.bind(("127.0.0.1", site.port))
        other.listen()
        process = site.start("./run")
        output, _ = process.communicate(timeout=STOP_SECONDS)

    assert process.returncode == 1
    assert f"端口 {site.port} 已被别的程序占用" in output
