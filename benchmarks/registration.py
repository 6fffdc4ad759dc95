"""How many registrations the site takes at once, beside a bare view that only inserts the same rows.

    DATABASE_URL=… .venv/bin/python -m benchmarks.registration

`benchmarks.load` starts it. A real web server with the product's own settings; eight clients send over loopback, as
fast as they are answered. Both views in turns, so that a busy moment of the machine meets both.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks.cluster import free_port
from config.profile import load_environment_file

CLIENTS = 8
REQUESTS = 160
ROUNDS = 3
HOST = "127.0.0.1"
READY_SECONDS = 60
FIRST = 3_100_000
TOKEN = "b" * 32

Body = Callable[[], str]


def main() -> None:
    load_environment_file()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare_settings"
    django.setup()
    scenarios = import_module("benchmarks.scenarios")  # needs the models
    session = scenarios.signed_in("window01").cookies["huxin_session"].value
    numbers = count(FIRST + scenarios.registered())

    def registration() -> str:
        return urlencode({**scenarios.registration_form(next(numbers)), "csrfmiddlewaretoken": TOKEN})

    def nothing() -> str:
        return urlencode({"csrfmiddlewaretoken": TOKEN})

    port = free_port()
    server = start(port)
    try:
        wait(port, server)
        sender = Sender(port, {"huxin_session": session, "huxin_csrf": TOKEN})
        sender.throughput("/inspection/register/", registration, 302, CLIENTS * 2)
        sender.throughput("/bare/", nothing, 201, CLIENTS * 2)
        rounds = [
            {
                "register": sender.throughput("/inspection/register/", registration, 302, REQUESTS),
                "bare": sender.throughput("/bare/", nothing, 201, REQUESTS),
            }
            for _ in range(ROUNDS)
        ]
    finally:
        server.terminate()
        server.wait()
    found: dict[str, Any] = {name: max(each[name] for each in rounds) for name in ("register", "bare")}
    json.dump(found | {"rounds": rounds, "clients": CLIENTS}, sys.stdout)


def start(port: int) -> subprocess.Popen[bytes]:
    options = ["--config", "python:config.gunicorn", "--bind", f"{HOST}:{port}", "--no-control-socket"]
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options, "config.wsgi"], stdout=subprocess.DEVNULL
    )


def wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    sys.exit("the web server did not answer")


class Sender:
    """Clients of one signed-in person."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self._port = port
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}

    def throughput(self, path: str, body: Body, expected: int, requests: int) -> float:
        """Answers a second; anything but the expected status stops the measurement."""
        left: Iterator[str] = iter([body() for _ in range(requests)])
        lock, wrong = threading.Lock(), []

        def work() -> None:
            connection = http.client.HTTPConnection(HOST, self._port, timeout=60)
            while True:
                with lock:
                    content = next(left, None)
                if content is None:
                    break
                connection.request("POST", path, content, self._headers)
                response = connection.getresponse()
                response.read()
                if response.status != expected:
                    wrong.append(response.status)
            connection.close()

        threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if wrong:
            sys.exit(f"{path} answered {wrong[0]} instead of {expected}")
        return requests / (time.monotonic() - started)


if __name__ == "__main__":
    main()
