"""What the liaison of an authority finds in the list of requests 协办任务: which, in which order, with which lamp."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from calendars.clock import Lamp
from cases import clocks
from cases.models import CaseClock, RequestType, Task, TaskState
from cases.models.tasks import back_with_its_sender
from inspection import deadlines as d
from inspection.enclosures import tasks_visible_to

ANY = ("", _("不限"))


@dataclass(frozen=True)
class Tab:
    """One view of the list: its code in the address, its name and which requests it holds."""

    code: str
    label: Any
    wanted: Q


def _open() -> Q:
    return Q(replied_at=None, withdrawn_at=None)


def tabs(today: date) -> dict[str, Tab]:
    """The views of the list in their order."""
    asked = _open() & ~back_with_its_sender()
    found = (
        Tab("todo", _("等答复"), asked),
        Tab("overdue", _("逾期"), asked & Q(due_on__lt=today)),
        Tab("back", _("已退回"), _open() & back_with_its_sender()),
        Tab("done", _("已答复"), Q(replied_at__isnull=False)),
        Tab("all", _("全部"), Q()),
    )
    return {tab.code: tab for tab in found}


class TaskFilter(forms.Form):
    """What the list is narrowed to."""

    use_required_attribute = False

    request = forms.ChoiceField(label=_("协办事项"), required=False, choices=[ANY, *RequestType.choices])
    word = forms.CharField(label=_("单位、项目名称含"), max_length=40, required=False)

    def narrowed(self, tasks: QuerySet[Task]) -> QuerySet[Task]:
        """The requests that fit; a value that cannot be read narrows nothing."""
        self.is_valid()
        if chosen := self.cleaned_data.get("request"):
            tasks = tasks.filter(request=chosen)
        if word := (self.cleaned_data.get("word") or "").strip():
            tasks = tasks.filter(
                Q(case__respondent_name__icontains=word) | Q(case__project__name__icontains=word)
            )
        return tasks

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.values()) if self.is_valid() else bool(self.data.get("word"))


def received_by(user: User) -> QuerySet[Task]:
    """The requests to the person's own agency that are theirs to see."""
    return tasks_visible_to(user).filter(receiver=user.agency_id)


def counts(tasks: QuerySet[Task], today: date) -> dict[str, int]:
    """How many requests each view holds; one query."""
    return tasks.aggregate(**{tab.code: Count("pk", filter=tab.wanted) for tab in tabs(today).values()})


def rows(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The requests in the order of the list, with what a row shows; one query."""
    found = tasks.select_related("case__agency", "case__project", "case__town", "sent_by__agency")
    return found.annotate(paper_count=Count("enclosures")).order_by("replied_at", "due_on", "pk")


@dataclass(frozen=True)
class Row:
    """A request as the list shows it: the lamp of its clock while it waits, and whether it was or is late."""

    task: Task
    lamp: Lamp | None
    is_overdue: bool


def with_lamps(found: Iterable[Task], today: date) -> list[Row]:
    """Each request with the lamp of its clock; two queries for any number."""
    tasks = list(found)
    ids = {task.case_id for task in tasks}
    running = CaseClock.objects.filter(case__in=ids, rule_code=d.REPLY_TO_TASK.code).order_by("pk")
    latest = {(clock.case_id, clock.cause): clock for clock in running.prefetch_related("changes")}
    return [
        Row(task, _lamp(task, latest.get((task.case_id, task.cause)), today), is_overdue(task, today))
        for task in tasks
    ]


def _lamp(task: Task, clock: CaseClock | None, today: date) -> Lamp | None:
    return clocks.lamp_of(clock, today) if clock and task.state == TaskState.ASKED else None


def is_overdue(task: Task, today: date) -> bool:
    """Whether it was, or is being, answered after its day."""
    if task.replied_at:
        return timezone.localdate(task.replied_at) > task.due_on
    return task.state == TaskState.ASKED and task.due_on < today
