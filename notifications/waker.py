"""Tells the relay that there is work, without ever keeping a request waiting.

The broker may be down, hang, or refuse. So the request only sets a flag; one thread a process sends the
message, and many flags set at the same time become one message. Whatever goes wrong here is made good by the
sweep of the minute.
"""

import logging
import threading
import time
from typing import Any

from celery import current_app
from celery.exceptions import CeleryError
from kombu.exceptions import KombuError

log = logging.getLogger("huxin.outbox")

RELAY_TASK = "notifications.tasks.relay"
AGAIN_SECONDS = 0.2
"""Between two messages of a process: a relay does everything that is due, so more of them only cost time."""


class Waker:
    """One background thread, started when first needed and again in a forked process."""

    def __init__(self, app: Any = current_app) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._work = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """A message is on its way; returns at once."""
        self._work.set()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="outbox-waker", daemon=True)
                self._thread.start()

    def _serve(self) -> None:
        while True:
            self._work.wait()
            self._work.clear()
            send(self._app)
            time.sleep(AGAIN_SECONDS)


def send(app: Any = current_app) -> bool:
    """One message to the relay; whether the broker took it."""
    try:
        app.send_task(RELAY_TASK, ignore_result=True)
    except (OSError, KombuError, CeleryError) as error:
        log.warning("outbox_wake_failed", extra={"error": type(error).__name__})
        return False
    return True


wake = Waker().wake
