"""Where the time of one registration goes, part by part, as JSON on the output.

    DATABASE_URL=… .venv/bin/python -m benchmarks.parts

One request after the other in this process. A part begins with the first query that only it asks, so that nothing of
the product is changed for the measurement.
"""

import json
import os
import statistics
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import django

from config.profile import settings_module

RUNS = 60
WARM_UP = 5
BEGINS_WITH = (
    ("session, sign-in, form read", "django_session"),
    ("form judged", "agencies_codeitem"),
    ("duplicates looked for", "cases_person"),
    ("written", "agencies_agency"),
    ("written with the number held", "cases_numberseries"),
    ("answered", "cases_draft"),
)
"""Each part with the table in its first query; the commit belongs to the last but one."""


@dataclass(frozen=True)
class Moment:
    """Seconds of the clock, and seconds that this thread has worked."""

    clock: float
    worked: float

    @classmethod
    def now(cls) -> "Moment":
        return cls(time.perf_counter(), time.thread_time())


@dataclass(frozen=True)
class Part:
    """Milliseconds of one part: of the clock, of work in this process, of waiting for the database; its queries."""

    ms: float
    worked: float
    database: float
    queries: int


class Watch:
    """The queries of one request: when each began, how many seconds it took."""

    def __init__(self) -> None:
        self.seen: list[tuple[Moment, float, str]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = Moment.now()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seen.append((began, time.perf_counter() - began.clock, sql))

    def parts(self, ended: Moment) -> dict[str, Part]:
        """Every part of the request."""
        names, begins = [], []
        place = 0
        for name, table in BEGINS_WITH:
            place = next(i for i in range(place, len(self.seen)) if table in self.seen[i][2])
            names.append(name)
            begins.append(place)
        found = {}
        for name, first, after in zip(names, begins, [*begins[1:], len(self.seen)], strict=True):
            until = self.seen[after][0] if after < len(self.seen) else ended
            since = self.seen[first][0]
            database = sum(taken for _began, taken, _sql in self.seen[first:after])
            found[name] = Part(
                ms=(until.clock - since.clock) * 1000,
                worked=(until.worked - since.worked) * 1000,
                database=database * 1000,
                queries=after - first,
            )
        return found


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
    django.setup()
    from_db = import_module("django.db").connection
    scenarios = import_module("benchmarks.scenarios")  # needs the models
    registrations = scenarios.Registrations(scenarios.signed_in("window01"))
    rounds = []
    for turn in range(WARM_UP + RUNS):
        watch = Watch()
        with from_db.execute_wrapper(watch):
            registrations.send()
        if turn >= WARM_UP:
            rounds.append(watch.parts(Moment.now()))
    json.dump({name: _median([each[name] for each in rounds]) for name, _table in BEGINS_WITH}, sys.stdout)


def _median(rows: list[Part]) -> dict[str, float]:
    return {name: statistics.median(vars(row)[name] for row in rows) for name in vars(rows[0])}


if __name__ == "__main__":
    main()
