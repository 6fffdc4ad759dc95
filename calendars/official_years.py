"""The arrangements of the years that the State Council's office has published, as its notices state them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from calendars.working_days import DayEntry, DayKind, WorkingCalendar, statutory_days

BUILT_IN_VERSION = 0  # the version number of the calendar that is made without a database


@dataclass(frozen=True, slots=True)
class Break:
    """One holiday with all its days off, ends included, and the weekend days worked for it."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """The arrangement of one year."""

    source: str
    breaks: tuple[Break, ...]


NOTICES: dict[int, Notice] = {
    2025: Notice(
        "国务院办公厅关于2025年部分节假日安排的通知（2024年11月12日）",
        (
            Break("元旦", date(2025, 1, 1), date(2025, 1, 1)),
            Break("春节", date(2025, 1, 28), date(2025, 2, 4), (date(2025, 1, 26), date(2025, 2, 8))),
            Break("清明节", date(2025, 4, 4), date(2025, 4, 6)),
            Break("劳动节", date(2025, 5, 1), date(2025, 5, 5), (date(2025, 4, 27),)),
            Break("端午节", date(2025, 5, 31), date(2025, 6, 2)),
            Break(
                "国庆节、中秋节",
                date(2025, 10, 1),
                date(2025, 10, 8),
                (date(2025, 9, 28), date(2025, 10, 11)),
            ),
        ),
    ),
    2026: Notice(
        "国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）",
        (
            Break("元旦", date(2026, 1, 1), date(2026, 1, 3), (date(2026, 1, 4),)),
            Break("春节", date(2026, 2, 15), date(2026, 2, 23), (date(2026, 2, 14), date(2026, 2, 28))),
            Break("清明节", date(2026, 4, 4), date(2026, 4, 6)),
            Break("劳动节", date(2026, 5, 1), date(2026, 5, 5), (date(2026, 5, 9),)),
            Break("端午节", date(2026, 6, 19), date(2026, 6, 21)),
            Break("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
            Break("国庆节", date(2026, 10, 1), date(2026, 10, 7), (date(2026, 9, 20), date(2026, 10, 10))),
        ),
    ),
}


def entries(breaks: tuple[Break, ...]) -> dict[date, DayEntry]:
    """Each day the breaks name, in order: off (statutory or by arrangement) or a weekend day that is worked.

    LunarTableEnds when a break lies in a year whose festivals are not known.
    """
    return dict(sorted(pair for item in breaks for pair in _entries_of(item)))


def _entries_of(item: Break) -> Iterator[tuple[date, DayEntry]]:
    for offset in range((item.last - item.first).days + 1):
        day = item.first + timedelta(days=offset)
        statutory = statutory_days(day.year).get(day)
        kind = DayKind.STATUTORY if statutory else DayKind.REST
        yield day, DayEntry(kind, statutory or item.name)
    for day in item.worked:
        yield day, DayEntry(DayKind.WORKDAY, item.name)


def built_in_calendar() -> WorkingCalendar:
    """The calendar of the published years alone, for use without a database."""
    days = {day: entry for notice in NOTICES.values() for day, entry in entries(notice.breaks).items()}
    return WorkingCalendar(BUILT_IN_VERSION, frozenset(NOTICES), days)
