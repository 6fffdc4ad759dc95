"""A changed calendar moves the open dates: every running clock is reckoned anew, and each case that moved says so."""

from agencies.models import User
from calendars.working_days import WorkingCalendar
from cases import clocks
from cases.models import Case, CaseClock, TimelineEvent
from cases.services.acting import append, lock


def after_calendar_change(old: WorkingCalendar, new: WorkingCalendar, by: User | None, reason: str) -> None:
    """Inside the calendar's own transaction: running clocks hold the new dates, and the record says which moved.

    Versions of the cases stay: nobody's open form becomes stale by a published holiday.
    """
    running = CaseClock.objects.filter(met_on=None, ended_on=None).values("case")
    for case in Case.objects.filter(pk__in=running).order_by("pk").iterator(chunk_size=500):
        recompute_case(case, by, reason)


def recompute_case(case: Case, by: User | None, reason: str) -> list[CaseClock]:
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
            label="工作日历变更，重算期限",
            note=reason,
            before={clock.rule_code: before[clock.pk] for clock in moved},
            after={clock.rule_code: clock.due_on for clock in moved},
        )
    fields = ["due_on", "headline_clock", "audit_length", "audit_mac"]
    locked.save(update_fields=fields)
    return moved
