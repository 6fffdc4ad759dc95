"""How long one command takes to the first page: in a fresh clone with an empty home, and once more.

    .venv/bin/python -m benchmarks.start

Clones the last commit into a temporary folder. Fails when a limit is passed.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_START_SECONDS = 60
SECOND_START_SECONDS = 5


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="huxin-bench-") as folder:
        clone, home = Path(folder) / "huxin", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = seconds_to_first_page(clone, home)
        second = seconds_to_first_page(clone, home)
    print(f"first start   {first:5.1f} s   (limit {FIRST_START_SECONDS} s)")
    print(f"second start  {second:5.1f} s   (limit {SECOND_START_SECONDS} s)")
    return int(first > FIRST_START_SECONDS or second > SECOND_START_SECONDS)


def seconds_to_first_page(clone: Path, home: Path) -> float:
    """Seconds from the command to the first page that is answered; the site is ended again."""
    port = free_port()
    environment = {**os.environ, "HOME": str(home), "PORT": str(port)}
    started = time.monotonic()
    site = subprocess.Popen(["./run"], cwd=clone, env=environment)
    try:
        wait_for_page(port, site)
        return time.monotonic() - started
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait()


def wait_for_page(port: int, site: subprocess.Popen) -> None:
    while site.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    sys.exit("./run ended before it answered")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
