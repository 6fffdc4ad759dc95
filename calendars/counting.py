"""When a time limit ends, day by day if asked, and how much is left. Plain Python: the same on every machine.

Counting rules: the day of the event does not count; working days are those of the calendar; a calendar-day,
month or year period that ends on a day off ends on the next working day; months end on the same day number or
the last day of a shorter month; hours run by the clock and do not roll. Paused days are left out and
extensions added *before* the end rolls, never to a date that was rolled already.
《民事诉讼法》第八十五条, 《民法典》第二百零一条至第二百零三条.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property

from calendars.rules import Direction, Period, Rule, Unit
from calendars.working_days import DAY, CalendarError, WorkingCalendar

# Legal time since 1992. Hours never depend on the zone of the server or on a zone database.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
HOUR = timedelta(hours=1)


class ClockError(ValueError):
    """The clock cannot be computed as asked; the text is a Chinese sentence."""


class NoLength(ClockError):
    """The rule has no length and no date was set; the text says what sets it."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        super().__init__(f"{rule.code} {rule.label}没有固定期限：{rule.sets_date_by}")


class ClockStopped(ClockError):
    """The clock stands still and was not resumed, so that its end is not known yet."""

    def __init__(self, since: date) -> None:
        self.since = since
        super().__init__(f"{since.year}年{since.month}月{since.day}日起中止，恢复以后才能算出到期日")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from ``from_`` to the day before ``resumed``; still open when that is None."""

    from_: date
    resumed: date | None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.resumed is not None and self.resumed < self.from_:
            raise ClockError(f"恢复日{self.resumed.isoformat()}早于中止日{self.from_.isoformat()}")


def _resumed(pause: Pause, on: date) -> Pause:
    return pause if pause.resumed is not None else replace(pause, resumed=max(on, pause.from_))


@dataclass(frozen=True, slots=True)
class Clock:
    """One rule running from one event, with what changed it on the way."""

    rule: Rule
    start: date | datetime
    pauses: tuple[Pause, ...] = ()
    extended_by: int = 0  # in the unit of the rule, all extensions together
    restart_on: date | datetime | None = None  # the event from which the whole period runs anew
    set_on: date | None = None  # the date a document states instead of the rule's length

    def __post_init__(self) -> None:
        if self.extended_by < 0:
            raise ClockError("延长的期限不能是负数")
        if self.restart_on is not None and beijing_day(self.restart_on) < beijing_day(self.start):
            raise ClockError("重新起算的日子早于原来的起算日")

    @property
    def runs_from(self) -> date | datetime:
        """The event from which the period now runs."""
        return self.start if self.restart_on is None else self.restart_on

    @property
    def stopped_on(self) -> date | None:
        """Since when the clock has stood still, if it does."""
        return min((pause.from_ for pause in self.pauses if pause.resumed is None), default=None)

    def resumed(self, on: date) -> "Clock":
        """The clock as it would be if every open pause ended on the day."""
        return replace(self, pauses=tuple(_resumed(pause, on) for pause in self.pauses))


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the way from the start to the due date."""

    date: date
    counted: bool
    reason: str
    provisional: bool = False


@dataclass(frozen=True)
class Due:
    """The end of a clock, with everything needed to explain it."""

    clock: Clock = field(repr=False)
    start: date | datetime  # the event that is not counted; an instant in Beijing time for hours
    raw_end: date  # before a day off moves it
    due_on: date  # the outer bound
    due_at: datetime | None = None  # hours only
    warn_on: date | None = None  # an earlier reading, for warnings only
    provisional: bool = False  # 预计: depends on a year whose arrangement is not published
    if_paused_on: date | None = None  # where the end would be if the law let this clock stop
    calendar: WorkingCalendar = field(repr=False, compare=False, kw_only=True)

    @property
    def rule(self) -> Rule:
        return self.clock.rule

    @property
    def unit(self) -> Unit:
        return _unit(self.rule)

    @property
    def article(self) -> str:
        return self.rule.law

    @property
    def extended_by(self) -> int:
        return self.clock.extended_by

    @property
    def calendar_version(self) -> int:
        return self.calendar.version

    @property
    def rolled(self) -> bool:
        """Whether the end moved because its day is off."""
        return self.due_on != self.raw_end

    @property
    def provisional_year(self) -> int | None:
        """The year whose arrangement is missing, when the end depends on it."""
        return max(beijing_day(self.start), self.due_on).year if self.provisional else None

    @cached_property
    def days(self) -> tuple[DayLine, ...]:
        """Every day from the one after the start to the due date, in the order in which they are counted."""
        return tuple(_day_lines(self))


def due(clock: Clock, calendar: WorkingCalendar, *, first_day_counts: bool = False) -> Due:
    """When the clock ends by the calendar.

    NoLength when the rule has none and no date was set; ClockStopped when it stands still; YearNotLoaded when
    working days reach a year without schedule. ``first_day_counts`` is for offices that count the day of
    receipt; it moves only the warning.
    """
    try:
        return _due(clock, calendar, first_day_counts=first_day_counts)
    except (OverflowError, ValueError) as error:
        if isinstance(error, ClockError | CalendarError):
            raise
        raise ClockError("日期超出了可以计算的范围") from error


def beijing_day(moment: date | datetime) -> date:
    """The Beijing day of a date or an instant; an instant without zone is taken as Beijing time."""
    return beijing_time(moment).date() if isinstance(moment, datetime) else moment


def beijing_time(moment: date | datetime) -> datetime:
    """The instant in Beijing time; a date means its first moment, which is the cautious reading for hours."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), BEIJING)
    return moment.astimezone(BEIJING) if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _unit(rule: Rule) -> Unit:
    return rule.period.unit if rule.period else Unit.CALENDAR_DAYS


def _due(clock: Clock, calendar: WorkingCalendar, *, first_day_counts: bool) -> Due:
    rule = clock.rule
    start = beijing_day(clock.runs_from)
    if clock.set_on is not None:
        return _as_set(clock, calendar, start, clock.set_on)
    if rule.period is None:
        raise NoLength(rule)
    if rule.period.unit is Unit.HOURS:
        return _due_in_hours(clock, calendar, rule.period.length)

    period = replace(rule.period, length=rule.period.length + clock.extended_by)
    pauses = _counting_pauses(clock)
    raw_end, due_on = _ends(rule, start, period, pauses, calendar)
    stopped_on = clock.stopped_on if rule.pausable else None
    if stopped_on is not None and stopped_on <= raw_end:
        raise ClockStopped(stopped_on)

    provisional = period.length > 0 and _is_provisional(calendar, start, raw_end, due_on, period.unit)
    readings = []
    if rule.warn is not None:
        readings.append(_ends(rule, start, rule.warn, pauses, calendar)[1])
    if rule.direction is Direction.BACKWARD and not rule.strict:
        readings.append(_ends(replace(rule, strict=True), start, period, pauses, calendar)[1])
    if provisional:
        readings.append(_ends(rule, start, period, pauses, calendar.with_plain_provisional)[1])
    if first_day_counts and _can_count_first_day(rule, start, period, calendar):
        readings.append(_ends(rule, start - DAY, period, pauses, calendar)[1])

    return Due(
        clock=clock,
        start=start,
        raw_end=raw_end,
        due_on=due_on,
        warn_on=min(due_on, *readings) if readings else None,
        provisional=provisional,
        if_paused_on=_if_paused(clock, start, period, calendar),
        calendar=calendar,
    )


def _can_count_first_day(rule: Rule, start: date, period: Period, calendar: WorkingCalendar) -> bool:
    if rule.direction is Direction.BACKWARD or period.length == 0:
        return False
    return period.unit is not Unit.WORKING_DAYS or start.year in calendar.known_years


def _as_set(clock: Clock, calendar: WorkingCalendar, start: date, set_on: date) -> Due:
    due_on = calendar.roll(set_on)
    return Due(
        clock=clock,
        start=start,
        raw_end=set_on,
        due_on=due_on,
        provisional=calendar.provisional(set_on) or calendar.provisional(due_on),
        calendar=calendar,
    )


def _due_in_hours(clock: Clock, calendar: WorkingCalendar, length: int) -> Due:
    start = beijing_time(clock.runs_from)
    due_at = start + (length + clock.extended_by) * HOUR
    for from_, resumed in _merged(_counting_pauses(clock)):
        if beijing_time(from_) >= due_at:
            break
        due_at += max(timedelta(), beijing_time(resumed) - max(start, beijing_time(from_)))
    stopped_on = clock.stopped_on if clock.rule.pausable else None
    if stopped_on is not None and beijing_time(stopped_on) < due_at:
        raise ClockStopped(stopped_on)
    day = due_at.date()
    return Due(clock=clock, start=start, raw_end=day, due_on=day, due_at=due_at, calendar=calendar)


def _if_paused(clock: Clock, start: date, period: Period, calendar: WorkingCalendar) -> date | None:
    """The other number to show beside a clock that no pause stops."""
    closed = tuple(pause for pause in clock.pauses if pause.resumed is not None)
    if clock.rule.pausable or not closed:
        return None
    try:
        return _ends(clock.rule, start, period, closed, calendar)[1]
    except CalendarError:
        return None  # the pauses would carry it beyond the tables; the end that counts is known all the same


def _counting_pauses(clock: Clock) -> tuple[Pause, ...]:
    if not clock.rule.pausable:
        return ()
    return tuple(pause for pause in clock.pauses if pause.resumed is not None)


def _is_provisional(calendar: WorkingCalendar, start: date, raw_end: date, due_on: date, unit: Unit) -> bool:
    days = {raw_end, due_on}
    if unit is Unit.WORKING_DAYS:
        days.add(start + DAY if due_on > start else start - DAY)
    return any(calendar.provisional(day) for day in days)


# Counting. A unit is two functions: the n-th counted day after a day, and how many lie in (after, until].

Merged = tuple[tuple[date, date], ...]


def _merged(pauses: tuple[Pause, ...]) -> Merged:
    """The closed pauses in order, overlaps joined, as (first day left out, day of resumption)."""
    spans: list[tuple[date, date]] = []
    closed = ((pause.from_, pause.resumed) for pause in pauses if pause.resumed is not None)
    for from_, resumed in sorted(closed):
        if spans and from_ <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], resumed))
        else:
            spans.append((from_, resumed))
    return tuple(spans)


def _ends(
    rule: Rule, start: date, period: Period, pauses: tuple[Pause, ...], calendar: WorkingCalendar
) -> tuple[date, date]:
    """The end before and after rolling."""
    if period.length == 0:
        return start, start
    spans = _merged(pauses)
    if rule.direction is Direction.BACKWARD:
        end = _count_back(start, period.length + rule.strict, spans, calendar)
        return end, end
    if period.unit is Unit.WORKING_DAYS:
        end = _count(start, period.length, spans, calendar.nth_working_day, calendar.working_days_between)
        return end, end
    raw_end = _count(start, _days_long(start, period), spans, _nth_day, _days_between)
    return raw_end, calendar.roll(raw_end)


def _count(
    start: date,
    length: int,
    spans: Merged,
    nth: Callable[[date, int], date],
    between: Callable[[date, date], int],
) -> date:
    """The length-th counted day after the start, the spans left out."""
    cursor, left = start, length
    for from_, resumed in spans:
        end = nth(cursor, left)
        if end < from_:
            return end
        left -= between(cursor, from_ - DAY)
        cursor = max(cursor, resumed - DAY)
    return nth(cursor, left)


def _count_back(start: date, length: int, spans: Merged, calendar: WorkingCalendar) -> date:
    """The length-th counted working day before the start, the spans left out."""
    cursor, left = start, length
    for from_, resumed in reversed(spans):
        end = calendar.nth_working_day_before(cursor, left)
        if end >= resumed:
            return end
        left -= calendar.working_days_between(resumed - DAY, cursor - DAY)
        cursor = min(cursor, from_)
    return calendar.nth_working_day_before(cursor, left)


def _nth_day(day: date, n: int) -> date:
    return day + n * DAY


def _days_between(after: date, until: date) -> int:
    return max(0, (until - after).days)


def _days_long(start: date, period: Period) -> int:
    """The length of a period in calendar days, which for months and years depends on where it starts."""
    match period.unit:
        case Unit.MONTHS:
            return (_months_later(start, period.length) - start).days
        case Unit.YEARS:
            return (_months_later(start, 12 * period.length) - start).days
        case _:
            return period.length


def _months_later(day: date, months: int) -> date:
    """The same day number, or the last day of a shorter month. 《民法典》第二百零二条."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# What is left, and what was used


def remaining(due: Due, today: date, calendar: WorkingCalendar) -> int:
    """Days left until the due date in the unit of the rule, today not counted; below zero when it has passed.

    Working days for working-day rules, otherwise calendar days (hours too: `lamp` counts those by the clock).
    Paused days are not left. Years without a schedule count Monday to Friday: this is for display.
    """
    if today <= due.due_on:
        return _counted_between(due, today, due.due_on, calendar)
    return -_between(due.unit, calendar)(due.due_on, today)


def used(due: Due, on: date, calendar: WorkingCalendar) -> int:
    """Days that have run until and with the day, paused days left out, in the unit of the rule."""
    return _counted_between(due, beijing_day(due.start), on, calendar)


def _counted_between(due: Due, after: date, until: date, calendar: WorkingCalendar) -> int:
    between = _between(due.unit, calendar)
    total = between(after, until)
    for from_, resumed in _merged(_counting_pauses(due.clock)):
        total -= between(max(after, from_ - DAY), min(until, resumed - DAY))
    return total


def _between(unit: Unit, calendar: WorkingCalendar) -> Callable[[date, date], int]:
    return calendar.working_days_between if unit is Unit.WORKING_DAYS else _days_between


# Day by day

PAUSED = "中止"
NOT_PAUSED = "中止期间照算"
CALENDAR_DAY = "自然日"
BY_THE_CLOCK = "按小时连续计算"
ROLLED_PAST = "顺延"
ROLLED_TO = "顺延到工作日"
CLEAR_DAYS_BEFORE = "净日之前的最后一个工作日"


def _day_lines(due: Due) -> Iterator[DayLine]:
    start = beijing_day(due.start)
    spans = _merged(due.clock.pauses)
    paused = {day for from_, resumed in spans for day in _days_from(from_, resumed, max(start, due.due_on))}
    step = -DAY if due.due_on < start else DAY
    day = start
    while day != due.due_on:
        day += step
        counted, reason = _line(due, day, is_paused=day in paused)
        yield DayLine(day, counted, reason, due.due_at is None and due.calendar.provisional(day))


def _days_from(first: date, end: date, last: date) -> Iterator[date]:
    """The days from the first to the day before the end, none after the last."""
    day = first
    while day < end and day <= last:
        yield day
        day += DAY


def _line(due: Due, day: date, *, is_paused: bool) -> tuple[bool, str]:
    backward = due.rule.direction is Direction.BACKWARD
    if day > due.raw_end and not backward:
        return False, ROLLED_TO if day == due.due_on else f"{due.calendar.reason(day)}，{ROLLED_PAST}"
    if is_paused and due.rule.pausable:
        return False, PAUSED
    if backward and due.rule.strict and day == due.due_on:
        return False, CLEAR_DAYS_BEFORE
    counted, reason = _weekday_line(due, day)
    return counted, f"{reason}，{NOT_PAUSED}" if is_paused and counted else reason


def _weekday_line(due: Due, day: date) -> tuple[bool, str]:
    match due.unit:
        case Unit.WORKING_DAYS if due.clock.set_on is None:
            return due.calendar.is_working(day), due.calendar.reason(day)
        case Unit.HOURS:
            return True, BY_THE_CLOCK
        case _:
            return True, CALENDAR_DAY
