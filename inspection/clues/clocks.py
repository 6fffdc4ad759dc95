"""The time limits of a clue, computed from its own dates whenever they are asked for; nothing is counted up.

A clue has no clock rows: each limit begins and ends with a date that stands on the clue or in its log. Only the day by
which it must be concluded is kept (``due_on``), so that lists can sort by it; it is reckoned again by every act and by
every change of the calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from calendars.clock import Clock, ClockError, Due, Lamp, due, lamp
from calendars.rules import Rule, Unit
from calendars.services import current_calendar, effective_rule
from calendars.working_days import CalendarError
from inspection import deadlines as d
from inspection.clues.forms import Verdict
from inspection.states import Channel

if TYPE_CHECKING:
    from inspection.clues.models import Clue

# Who sends items to the district and watches when each is taken in.
PLATFORMS = (Channel.NATIONAL, Channel.CITY)


@dataclass(frozen=True)
class ClueClock:
    """One limit of one clue: what it asks for, when it ends (None while no calendar reaches), when it was met."""

    rule: Rule
    start: datetime
    due: Due | None
    met_at: datetime | None
    lamp: Lamp | None

    @property
    def is_running(self) -> bool:
        return self.met_at is None


def began(clue: "Clue") -> datetime:
    """The event the limits run from: the sending to the district, the receipt where nobody sent it."""
    return clue.dispatched_at or clue.received_at


def conclude_rule(clue: "Clue") -> Rule:
    """The rule for concluding the clue, as the office has set it: T08 for tickets of 12345, otherwise T07c."""
    rule = d.HOTLINE_TICKET if clue.channel == Channel.H12345 else d.CLUE_CONCLUDE
    return effective_rule(rule.code)


def conclude_due(clue: "Clue") -> Due | None:
    """When the clue must be concluded, extension included; None when no calendar reaches that day."""
    return due_under(conclude_rule(clue), began(clue), extended_by=clue.extension_days)


def reckon(clue: "Clue") -> None:
    """``due_on`` is what rule, calendar and extension give today. The clue is not saved here."""
    result = conclude_due(clue)
    clue.due_on = result.due_on if result else None


def lines(clue: "Clue", now: datetime) -> list[ClueClock]:
    """Every limit of the clue: the running ones by their end, then those that were met."""
    found = [_line(clue, rule, start, met_at, now) for rule, start, met_at in _limits(clue)]
    return sorted(found, key=lambda line: (not line.is_running, line.due.due_on if line.due else date.max))


def list_lamp(clue: "Clue", now: datetime) -> Lamp | None:
    """The lamp of the clue in lists: that of its conclusion."""
    return _line(clue, conclude_rule(clue), began(clue), clue.closed_at, now).lamp


def _limits(clue: "Clue") -> Iterable[tuple[Rule, datetime, datetime | None]]:
    """The limits that hold for the clue: rule, from when, met when."""
    if clue.hot_at:
        yield effective_rule(d.ESCALATE_HOT_CLUE.code), clue.hot_at, clue.escalated_at or clue.closed_at
    if clue.channel in PLATFORMS and clue.dispatched_at:
        yield effective_rule(d.CLUE_RECEIVE.code), clue.dispatched_at, clue.received_at
    if clue.channel != Channel.H12345:
        yield effective_rule(d.CLUE_CONTACT.code), began(clue), first_contact(clue) or clue.closed_at
    yield conclude_rule(clue), began(clue), clue.closed_at
    if Verdict.ELSEWHERE in (clue.verdict, clue.pending_facts.get("verdict")) or _being_transferred(clue):
        yield effective_rule(d.TRANSFER_MATTER.code), clue.received_at, clue.closed_at


def _being_transferred(clue: "Clue") -> bool:
    return clue.pending_step == "transfer_clue"


def first_contact(clue: "Clue") -> datetime | None:
    """The first attempt to reach the person: trying in time is the office's duty, being answered is not."""
    return min((contact.at for contact in clue.contacts.all()), default=None)


def _line(clue: "Clue", rule: Rule, start: datetime, met_at: datetime | None, now: datetime) -> ClueClock:
    extended_by = clue.extension_days if rule.code in (d.CLUE_CONCLUDE.code, d.HOTLINE_TICKET.code) else 0
    result = due_under(rule, start, extended_by=extended_by)
    shown = None
    if result:
        by_the_hour = result.due_at is not None
        moment = now if by_the_hour else timezone.localdate(now)
        met = met_at if by_the_hour or met_at is None else timezone.localdate(met_at)
        shown = lamp(result, moment, current_calendar(), met_on=met)
    return ClueClock(rule, start, result, met_at, shown)


def due_under(rule: Rule, start: datetime, *, extended_by: int = 0) -> Due | None:
    """When the rule, as given, ends for a clock begun then; None when no calendar reaches that day."""
    by_the_hour = rule.period is not None and rule.period.unit is Unit.HOURS
    clock = Clock(
        rule=rule, start=start if by_the_hour else timezone.localdate(start), extended_by=extended_by
    )
    try:
        return due(clock, current_calendar())
    except (CalendarError, ClockError):
        return None
