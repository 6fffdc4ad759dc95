"""What a time limit is: a rule of law with its length, and the words that explain it. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Words(Protocol):
    """A text for people: a string, or one that is translated when it is read."""

    def __str__(self) -> str: ...


class Unit(StrEnum):
    """In what a period is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


class Confidence(StrEnum):
    """How sure the source of a length is. Only what is not HIGH can be set by the office."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


class Direction(StrEnum):
    """Whether the period runs on from its start, or back from a day such as a hearing."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Nature(StrEnum):
    """What the end of the period means."""

    LIMIT = "limit"  # something must have been done: afterwards it is overdue
    RIGHT = "right"  # a party may do something until then: afterwards the right has lapsed
    WAIT = "wait"  # must pass before the next step
    KEEP = "keep"  # how long something is kept or stays in force


@dataclass(frozen=True, slots=True)
class Period:
    """A length in its unit; 0 is the very day."""

    length: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.length < 0:
            raise ValueError(f"a period cannot be negative: {self.length}")


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a period may be extended, in its unit; None is whatever the approval says."""

    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the catalogue of time limits.

    Either it has a ``period``, or ``sets_date_by`` says what sets its date. Days count from the day after the
    event in ``starts``. Rules are equal when code and computed dates are equal.
    """

    code: str
    label: Words = field(compare=False)
    period: Period | None
    law: str
    confidence: Confidence = Confidence.HIGH
    starts: Words = field(default="", compare=False)  # the event whose day is not counted
    sets_date_by: Words | None = field(default=None, compare=False)
    note: Words = field(default="", compare=False)
    nature: Nature = Nature.LIMIT
    direction: Direction = Direction.FORWARD
    strict: bool = False  # counting back: N clear days between
    warn: Period | None = None  # a second, earlier reading of the law, for warnings only
    extension: Extension | None = None  # None: the law knows no extension
    pausable: bool = True  # False: the clock runs on through every pause
    pause_basis: Words = field(default="", compare=False)  # the provision that lets it stop, if any
    statutory: bool = True  # False: a target of the office (内部目标), never counted as overdue
    set_in_document: bool = False  # a document states the date; the length is the one proposed
    bounds: tuple[int, int | None] | None = None  # lengths outside these deserve a warning
    unit_confidence: Confidence = Confidence.HIGH  # whether its days are working or calendar days
    aliases: tuple[str, ...] = ()
    version: int = 0  # 0 is the catalogue itself, otherwise the number of the office's setting

    def __post_init__(self) -> None:
        if not self.law:
            raise ValueError(f"{self.code} cites no article")
        if (self.period is None) == (self.sets_date_by is None):
            raise ValueError(f"{self.code} needs a period or what sets its date, not both")
        if self.direction is Direction.BACKWARD and (
            self.period is None or self.period.unit is not Unit.WORKING_DAYS or self.period.length == 0
        ):
            raise ValueError(f"{self.code} counts back, which is done in working days only")

    @property
    def configurable(self) -> bool:
        """Whether the office may set another length: the law leaves it open or was not confirmed."""
        return self.confidence is not Confidence.HIGH or self.set_in_document

    @property
    def unit_configurable(self) -> bool:
        """Whether the office may count it in other days."""
        return self.configurable or self.unit_confidence is not Confidence.HIGH

    def may_extend_by(self, amount: int) -> bool:
        """Whether the law knows an extension of that much, all extensions of the clock together."""
        if amount == 0:
            return True
        return self.extension is not None and (self.extension.most is None or amount <= self.extension.most)


UNIT_WORDS: Mapping[Unit, str] = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.CALENDAR_DAYS: "天（自然日）",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
    Unit.HOURS: "小时",
}


def period_words(period: Period) -> str:
    """60个工作日, 15天（自然日）, 6个月, 2年, 24小时, 当日."""
    return "当日" if period.length == 0 else f"{period.length}{UNIT_WORDS[period.unit]}"


def working_days(length: int) -> Period:
    return Period(length, Unit.WORKING_DAYS)


def calendar_days(length: int) -> Period:
    return Period(length, Unit.CALENDAR_DAYS)


def months(length: int) -> Period:
    return Period(length, Unit.MONTHS)


def years(length: int) -> Period:
    return Period(length, Unit.YEARS)


def hours(length: int) -> Period:
    return Period(length, Unit.HOURS)


SAME_DAY = calendar_days(0)
