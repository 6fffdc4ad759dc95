"""A real worker with its schedule, on the file queue of a machine without Redis, and on Redis where there is one."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.config.office import PROJECT, QUICK, SECONDS, strong_environment

TELL = """
from agencies.models import Agency
from agencies.services import create_user, load_agencies
from notifications.services import notify
from notifications.waker import send
load_agencies()
user = create_user(username='window01', agency=Agency.objects.get(code='inspection'), role='window',
                   display_name='x', password=None)
for number in range(20):
    notify(recipient=user, kind='test', title='x', key=f'k{number}')
assert send()
"""


BROKERS = ["", *filter(None, [os.environ.get("TEST_REDIS_URL")])]


@pytest.fixture(params=BROKERS, ids=["files", "redis"][: len(BROKERS)])
def environment(tmp_path, request):
    """A trial installation; that its writes survive a power cut does not matter here."""
    (tmp_path / "quick_dev.py").write_text(f"from config.settings.dev import *\n{QUICK}\n")
    return {
        **strong_environment(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "quick_dev",
        "PYTHONPATH": str(tmp_path),
        "REDIS_URL": request.param,
        "HUXIN_OUTBOX_SINK": str(tmp_path / "sink"),
    }


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, timeout=SECONDS, capture_output=True)


def test_worker_delivers_what_was_put_in_the_outbox(environment, tmp_path):
    manage(environment, "migrate", "--verbosity", "0")
    command = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
        "worker",
        "-P",
        "prefork",
        "-c",
        "2",
        "-B",
    ]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    ) as worker:
        try:
            manage(environment, "shell", "--verbosity", "0", "-c", TELL)
            delivered = _wait_for(tmp_path / "sink", 20)
        finally:
            os.killpg(worker.pid, signal.SIGKILL)

    assert len(delivered) == 20


def _wait_for(sink, count):
    """The names of the delivered files, once there are that many."""
    end = time.monotonic() + SECONDS
    names = []
    while len(names) < count and time.monotonic() < end:
        names = [path.name for path in sink.glob("*.json")]
        time.sleep(0.1)
    return names
