"""The parts of a case's page that are reckoned from its rows: clocks, what is still missing, the record in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Town, User
from calendars.clock import Unit, used
from calendars.services import current_calendar
from cases import selectors
from cases.clocks import ClockLine, lines
from cases.models import Case, ClockChange, Task, TaskState, TimelineEvent
from cases.money import yuan

LATEST = 6  # records on the overview
_TECHNICAL = ("_pinyin", "headline_clock_id")
_PEOPLE = ("handler_id", "legal_reviewer_id")


# Clocks


@dataclass(frozen=True)
class ClockCard:
    """A clock with how much of it has run and what was taken out of the count."""

    line: ClockLine
    used: str
    pauses: list[ClockChange]
    extensions: list[ClockChange]


def clock_cards(case: Case, today: date) -> tuple[list[ClockCard], list[ClockCard]]:
    """The running clocks of the case as its page shows them, and those that are over."""
    cards = [_card(line, today) for line in lines(case, today)]
    running = [card for card in cards if card.line.clock.is_running]
    return running, [card for card in cards if not card.line.clock.is_running]


def _card(line: ClockLine, today: date) -> ClockCard:
    changes = list(line.clock.changes.all())
    return ClockCard(
        line,
        _used(line, today),
        [change for change in changes if change.kind == ClockChange.Kind.PAUSE],
        [change for change in changes if change.kind == ClockChange.Kind.EXTEND],
    )


def _used(line: ClockLine, today: date) -> str:
    """已用12个工作日, until today or the day on which the clock stopped; empty where days are not its unit."""
    due = line.due
    if due is None or due.unit is Unit.HOURS:
        return ""
    until = min(filter(None, (line.clock.met_on, line.clock.ended_on, today)))
    if until < line.clock.started_on:
        return ""
    n = used(due, until, current_calendar())
    return (_("%(n)d个工作日") if due.unit is Unit.WORKING_DAYS else _("%(n)d天（自然日）")) % {"n": n}


# 待办清单


@dataclass(frozen=True)
class Missing:
    """Something that is still to be done on the case, with where to do it; ``url`` may be empty."""

    text: str
    url: str = ""


def checklist(case: Case, documents: list[Any], today: date) -> list[Missing]:
    """What is not done yet: particulars before acceptance, documents not printed or served, scans, replies."""
    if case.ended_on and case.closed_on is None:
        return []
    return [*_particulars(case), *_paper(case, documents), *_replies(case, today)]


def _particulars(case: Case) -> list[Missing]:
    """受理前还差3项, as the kind of case reckons it."""
    missing = getattr(case.detail, "missing", [])
    if not missing:
        return []
    return [Missing(_("受理前还差%(n)d项") % {"n": len(missing)}, f"{case.get_absolute_url()}#missing")]


def _paper(case: Any, documents: list[Any]) -> list[Missing]:
    """Documents that were not printed or not served, and material that should lie with the file."""
    valid = [document for document in documents if document.voided_at is None]
    unprinted = [document.title for document in valid if not document.print_count]
    unserved = [document.title for document in valid if document.addressee_id and not document.service_count]
    url = reverse("documents:case", args=[case.public_id])
    found = [Missing(_("打印%(titles)s") % {"titles": _titles(unprinted)}, url)] if unprinted else []
    found += [Missing(_("登记送达%(titles)s") % {"titles": _titles(unserved)}, url)] if unserved else []
    files = reverse("cases:files", args=[case.public_id])
    if case.is_open and not case.has_identity:
        found.append(Missing(_("上传身份证明的扫描件"), files))
    if any(document.service_count for document in valid) and not case.has_service_proof:
        found.append(Missing(_("上传送达回证的扫描件"), files))
    return found


def _titles(titles: list[str]) -> str:
    """《受理通知书》, or 《受理通知书》等3份 where there are several."""
    if len(titles) == 1:
        return f"《{titles[0]}》"
    return _("《%(title)s》等%(n)d份") % {"title": titles[0], "n": len(titles)}


def _replies(case: Case, today: date) -> list[Missing]:
    url = f"{case.get_absolute_url()}#tasks"
    return [Missing(_awaited_of(task, today), url) for task in case.tasks.all() if task.is_open]


def _awaited_of(task: Task, today: date) -> str:
    """What is waited for about a request: the answer, what its sender says to a return, or a ruling."""
    words = {
        TaskState.RETURNED: _("%(who)s退回了协办任务，再次发出或者撤回"),
        TaskState.DISPUTED: _("%(who)s第二次退回协办任务，等裁定"),
    }
    late = _("催%(who)s答复，%(day)s已过") if task.due_on < today else _("等%(who)s答复（%(day)s前）")
    return words.get(task.state, late) % {"who": task.receiver.short_name, "day": task.due_on}


# The record


@dataclass(frozen=True)
class Change:
    """One fact before and after an act, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordLine:
    event: TimelineEvent
    changes: list[Change]
    documents: list[Any]


def record_lines(
    case: Case, documents: list[Any] | None = None, *, kind: str = "", limit: int | None = None
) -> list[RecordLine]:
    """The newest records with what each changed, in words, and those of the documents that it issued.

    One query for the record, one each when it speaks of people or towns.
    """
    events = selectors.timeline_of(case, kind=kind, limit=limit)
    names = _Names(case, events)
    by_event: dict[int, list[Any]] = {}
    for document in documents or []:
        by_event.setdefault(document.event_id, []).append(document)
    return [
        RecordLine(event, list(_changes(case, event, names)), by_event.get(event.pk, [])) for event in events
    ]


def record_kinds(case: Case) -> list[tuple[str, str]]:
    """The kinds of record that the case has, with their names."""
    there = set(case.timeline.order_by().values_list("kind", flat=True).distinct())
    return [(value, str(label)) for value, label in TimelineEvent.Kind.choices if value in there]


class _Names:
    """The people and towns that records speak of by their keys; asked for only when the case does not hold them."""

    def __init__(self, case: Case, events: list[TimelineEvent]) -> None:
        known = {row.user_id: str(row.user) for row in case.assignments.all()}
        self.people = self._of(User, events, known, *_PEOPLE)
        self.towns = self._of(Town, events, {case.town_id: str(case.town)}, "town_id")

    @staticmethod
    def _of(
        model: type[models.Model], events: list[TimelineEvent], known: dict[Any, str], *columns: str
    ) -> dict[Any, str]:
        sides = [side for event in events for side in (event.before, event.after)]
        keys = {side[column] for side in sides for column in columns if side.get(column)} - set(known)
        asked = model._default_manager.filter(pk__in=keys) if keys else []
        return known | {row.pk: str(row) for row in asked}

    def of(self, column: str, key: Any) -> str | None:
        if column == "town_id":
            return self.towns.get(key)
        return self.people.get(key) if column in _PEOPLE else None


def _changes(case: Case, event: TimelineEvent, names: _Names) -> Iterable[Change]:
    for column, after in event.after.items():
        if column.endswith(_TECHNICAL):
            continue
        label = _label(case, column)
        if label:
            before = event.before.get(column)
            yield Change(label, _shown(case, column, before, names), _shown(case, column, after, names))


def _field(case: Case, column: str) -> Any:
    for owner in (case, case.detail):
        for field in owner._meta.concrete_fields:
            if field.attname == column:
                return field
    return None


def _label(case: Case, column: str) -> str:
    """What the column is called where people read it; empty for what only the machine reads."""
    field = _field(case, column)
    if field is None or isinstance(field, models.JSONField):
        return ""
    return str(field.verbose_name).replace(_("（分）"), _("（元）"))


def _shown(case: Case, column: str, value: Any, names: _Names) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if column.endswith("_fen"):
        return yuan(value)
    if column == "state":
        return case.workflow.state_label(value)
    if found := names.of(column, value):
        return found
    choices = dict(getattr(_field(case, column), "choices", None) or [])
    return str(choices.get(value, value))
