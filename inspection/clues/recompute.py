"""Changed calendars and rules move the day by which open clues are due; each clue that moved says so."""

from typing import Any

from agencies.models import User
from calendars.rules import Rule
from inspection import deadlines as d
from inspection.clues import clocks
from inspection.clues.acting import append
from inspection.clues.models import Clue, ClueEvent
from inspection.states import Channel

CALENDAR_CHANGED = "工作日历变更，重算期限"
RULE_CHANGED = "时限规则变更，重算期限"


def after_calendar_change(old: Any, new: Any, by: User | None, reason: str) -> None:
    """Inside the calendar's own transaction: open clues are due by the new calendar."""
    _move(Clue.objects.open(), by, reason, CALENDAR_CHANGED)


def would_move(rule: Rule) -> int:
    """How many open clues would get another day if their rule were like this; nothing is changed."""
    found = 0
    for clue in _under(rule.code):
        result = clocks.due_under(rule, clocks.began(clue), extended_by=clue.extension_days)
        found += (result.due_on if result else None) != clue.due_on
    return found


def after_setting(code: str, by: User | None, reason: str) -> int:
    """Inside the setting's own transaction: open clues under the rule hold its new day. Returns how many moved."""
    return _move(_under(code), by, reason, RULE_CHANGED)


def _under(code: str) -> Any:
    """The open clues whose conclusion the rule governs."""
    if code == d.HOTLINE_TICKET.code:
        return Clue.objects.open().filter(channel=Channel.H12345)
    if code == d.CLUE_CONCLUDE.code:
        return Clue.objects.open().exclude(channel=Channel.H12345)
    return Clue.objects.none()


def _move(clues: Any, by: User | None, reason: str, label: str) -> int:
    """Reckons each clue anew. Versions stay: nobody's open form becomes stale by a published holiday."""
    moved = 0
    for clue in clues.locked().order_by("pk"):
        before = clue.due_on
        clocks.reckon(clue)
        if clue.due_on == before:
            continue
        append(
            clue,
            by,
            kind=ClueEvent.Kind.EDIT,
            step="recompute",
            label=label,
            note=reason,
            before={"due_on": before},
            after={"due_on": clue.due_on},
        )
        clue.save(update_fields=["due_on", "audit_length"])
        moved += 1
    return moved
