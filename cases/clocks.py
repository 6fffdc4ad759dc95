"""The clocks of a case as rows: started, met, extended, restarted. The dates come from `calendars.clock` alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from calendars.catalogue import rule as catalogue_rule
from calendars.clock import Clock, ClockError, Direction, Due, Lamp, Pause, due, lamp, stopped_lamp
from calendars.rules import Rule, Unit, period_words
from calendars.services import current_calendar, effective_rule
from calendars.working_days import CalendarError
from cases import newborn, referral_deadlines
from cases.models import Case, CaseClock, ClockChange, Party
from cases.workflow.table import StepRefused


def start(
    case: Case,
    rule: Rule,
    on: date,
    *,
    at: datetime | None = None,
    party: Party | None = None,
    set_due_on: date | None = None,
    cause: str = "",
) -> CaseClock:
    """The rule runs on the case from the day after ``on`` (or from ``at``); a run of it that was going on is ended.

    Runs with different ``cause`` (the document or task that started them) go on beside each other.
    """
    if newborn.made(case, "clocks") != []:
        # What counts back from a day to come starts on that day, and may be replaced before it.
        today = timezone.localdate()
        for running in _running(case, rule.code, party).filter(cause=cause):
            _end(running, min(on, today))
    clock = CaseClock(
        case=case,
        rule_code=rule.code,
        started_on=on,
        started_at=at,
        party=party,
        set_due_on=set_due_on,
        cause=cause,
    )
    newborn.tell(case, "clocks", [clock])
    return _reckon(clock)


def meet(case: Case, rule: Rule, on: date, *, party: Party | None = None, cause: str | None = None) -> None:
    """What the rule asks for was done on the day; nothing when it was not running. Every run unless told which."""
    running = _running(case, rule.code, party)
    for clock in running if cause is None else running.filter(cause=cause):
        clock.met_on = on
        clock.save(update_fields=["met_on"])


def drop(case: Case, rule: Rule, on: date, *, cause: str | None = None, party: Party | None = None) -> None:
    """The rule runs no longer though nothing was done about it: for one party or all, for one cause or every one."""
    if newborn.made(case, "clocks") is not None and running(case, rule) is None:
        return
    rows = case.clocks.filter(rule_code=rule.code, met_on=None, ended_on=None)
    if party is not None:
        rows = rows.filter(party=party)
    for clock in rows if cause is None else rows.filter(cause=cause):
        _end(clock, on)


def meet_all(case: Case, rules: Iterable[Rule], on: date) -> None:
    """What these rules ask for was done on the day, for every party and cause."""
    codes = [rule.code for rule in rules]
    case.clocks.filter(rule_code__in=codes, met_on=None, ended_on=None).update(met_on=on)


def reopen(case: Case, rule: Rule, *, party: Party | None = None) -> None:
    """The last run of the rule goes on as if it had never been met: its start is unchanged. One party's where told."""
    rows = case.clocks.filter(rule_code=rule.code)
    clock = (rows if party is None else rows.filter(party=party)).order_by("-pk").first()
    if clock is not None:
        clock.met_on = clock.ended_on = None
        clock.save(update_fields=["met_on", "ended_on"])


def end_all(case: Case, on: date, keep: frozenset[str] = frozenset()) -> None:
    """No clock of the case runs on: the case is over. Clocks of other people's rights (``keep``) go on.

    So do those of a matter that was passed on: somewhere it still has to arrive.
    """
    passed_on = {rule.code for rule in referral_deadlines.RULES}
    for clock in case.clocks.filter(met_on=None, ended_on=None).exclude(rule_code__in=keep | passed_on):
        _end(clock, on)


def extend(
    case: Case,
    rule: Rule,
    amount: int,
    *,
    reason: str,
    approved_by: User,
    on: date,
    party: Party | None = None,
    cause: str | None = None,
) -> CaseClock:
    """The running clock ends later by the amount, in its own unit, counted on from its original start.

    StepRefused when it is not running, was extended before, the law knows no such extension, or its day is past.
    """
    going_on = _running(case, rule.code, party)
    clock = (going_on if cause is None else going_on.filter(cause=cause)).order_by("-pk").first()
    if clock is None:
        raise StepRefused([_("“%(rule)s”没有在计时，不能延长") % {"rule": rule.label}])
    if clock.due_on and on > clock.due_on:
        raise StepRefused(
            [
                _("“%(rule)s”已于%(day)s到期，到期后不能再延长（%(law)s）")
                % {"rule": rule.label, "day": clock.due_on, "law": rule.law}
            ]
        )
    already = sum(change.amount for change in clock.changes.filter(kind=ClockChange.Kind.EXTEND))
    if not rule.may_extend_by(already + amount):
        raise StepRefused(
            [_("“%(rule)s”不能再延长%(n)d（%(law)s）") % {"rule": rule.label, "n": amount, "law": rule.law}]
        )
    _change(clock, ClockChange.Kind.EXTEND, from_on=on, amount=amount, reason=reason, approved_by=approved_by)
    return _reckon(clock)


def restart(case: Case, rule: Rule, on: date, *, reason: str, approved_by: User | None = None) -> CaseClock:
    """The clock counts anew from the day; its first start stays in its history. Started when it was not running."""
    clock = _running(case, rule.code, None).first()
    if clock is None:
        return start(case, rule, on)
    _change(clock, ClockChange.Kind.RESTART, from_on=on, reason=reason, approved_by=approved_by)
    return _reckon(clock)


def pause(case: Case, rule: Rule, on: date, *, reason: str, approved_by: User) -> None:
    """The running clock stands still from the day on, and has no last day until it goes on; nothing when none runs."""
    clock = _running(case, rule.code, None).first()
    if clock is not None and clock.stopped_on is None:
        _change(clock, ClockChange.Kind.PAUSE, from_on=on, reason=reason, approved_by=approved_by)
        _reckon(clock)


def resume(case: Case, rule: Rule, on: date) -> None:
    """The clock that stood still goes on: the days from its stop to the day before this one do not count."""
    clock = _running(case, rule.code, None).first()
    if clock is not None and clock.stopped_on is not None:
        clock.changes.filter(kind=ClockChange.Kind.PAUSE, to_on=None).update(to_on=on)
        _reckon(clock)


def running_rows(case: Case, *rules: Rule) -> list[CaseClock]:
    """The clocks of these rules that run on the case, for any party and cause; from the rows it has fetched."""
    codes = {rule.code for rule in rules}
    return [row for row in case.clocks.all() if row.rule_code in codes and row.is_running]


def runs(case: Case, *rules: Rule) -> bool:
    """Whether a clock of one of these rules runs on the case."""
    return bool(running_rows(case, *rules))


def refresh_headline(case: Case) -> None:
    """``case.due_on`` is the 办结期限 shown in lists: of the first headline rule of the workflow that has a clock.

    The first headline rule counts even after it was met (the investigation may be over, the case is still due by its
    day); the others only while they run. The case is not saved here.
    """
    made, rules = newborn.made(case, "clocks"), case.workflow.headline_rules
    rows = _lasting(case, rules) if made is None else made
    newest = {row.rule_code: row for row in rows if row.ended_on is None}
    first = case.workflow.headline_rules[0]
    for code in case.workflow.headline_rules:
        if code in newest and (newest[code].is_running or code == first):
            case.headline_clock, case.due_on = newest[code], newest[code].due_on
            return
    if case.is_open:
        case.headline_clock = case.due_on = None


@dataclass(frozen=True)
class ClockLine:
    """One clock as a case page shows it."""

    clock: CaseClock
    rule: Rule
    due: Due | None
    lamp: Lamp | None


def lines(case: Case, today: date) -> list[ClockLine]:
    """Every clock of the case: the running ones by their end, then those that are over, the newest first."""
    found = list(case.clocks.all())
    running = sorted((c for c in found if c.is_running), key=lambda c: (c.due_on is None, c.due_on, c.pk))
    over = sorted((c for c in found if not c.is_running), key=lambda c: -c.pk)
    return [ClockLine(c, rule_of(c), clock_due(c), lamp_of(c, today)) for c in (*running, *over)]


def case_lamp(case: Case, today: date) -> Lamp | None:
    """The lamp of the case in lists and on its page: that of its 办结期限, met on the day the case ended."""
    clock = case.headline_clock
    if clock and clock.is_running and clock.stopped_on and case.is_open:
        return stopped_lamp(clock.stopped_on, today)
    result = clock_due(clock) if clock else None
    if result is None:
        return None
    return lamp(result, today, current_calendar(), met_on=case.ended_on)


def preview(rules: list[Rule]) -> list[Due]:
    """When clocks started today would end; without those that have no length of their own or count back from a day
    that is still to be set.
    """
    calendar, today = current_calendar(), timezone.localdate()
    effective = [effective_rule(rule.code) for rule in rules]
    return [
        due(Clock(rule=rule, start=today), calendar)
        for rule in effective
        if rule.period and rule.direction is Direction.FORWARD
    ]


def clock_due(clock: CaseClock) -> Due | None:
    """The clock's dates as they stand in the row, with what explains them; None for a rule without a date yet."""
    if clock.due_on is None or clock.raw_end is None:
        return None
    return Due(
        clock=as_value(clock),
        start=clock.started_at if clock.due_at and clock.started_at else clock.started_on,
        raw_end=clock.raw_end,
        due_on=clock.due_on,
        due_at=clock.due_at,
        warn_on=clock.warn_on,
        provisional=clock.is_provisional,
        calendar=current_calendar(),
    )


def lamp_of(clock: CaseClock, today: date) -> Lamp | None:
    """The lamp of the clock on the day; None for a rule without a date yet."""
    if clock.is_running and clock.stopped_on:
        return stopped_lamp(clock.stopped_on, today)
    result = clock_due(clock)
    if result is None:
        return None
    return lamp(
        result,
        today,
        current_calendar(),
        met_on=clock.met_on or clock.ended_on,
        statutory=clock.is_statutory,
    )


def rule_of(clock: CaseClock) -> Rule:
    return catalogue_rule(clock.rule_code)


def as_value(clock: CaseClock) -> Clock:
    """The row as the pure clock it stands for."""
    changes = list(clock.changes.all()) if clock.pk else []
    restarts = [change.from_on for change in changes if change.kind == ClockChange.Kind.RESTART]
    rule = effective_rule(clock.rule_code)
    by_the_hour = rule.period is not None and rule.period.unit is Unit.HOURS
    return Clock(
        rule=rule,
        start=clock.started_at if by_the_hour and clock.started_at else clock.started_on,
        pauses=tuple(
            Pause(change.from_on, change.to_on, change.reason)
            for change in changes
            if change.kind == ClockChange.Kind.PAUSE and change.to_on
        ),
        extended_by=sum(change.amount for change in changes if change.kind == ClockChange.Kind.EXTEND),
        restart_on=restarts[-1] if restarts else None,
        set_on=clock.set_due_on,
    )


def _reckon(clock: CaseClock) -> CaseClock:
    """The stored dates are what the rule, the calendar and the clock's changes give today; the row is saved."""
    rule, calendar = effective_rule(clock.rule_code), current_calendar()
    clock.is_statutory = rule.statutory
    clock.rule_text = period_words(rule.period) if rule.period else str(rule.sets_date_by)
    clock.calendar_version = calendar.version
    if clock.pk and clock.stopped_on:
        clock.raw_end = clock.due_on = clock.due_at = clock.warn_on = None
    elif clock.set_due_on or rule.period is not None:
        try:
            result = due(as_value(clock), calendar)
        except (CalendarError, ClockError) as error:
            raise StepRefused([f"{rule.label}：{error}"]) from error
        clock.raw_end, clock.due_on, clock.due_at = result.raw_end, result.due_on, result.due_at
        clock.warn_on, clock.is_provisional = result.warn_on, result.provisional
    clock.save()
    return clock


def recompute(case: Case) -> list[CaseClock]:
    """Every running clock of the case holds what today's calendar gives; returns those whose day moved."""
    moved = []
    for clock in case.clocks.filter(met_on=None, ended_on=None):
        before = clock.due_on
        if _reckon(clock).due_on != before:
            moved.append(clock)
    return moved


def _lasting(case: Case, codes: Iterable[str]) -> list[CaseClock]:
    return list(case.clocks.filter(rule_code__in=codes, ended_on=None).order_by("pk"))


def running(case: Case, rule: Rule) -> CaseClock | None:
    """The clock of the rule that goes on, of whatever party or cause; None when there is none."""
    made = newborn.made(case, "clocks")
    if made is not None:
        return next((clock for clock in made if clock.rule_code == rule.code and clock.is_running), None)
    return case.clocks.filter(rule_code=rule.code, met_on=None, ended_on=None).first()


def _running(case: Case, code: str, party: Party | None) -> QuerySet[CaseClock]:
    return case.clocks.filter(rule_code=code, party=party, met_on=None, ended_on=None)


def _end(clock: CaseClock, on: date) -> None:
    clock.ended_on = on
    clock.save(update_fields=["ended_on"])


def _change(
    clock: CaseClock, kind: str, *, from_on: date, reason: str, approved_by: User | None, amount: int = 0
) -> None:
    ClockChange.objects.create(
        clock=clock,
        kind=kind,
        from_on=from_on,
        amount=amount,
        reason=reason,
        approved_by=approved_by,
        made_at=timezone.now(),
    )
