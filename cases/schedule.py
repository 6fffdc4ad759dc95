"""日程: everything about one case that has a day, in the order of the days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from calendars.clock import Lamp
from calendars.lamps import Colour
from cases.clocks import ClockLine, lines
from cases.models import Case, Task


@dataclass(frozen=True)
class Dated:
    """One thing on one day. ``state`` says in words how it stands, ``lamp`` how much time is left.

    What is over is no longer waited for, whatever its day.
    """

    on: date
    what: str
    state: str = ""
    lamp: Lamp | None = None
    is_over: bool = False


def ahead_and_over(case: Case, today: date) -> tuple[list[Dated], list[Dated]]:
    """What is still waited for, the nearest day first, and what is over, the last day first."""
    found = [*_clocks(case, today), *_requests(case), *_of_the_kind(case)]
    ahead = sorted((each for each in found if not each.is_over), key=lambda each: each.on)
    over = sorted((each for each in found if each.is_over), key=lambda each: each.on, reverse=True)
    return ahead, over


def count_ahead(case: Case, today: date) -> int:
    return len(ahead_and_over(case, today)[0])


def _clocks(case: Case, today: date) -> Iterable[Dated]:
    told: frozenset[str] = getattr(case.detail, "rules_in_dates", frozenset())
    asked = {task.cause: task for task in case.tasks.all()}
    return [
        _clock(line, today, asked.get(line.clock.cause))
        for line in lines(case, today)
        if line.clock.due_on and line.rule.code not in told
    ]


def _clock(line: ClockLine, today: date, task: Task | None) -> Dated:
    clock = line.clock
    assert clock.due_on is not None
    what = _answer_of(task) if task else str(line.rule.label)
    if clock.party:
        what = f"{what}（{clock.party}）"
    if clock.is_running:
        # What others may do until the day is only waited for; once it has passed, nothing is.
        lapsed = line.lamp is not None and line.lamp.colour is Colour.NONE and clock.due_on < today
        return Dated(clock.due_on, what, "", line.lamp, is_over=lapsed)
    if clock.met_on:
        return Dated(clock.due_on, what, _("%(day)s已办") % {"day": clock.met_on}, is_over=True)
    return Dated(clock.due_on, what, _("%(day)s停止计时") % {"day": clock.ended_on}, is_over=True)


def _requests(case: Case) -> Iterable[Dated]:
    """The answers that no clock of the case waits for."""
    causes = {clock.cause for clock in case.clocks.all()}
    return [_request(task, is_open=case.is_open) for task in case.tasks.all() if task.cause not in causes]


def _request(task: Task, *, is_open: bool) -> Dated:
    is_over = not task.is_open or not is_open
    return Dated(task.due_on, _answer_of(task), str(task.state.label), is_over=is_over)


def _answer_of(task: Task) -> str:
    return _("%(who)s答复：%(request)s") % {
        "who": task.receiver.short_name,
        "request": task.get_request_display(),
    }


def _of_the_kind(case: Case) -> Iterable[Dated]:
    """Days that the kind of case keeps beside its clocks: ``dates`` of its detail."""
    dates: Iterable[Any] = getattr(case.detail, "dates", ())
    return list(dates)
