"""A second opinion on every date, as slow and plain as can be: one day at a time, tables typed by hand.

Shares no code with the product. The days are those of the State Council's notices for 2025 and 2026; 2027 is worked
out by hand from the list of statutory holidays.
"""

from datetime import date, datetime, time, timedelta

ONE = timedelta(days=1)

OFF_2025 = (
    "0101 0128 0129 0130 0131 0201 0202 0203 0204 0404 0405 0406 0501 0502 0503 0504 0505 0531 0601 0602 1001"
)
OFF_2025 += " 1002 1003 1004 1005 1006 1007 1008"
WORK_2025 = "0126 0208 0427 0928 1011"
OFF_2026 = (
    "0101 0102 0103 0215 0216 0217 0218 0219 0220 0221 0222 0223 0404 0405 0406 0501 0502 0503 0504 0505 0619"
)
OFF_2026 += " 0620 0621 0925 0926 0927 1001 1002 1003 1004 1005 1006 1007"
WORK_2026 = "0104 0214 0228 0509 0920 1010"
OFF_2027 = "0101 0205 0206 0207 0208 0209 0210 0405 0501 0502 0503 0504 0609 0915 1001 1002 1003 1004 1005"


class Refused(Exception):
    """The day lies in a year for which working days are not known."""


def _table():
    table = {}
    for year in range(2015, 2060):
        day = date(year, 1, 1)
        while day.year == year:
            table[day] = day.isoweekday() <= 5
            day += ONE
    for year, off, work in ((2025, OFF_2025, WORK_2025), (2026, OFF_2026, WORK_2026), (2027, OFF_2027, "")):
        for text in off.split():
            table[date(year, int(text[:2]), int(text[2:]))] = False
        for text in work.split():
            table[date(year, int(text[:2]), int(text[2:]))] = True
    return table


WORKED = _table()
PLAIN = {day: day.isoweekday() <= 5 if day.year == 2027 else worked for day, worked in WORKED.items()}


def is_paused(day, pauses):
    return any(first <= day < resumed for first, resumed in pauses)


def roll(day, table=WORKED):
    while not table[day]:
        day += ONE
    return day


def after_working_days(start, n, pauses, table=WORKED):
    day = start
    while n > 0:
        day += ONE
        if day.year not in (2025, 2026, 2027):
            raise Refused
        if table[day] and not is_paused(day, pauses):
            n -= 1
    return day


def before_working_days(start, n, pauses):
    day = start
    while n > 0:
        day -= ONE
        if day.year not in (2025, 2026, 2027):
            raise Refused
        if WORKED[day] and not is_paused(day, pauses):
            n -= 1
    return day


def after_days(start, n, pauses):
    day = start
    while n > 0:
        day += ONE
        if not is_paused(day, pauses):
            n -= 1
    return day


def after_months(start, n, pauses):
    year, month = start.year, start.month
    for _ in range(n):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = start.day
    while True:
        try:
            end = date(year, month, number)
            break
        except ValueError:
            number -= 1
    unpaused = 0
    day = start
    while day < end:
        day += ONE
        unpaused += 1
    return after_days(start, unpaused, pauses)


def after_hours(start, n, pauses):
    """Minute by minute; ``start`` is Beijing time without a zone."""
    minutes = n * 60
    at = start
    while minutes > 0:
        if not is_paused(at.date(), pauses):
            minutes -= 1
        at += timedelta(minutes=1)
    return at


def midnight(day):
    return datetime.combine(day, time())


def official(day):
    return day.year in (2025, 2026)
