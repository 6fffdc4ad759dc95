"""Many people at the same moment: real threads with connections of their own."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def tally(results: list[Any]) -> Counter:
    """How many ended how: an error by its class, everything else as ``done``."""
    return Counter(type(result).__name__ if isinstance(result, Exception) else "done" for result in results)
