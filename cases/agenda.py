"""今日日程: what falls on the next days, from the clocks and the requests of a person's cases."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from calendars.services import current_calendar
from cases.clocks import rule_of
from cases.models import Case, CaseClock, Task

AHEAD_DAYS = 2  # working days after today
MOST = 8


@dataclass(frozen=True)
class Entry:
    """One thing on one day of one case."""

    on: date
    what: Any
    case: Case


def by_day(cases: QuerySet[Case], today: date) -> list[tuple[date, list[Entry]]]:
    """`entries` day by day, today first even where nothing falls on it."""
    days = {on: list(found) for on, found in groupby(entries(cases, today), key=lambda entry: entry.on)}
    return list(({today: []} | days).items())


def entries(cases: QuerySet[Case], today: date) -> list[Entry]:
    """The ends of running clocks and the days of replies from today on for two working days, the nearest first.

    The 办结期限 itself is left out: the list of cases shows it. Two queries.
    """
    last = current_calendar().nth_working_day(today, AHEAD_DAYS)
    open_cases = cases.filter(ended_on=None).order_by().values("pk")
    running = CaseClock.objects.filter(case__in=open_cases, met_on=None, ended_on=None)
    others = running.exclude(pk=F("case__headline_clock")).filter(due_on__gte=today, due_on__lte=last)
    due = others.select_related("case").order_by("due_on", "pk")
    tasks = Task.objects.asked().filter(case__in=open_cases, due_on__gte=today, due_on__lte=last)
    found = [Entry(row.due_on, rule_of(row).label, row.case) for row in due[:MOST] if row.due_on]
    found += [
        Entry(task.due_on, _("%(who)s答复") % {"who": task.receiver.short_name}, task.case)
        for task in tasks.select_related("receiver", "case").order_by("due_on", "pk")[:MOST]
    ]
    return sorted(found, key=lambda entry: entry.on)[:MOST]
