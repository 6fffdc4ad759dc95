"""What a clock says today: a colour and a sentence about the time left. Plain Python.

A lamp is about time, by the clock alone. Targets of the office (内部目标) may be amber but are never red.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from calendars.counting import BEIJING, HOUR, Due, beijing_day, beijing_time, remaining, used
from calendars.rules import Direction, Nature, Unit
from calendars.working_days import DAY, WorkingCalendar

_translate: Callable[[str], str] = str


def speak(translate: Callable[[str], str]) -> None:
    """From now on every sentence is looked up with the function when it is read; before, it is Chinese."""
    global _translate
    _translate = translate


class Colour(StrEnum):
    """The lamps; NONE is plain text."""

    GREEN = "green"
    AMBER = "amber"
    TODAY = "today"
    RED = "red"
    GREY = "grey"
    NONE = "none"


class Say(StrEnum):
    """Every sentence a lamp can say, as Chinese templates; `calendars.wording` hands them to translators."""

    LEFT_WORKING = "还剩%(n)s个工作日"
    LEFT_WORKING_DATE = "还剩%(n)s个工作日（%(day)s到期）"
    LEFT_WORKING_EXPECTED = "还剩%(n)s个工作日（预计%(day)s到期）"
    LEFT_CALENDAR = "还剩%(n)s天（自然日，%(day)s到期）"
    LEFT_CALENDAR_EXPECTED = "还剩%(n)s天（自然日，预计%(day)s到期）"
    LEFT_HOURS = "还剩%(n)s小时（%(moment)s到期）"
    LEFT_UNDER_AN_HOUR = "还剩不足1小时（%(moment)s到期）"
    TOMORROW = "明天到期"
    TODAY = "今天到期"
    OVER_WORKING = "已超期%(n)s个工作日"
    OVER_UNDER_A_WORKING_DAY = "已超期不足1个工作日"
    OVER_CALENDAR = "已超期%(n)s天"
    OVER_HOURS = "已超期%(n)s小时"
    OVER_UNDER_AN_HOUR = "已超期不足1小时"
    TARGET_LEFT_WORKING = "目标还剩%(n)s个工作日"
    TARGET_LEFT_CALENDAR = "目标还剩%(n)s天"
    TARGET_LEFT_HOURS = "目标还剩%(n)s小时"
    TARGET_TOMORROW = "目标明天到期"
    TARGET_TODAY = "目标今天到期"
    TARGET_OVER_WORKING = "超过目标%(n)s个工作日"
    TARGET_OVER_UNDER_A_WORKING_DAY = "超过目标不足1个工作日"
    TARGET_OVER_CALENDAR = "超过目标%(n)s天"
    TARGET_OVER_HOURS = "超过目标%(n)s小时"
    LAPSED = "%(day)s已届满"
    STOPPED = "已中止，暂停计时（%(day)s起）"
    RUNS_ON = "中止期间照常计时"
    EXTENDED = "已延长至%(date)s"
    MET = "已办结"
    MET_WORKING = "已办结，用时%(n)s个工作日"
    MET_CALENDAR = "已办结，用时%(n)s天（自然日）"
    MET_HOURS = "已办结，用时%(n)s小时"
    MET_LATE_WORKING = "超期%(n)s个工作日办结"
    MET_LATE_UNDER_A_WORKING_DAY = "到期后办结，超期不足1个工作日"
    MET_LATE_CALENDAR = "超期%(n)s天办结"
    MET_LATE_HOURS = "超期%(n)s小时办结"
    DAY = "%(month)d月%(day)d日"
    DATE = "%(year)d年%(month)d月%(day)d日"
    MOMENT = "%(day)s%(time)s"


@dataclass(frozen=True, slots=True)
class SentenceDay:
    """A day inside a sentence: 11月26日, with the year when it is not the reader's."""

    day: date
    with_year: bool

    def __str__(self) -> str:
        numbers = {"year": self.day.year, "month": self.day.month, "day": self.day.day}
        return _translate(Say.DATE if self.with_year else Say.DAY) % numbers


@dataclass(frozen=True, slots=True)
class SentenceMoment:
    """An instant inside a sentence: 11月26日14:00."""

    at: datetime
    with_year: bool

    def __str__(self) -> str:
        values = {"day": SentenceDay(self.at.date(), self.with_year), "time": f"{self.at:%H:%M}"}
        return _translate(Say.MOMENT) % values


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with its values, put into words when it is read."""

    template: Say
    values: Mapping[str, int | SentenceDay | SentenceMoment]

    def __str__(self) -> str:
        return _translate(self.template) % self.values


@dataclass(frozen=True, slots=True)
class Lamp:
    """One lamp: colour, sentence, and perhaps a second sentence beside it."""

    colour: Colour
    sentence: Sentence
    note: Sentence | None = None

    @property
    def text(self) -> str:
        """The sentence, in the reader's language once `speak` was called."""
        return str(self.sentence)


def lamp(
    due: Due,
    today: date | datetime,
    calendar: WorkingCalendar,
    *,
    stopped: date | None = None,
    met_on: date | datetime | None = None,
    statutory: bool | None = None,
) -> Lamp:
    """What the clock says on the day: stopped since, met on, or how much is left.

    Amber begins at three units or a fifth of the period, whichever is more. ``statutory`` is that of the rule
    unless given. Hours are told when ``today`` is an instant, otherwise their day. A rule that no pause stops
    ignores ``stopped``.
    """
    if met_on is not None:
        return _met(due, met_on, calendar, is_target=not _statutory(due, statutory))
    if stopped is not None and due.rule.pausable:
        return stopped_lamp(stopped, beijing_day(today))
    colour, sentence = _running(due, today, calendar, is_target=not _statutory(due, statutory))
    note = None
    if stopped is not None:
        note = Sentence(Say.RUNS_ON, {})
    elif due.extended_by:
        note = Sentence(Say.EXTENDED, {"date": SentenceDay(due.due_on, with_year=True)})
    return Lamp(colour, sentence, note)


def stopped_lamp(since: date, today: date) -> Lamp:
    """The lamp of a clock that stands still, whose end is not known."""
    return Lamp(Colour.GREY, Sentence(Say.STOPPED, {"day": _day(since, today)}))


def _statutory(due: Due, statutory: bool | None) -> bool:
    return due.rule.statutory if statutory is None else statutory


def _day(day: date, today: date) -> SentenceDay:
    return SentenceDay(day, with_year=day.year != today.year)


def _running(
    due: Due, now: date | datetime, calendar: WorkingCalendar, *, is_target: bool
) -> tuple[Colour, Sentence]:
    today = beijing_day(now)
    if due.due_at is not None and isinstance(now, datetime):
        return _running_hours(due, due.due_at, beijing_time(now), is_target=is_target)
    if today > due.due_on:
        return _past(due, today, calendar, is_target=is_target)
    if today == due.due_on:
        return _colour(due, Colour.TODAY), Sentence(Say.TARGET_TODAY if is_target else Say.TODAY, {})

    left = remaining(due, today, calendar)
    colour = _colour(due, Colour.AMBER if _is_short(due, left, calendar) else Colour.GREEN)
    if due.due_on - today == DAY:
        return colour, Sentence(Say.TARGET_TOMORROW if is_target else Say.TOMORROW, {})
    return colour, Sentence(
        _left_words(due, colour, is_target=is_target), {"n": left, "day": _day(due.due_on, today)}
    )


def _left_words(due: Due, colour: Colour, *, is_target: bool) -> Say:
    working = due.unit is Unit.WORKING_DAYS
    if is_target:
        return Say.TARGET_LEFT_WORKING if working else Say.TARGET_LEFT_CALENDAR
    if due.provisional:
        return Say.LEFT_WORKING_EXPECTED if working else Say.LEFT_CALENDAR_EXPECTED
    if not working:
        return Say.LEFT_CALENDAR
    return Say.LEFT_WORKING if colour is Colour.GREEN else Say.LEFT_WORKING_DATE


def _colour(due: Due, colour: Colour) -> Colour:
    """Waiting and keeping periods are no one's task: nothing about them is a warning."""
    return Colour.GREEN if due.rule.nature in (Nature.WAIT, Nature.KEEP) else colour


def _is_short(due: Due, left: int, calendar: WorkingCalendar) -> bool:
    if left <= 3:
        return True
    start = beijing_day(due.start)
    if due.rule.direction is Direction.BACKWARD:
        return False
    return left * 5 <= used(due, max(start, due.raw_end), calendar)


def _past(due: Due, today: date, calendar: WorkingCalendar, *, is_target: bool) -> tuple[Colour, Sentence]:
    if due.rule.nature is not Nature.LIMIT:
        return Colour.NONE, Sentence(Say.LAPSED, {"day": _day(due.due_on, today)})
    over = -remaining(due, today, calendar)
    if due.unit is not Unit.WORKING_DAYS:
        words = Say.TARGET_OVER_CALENDAR if is_target else Say.OVER_CALENDAR
    elif over:
        words = Say.TARGET_OVER_WORKING if is_target else Say.OVER_WORKING
    else:
        words = Say.TARGET_OVER_UNDER_A_WORKING_DAY if is_target else Say.OVER_UNDER_A_WORKING_DAY
    return Colour.AMBER if is_target else Colour.RED, Sentence(words, {"n": over})


def _running_hours(due: Due, due_at: datetime, now: datetime, *, is_target: bool) -> tuple[Colour, Sentence]:
    if now > due_at:
        over = (now - due_at) // HOUR
        if is_target:
            return Colour.AMBER, Sentence(Say.TARGET_OVER_HOURS, {"n": over})
        return Colour.RED, Sentence(Say.OVER_HOURS if over else Say.OVER_UNDER_AN_HOUR, {"n": over})
    left = (due_at - now) // HOUR
    length = (due_at - beijing_time(due.start)) // HOUR
    colour = Colour.AMBER if left <= 3 or left * 5 <= length else Colour.GREEN
    if is_target:
        return colour, Sentence(Say.TARGET_LEFT_HOURS, {"n": left})
    moment = SentenceMoment(due_at.astimezone(BEIJING), with_year=due_at.year != now.year)
    return colour, Sentence(Say.LEFT_HOURS if left else Say.LEFT_UNDER_AN_HOUR, {"n": left, "moment": moment})


def _met(due: Due, met_on: date | datetime, calendar: WorkingCalendar, *, is_target: bool) -> Lamp:
    if due.due_at is not None:
        return _met_hours(due, due.due_at, met_on, is_target=is_target)
    day = beijing_day(met_on)
    if due.rule.direction is Direction.BACKWARD or day < beijing_day(due.start):
        sentence = Sentence(Say.MET, {})
    else:
        words = Say.MET_WORKING if due.unit is Unit.WORKING_DAYS else Say.MET_CALENDAR
        sentence = Sentence(words, {"n": used(due, day, calendar)})
    if is_target or due.rule.nature is not Nature.LIMIT or day <= due.due_on:
        return Lamp(Colour.NONE, sentence)
    return Lamp(Colour.NONE, sentence, _late(due, -remaining(due, day, calendar)))


def _late(due: Due, over: int) -> Sentence:
    if due.unit is not Unit.WORKING_DAYS:
        return Sentence(Say.MET_LATE_CALENDAR, {"n": over})
    return Sentence(Say.MET_LATE_WORKING if over else Say.MET_LATE_UNDER_A_WORKING_DAY, {"n": over})


def _met_hours(due: Due, due_at: datetime, met_on: date | datetime, *, is_target: bool) -> Lamp:
    if not isinstance(met_on, datetime):
        return Lamp(Colour.NONE, Sentence(Say.MET, {}))
    at = beijing_time(met_on)
    hours = (at - beijing_time(due.start)) // HOUR
    late = None
    if at > due_at and not is_target:
        late = Sentence(Say.MET_LATE_HOURS, {"n": max(1, (at - due_at) // HOUR)})
    return Lamp(Colour.NONE, Sentence(Say.MET_HOURS, {"n": hours}), late)
