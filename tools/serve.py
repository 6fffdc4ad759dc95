"""Serve the site: the web server and the background worker as children of this process, until told to stop.

Ctrl-C or SIGTERM ends both with everything below them. When one of them dies, the other is ended too and this
process fails. The children end as well when this process is killed outright.

    .venv/bin/python -m tools.serve            # serve
    .venv/bin/python -m tools.serve --check    # only say whether port and data folder are free
"""

import contextlib
import ctypes
import errno
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from threading import Event
from types import FrameType

import django
from django.conf import settings

from config.profile import PROJECT_DIR, settings_module

HOST = "127.0.0.1"
READY_SECONDS = 60
STOP_SECONDS = 12
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)


asked = Event()
"""Set when somebody asked this process to end; looked at between steps, so that nothing is interrupted half-way."""


def main(arguments: list[str]) -> None:
    port = wanted_port()
    require_free(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "serving.lock").open("w") as lock:
        require_only(lock.fileno())
        if "--check" not in arguments:
            serve(port)


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT 应当是 1 到 65535 之间的整数，现在是：{text}")
    return int(text)


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                sys.exit(f"没有使用端口 {port} 的权限。请换一个，例如：PORT=8001 ./run")
            sys.exit(f"端口 {port} 已被别的程序占用。请换一个，例如：PORT={port % 65535 + 1} ./run")


def require_only(lock: int) -> None:
    """This process alone serves this data folder; a second schedule on the same files would do harm."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"数据目录 {settings.VAR_DIR} 正由另一个护薪使用。请先结束它，或用 HUXIN_VAR_DIR 另设目录。")


def serve(port: int) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children["网页服务"] = start(web_command(port))
        children["后台任务"] = start(worker_command())
        if wait_until_ready(port, children):
            announce(port)
            watch(children)
        print("\n正在结束……", flush=True)
    finally:
        end(list(children.values()))
    print("已结束。", flush=True)


def stop(number: int, frame: FrameType | None) -> None:
    asked.set()


def web_command(port: int) -> list[str]:
    options = ["--config", "python:config.gunicorn", "--bind", f"{HOST}:{port}", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *options, "config.wsgi"]


def worker_command() -> list[str]:
    options = ["--pool", "prefork", "--concurrency", "2", "--beat", "--loglevel", "WARNING"]
    # Celery tells everybody who tries the site as root not to; nothing here unpickles.
    quiet = "ignore:You're running the worker with superuser privileges"
    return [sys.executable, "-W", quiet, "-m", "celery", "--quiet", "-A", "config", "worker", *options]


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that Ctrl-C reaches it only through this process."""
    return subprocess.Popen(
        command, cwd=PROJECT_DIR, start_new_session=True, preexec_fn=end_with_parent, stdin=subprocess.DEVNULL
    )


def end_with_parent() -> None:
    """Linux ends this process when its parent dies; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def wait_until_ready(port: int, children: dict[str, subprocess.Popen[bytes]]) -> bool:
    """Whether the site answers; False when it was asked to end before it did."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if asked.is_set():
            return False
        require_alive(children)
        if answers(port):
            return True
        time.sleep(0.1)
    sys.exit(f"网页服务在 {READY_SECONDS} 秒内没有应答，已全部结束。")


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=READY_SECONDS)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def announce(port: int) -> None:
    print(f"\n护薪已启动：http://{HOST}:{port}/    （按 Ctrl-C 结束）", flush=True)
    if settings.DEMO:
        django.setup()
        password = import_module("reports.demo.accounts").PASSWORD  # needs the models, hence not at the top
        print(f"演示账号：window01、head01、inspector01、leader01 等，密码都是 {password}", flush=True)


def watch(children: dict[str, subprocess.Popen[bytes]]) -> None:
    while not asked.wait(0.5):
        require_alive(children)


def require_alive(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if (code := child.poll()) is not None:
            sys.exit(f"{name}意外退出（退出码 {code}），另一个也已结束。原因见上面的输出。")


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Each child and everything in its session has ended: asked first, killed after ``STOP_SECONDS``."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\n已中断。")
