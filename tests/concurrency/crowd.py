"""Many people at the same moment: real threads with connections of their own."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connections

SECONDS = 60


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each act returned or raised, in order. All begin together, each on a connection of its own."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(SECONDS)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [_outcome(future) for future in [pool.submit(run, act) for act in acts]]


def _outcome(future: Future) -> Any:
    return future.exception() or future.result()


def tally(results: list[Any]) -> Counter:
    """How many ended how: an error by its class, everything else as ``done``."""
    return Counter(
        type(result).__name__ if isinstance(result, BaseException) else "done" for result in results
    )
