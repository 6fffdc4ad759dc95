"""How long something takes, and what it asks the database."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = 2
RUNS = 40
MOST_SECONDS = 20.0


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one request on the server, and the queries of one of them."""

    queries: int
    p50: float
    p95: float
    runs: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measured(request: Callable[[], object]) -> Timing:
    """The request made again and again, after the first ones; slow ones less often."""
    for _ in range(WARM_UP):
        request()
    with CaptureQueriesContext(connection) as captured:
        request()
    queries = len(captured)  # now: the next request clears the log
    taken: list[float] = []
    end = time.monotonic() + MOST_SECONDS
    while len(taken) < RUNS and (len(taken) < 5 or time.monotonic() < end):
        started = time.perf_counter()
        request()
        taken.append((time.perf_counter() - started) * 1000)
    return Timing(queries, statistics.median(taken), quantile(taken, 0.95), len(taken))


def quantile(values: list[float], share: float) -> float:
    """The smallest of the values that so many of them do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
