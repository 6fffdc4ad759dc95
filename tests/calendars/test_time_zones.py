"""The same dates whatever zone the server believes it is in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ZONES = ["UTC", "Asia/Shanghai", "America/New_York", "Europe/London", "Pacific/Kiritimati"]

# Days, hours and lamps of two thousand random clocks, as one digest. Only plain modules are imported.
SCRIPT = """
import hashlib, random, time
from datetime import date, datetime, timedelta, timezone
from calendars.clock import Clock, Pause, Period, Rule, Unit, due, lamp
from calendars.official_years import built_in_calendar

time.tzset()
calendar, random_, digest = built_in_calendar(), random.Random(5), hashlib.sha256()
for _ in range(2000):
    unit = random_.choice(list(Unit))
    start = datetime(2025, 1, 1) + timedelta(minutes=random_.randint(0, 1_000_000))
    if random_.random() < 0.3:
        start = start.replace(tzinfo=timezone(timedelta(hours=random_.randint(-11, 13))))
    pause = Pause(start.date(), start.date() + timedelta(days=random_.randint(0, 9)))
    rule = Rule("X", "x", Period(random_.randint(0, 9), unit), "law")
    result = due(Clock(rule, start, (pause,)), calendar)
    digest.update(repr((result, result.days[-20:], lamp(result, start, calendar).text)).encode())
print(digest.hexdigest(), time.tzname)
"""


def run_in(zone, command):
    environment = {**os.environ, "TZ": zone, "PYTHONPATH": str(PROJECT), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=300
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def at_home():
    return run_in("Asia/Shanghai", [sys.executable, "-c", SCRIPT]).split(" ", 1)[0]


@pytest.mark.parametrize("zone", ZONES)
def test_two_thousand_clocks_are_the_same_in_every_zone(zone, at_home):
    digest, names = run_in(zone, [sys.executable, "-c", SCRIPT]).split(" ", 1)

    assert digest == at_home
    assert ("CST" in names) == (zone == "Asia/Shanghai")
