"""Changed calendars and rules move open dates: running clocks are reckoned anew, each case that moved says so."""

from dataclasses import replace

from agencies.models import User
from calendars import memo
from calendars.clock import Clock, ClockError, due
from calendars.rules import Rule, Unit
from calendars.services import SettingRefused, current_calendar, effective_rule
from calendars.working_days import CalendarError, WorkingCalendar
from cases import clocks
from cases.models import Case, CaseClock, TimelineEvent
from cases.services.acting import append, lock

CALENDAR_CHANGED = "工作日历变更，重算期限"
RULE_CHANGED = "时限规则变更，重算期限"


def after_calendar_change(old: WorkingCalendar, new: WorkingCalendar, by: User | None, reason: str) -> None:
    """Inside the calendar's own transaction: running clocks hold the new dates, and the record says which moved.

    Versions of the cases stay: nobody's open form becomes stale by a published holiday.
    """
    running = CaseClock.objects.filter(met_on=None, ended_on=None).values("case")
    for case in Case.objects.filter(pk__in=running).order_by("pk").iterator(chunk_size=500):
        recompute_case(case, by, reason)


def would_move(rule: Rule) -> int:
    """How many running clocks would get another date if their rule were like this; nothing is changed."""
    return len(_moving(rule))


def after_setting(code: str, by: User | None, reason: str) -> int:
    """Inside the setting's own transaction: the running clocks of the rule hold its new dates. Returns how many moved.

    SettingRefused when one of them ends in a year without working days.
    """
    with memo.reading_once():
        cases = {clock.case_id for clock in _moving(effective_rule(code))}
        found = Case.objects.filter(pk__in=cases).order_by("pk")
        return sum(len(recompute_case(case, by, reason, label=RULE_CHANGED)) for case in found)


def _moving(rule: Rule) -> list[CaseClock]:
    """The running clocks that the rule, as given, would move. A date that a document states does not move."""
    calendar = current_calendar()
    running = CaseClock.objects.filter(rule_code=rule.code, met_on=None, ended_on=None, set_due_on=None)
    found = running.prefetch_related("changes")
    return [clock for clock in found if clock.due_on != _due_under(rule, clock, calendar)]


def _due_under(rule: Rule, clock: CaseClock, calendar: WorkingCalendar) -> object:
    by_the_hour = rule.period is not None and rule.period.unit is Unit.HOURS
    start = clock.started_at if by_the_hour and clock.started_at else clock.started_on
    value: Clock = replace(clocks.as_value(clock), rule=rule, start=start)
    try:
        return due(value, calendar).due_on
    except (CalendarError, ClockError) as error:
        raise SettingRefused(f"{rule.label}：{error}") from error


def recompute_case(
    case: Case, by: User | None, reason: str, *, label: str = CALENDAR_CHANGED
) -> list[CaseClock]:
    """The clocks of the case whose day moved, with one event for all of them."""
    locked = lock(case)
    before = {clock.pk: clock.due_on for clock in locked.clocks.all()}
    moved = clocks.recompute(locked)
    clocks.refresh_headline(locked)
    if moved:
        append(
            locked,
            by,
            kind=TimelineEvent.Kind.EDIT,
            step="recompute",
            label=label,
            note=reason,
            before={clock.rule_code: before[clock.pk] for clock in moved},
            after={clock.rule_code: clock.due_on for clock in moved},
        )
    fields = ["due_on", "headline_clock", "audit_length", "audit_mac"]
    locked.save(update_fields=fields)
    return moved
