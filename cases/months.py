"""Months as `YYYY-MM`: the periods for which wages are owed. Plain Python."""

import re
from typing import Final

from cases.identity import InvalidValue, half_width, without_invisible
from cases.identity import noop as _

Period = tuple[str, str]
"""First and last month, both included."""
LONGEST_TYPED: Final = 40
EARLIEST_YEAR: Final = 1950

_WITH_SIGN: Final = re.compile(r"(?P<year>[0-9]{4}|[0-9]{2})[-./年](?P<month>[0-9]{1,2})月?(?:份)?")
_DIGITS_ONLY: Final = re.compile(r"(?P<year>[0-9]{4}|[0-9]{2})(?P<month>[0-9]{2})")
_WITH_DAY: Final = re.compile(r"(?P<year>[0-9]{4})[-./年](?P<month>[0-9]{1,2})[-./月][0-9]{1,2}日?")
_HYPHENS: Final = re.compile("[‐‑‒–—―−]")


def parse_month(text: str, *, label: str = _("月份")) -> str:
    """The month as `2025-07`: from `2507`, `25.7`, `202507`, `2025-07`, `2025年7月` or a day in it.

    A year of two digits is 20xx. Raises InvalidValue when it cannot be read or there is no such month.
    """
    typed = "".join(without_invisible(half_width(text[: LONGEST_TYPED + 1])).split())
    if not typed:
        raise InvalidValue(_("还没填%(label)s"), label=label)
    typed = _HYPHENS.sub("-", typed).replace("。", ".")
    match = _DIGITS_ONLY.fullmatch(typed) or _WITH_SIGN.fullmatch(typed) or _WITH_DAY.fullmatch(typed)
    if not match:
        raise InvalidValue(_("%(label)s看不懂，可写2507、25.7或2025年7月"), label=label)
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    month = int(match["month"])
    if not 1 <= month <= 12:
        raise InvalidValue(_("%(label)s里的月份应在1到12之间"), label=label)
    if year < EARLIEST_YEAR:
        raise InvalidValue(_("%(label)s里的年份不对，可写2507、25.7或2025年7月"), label=label)
    return f"{year:04}-{month:02}"


def months_between(first: str, last: str) -> int:
    """How many months from the first to the last, both counted; 0 when the last is earlier."""
    return max(0, _ordinal(last) - _ordinal(first) + 1)


def overlap(one: Period, other: Period) -> Period | None:
    """The months both periods hold, or None."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def cn_month(month: str) -> str:
    """`2025-07` as it is read: 2025年7月."""
    year, number = month.split("-")
    return f"{int(year)}年{int(number)}月"


def _ordinal(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def shifted(month: str, count: int) -> str:
    """The month so many months later, or earlier when negative."""
    ordinal = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{ordinal // 12:04}-{ordinal % 12 + 1:02}"
