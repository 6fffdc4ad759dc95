"""Requests to other authorities 协办: asked, answered, returned with a rule, ruled upon, withdrawn.

《保障农民工工资支付条例》第七条 makes each authority answer for its sector; how a request is returned and ruled upon is
the district's own order. The clocks of the case never wait for an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.rights import Right, Role
from calendars.services import reckoned
from cases import clocks, rulings, sharing
from cases.effects import tell
from cases.forms import (
    ArticleField,
    ChosenField,
    DayField,
    FactsForm,
    MoneyField,
    StaffField,
    TextField,
)
from cases.models import Case, RequestType, ShareReason, Task, TaskState
from cases.workflow.table import Change, Facts, guard
from inspection import deadlines as d
from inspection.enclosures import enclose, papers_of
from inspection.supervision import supervisor_of

WHOLE, PART = "whole", "part"
BINDING, PARTLY, DROPPED = "binding", "partly", "dropped"
OWN_ORDER = f"{d.WAGES}第七条"


# What is asked before each act


class TermField(DayField):
    """A day after today, the office's usual one proposed."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError(_("答复期限要晚于今天"))
        return day


def usual_term() -> date:
    """When an answer is due that is asked for today."""
    return reckoned(d.REPLY_TO_TASK, timezone.localdate()).due_on


class PapersField(forms.MultipleChoiceField):
    """What of the file goes along. The cleaned value is the list of codes, None without any."""

    def __init__(self) -> None:
        super().__init__(
            label=_("随任务附上的材料和文书"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("对方只看得到勾选的这些；撤回任务就看不到了"),
            error_messages={"invalid_choice": _("选的材料或文书已经删除、作废，重新选")},
        )

    def clean(self, value: Any) -> list[str] | None:
        return super().clean(value) or None


class WithPapers(FactsForm):
    """A form whose field ``papers`` offers what stands in the file; the field is gone where nothing does."""

    def prepare(self) -> None:
        field = self.fields["papers"]
        assert isinstance(field, PapersField)
        field.choices = papers_of(self.case)
        if not field.choices:
            field.widget = forms.MultipleHiddenInput()

    def given(self) -> dict[str, Any]:
        """The facts as typed, with every box that was ticked."""
        read = getattr(self.data, "getlist", self.data.get)
        return super().given() | {"papers": read("papers") or []}


class TaskForm(WithPapers):
    receiver = StaffField(label=_("协办单位"), queryset=Agency.objects.none())
    request = ChosenField(label=_("协办事项"), choices=RequestType.choices)
    content = TextField(label=_("请协办的内容"), max_length=1000)
    due_on = TermField(label=_("答复期限"))
    papers = PapersField()

    def prepare(self) -> None:
        super().prepare()
        receivers = Agency.objects.exclude(path__startswith=self.case.agency.path)
        field = self.fields["receiver"]
        assert isinstance(field, StaffField)
        field.queryset = receivers.filter(staff__role=Role.LIAISON).distinct()
        supervisor = supervisor_of(self.case)
        field.initial = supervisor
        self.fields["due_on"].initial = usual_term()
        self.fields["request"].help_text = earlier_rulings(supervisor)


def earlier_rulings(receiver: Agency | None) -> str:
    """What was ruled last on returned requests, this authority's where one is proposed: no matter is argued twice."""
    ruled = Task.objects.exclude(ruled_at=None).select_related("receiver").order_by("-ruled_at")
    found = ruled.filter(receiver=receiver) if receiver else ruled
    return rulings.in_short((str(task), task.ruling) for task in found[: rulings.MOST])


class ChosenTask(FactsForm):
    """A form about one of the requests of the case: those that ``states`` name."""

    task = StaffField(label=_("任务"), queryset=Task.objects.none())
    states: tuple[TaskState, ...] = (TaskState.ASKED,)

    def prepare(self) -> None:
        super().prepare()
        open_tasks = [task for task in self.case.tasks.select_related("receiver") if self.offers(task)]
        field = self.fields["task"]
        assert isinstance(field, StaffField)
        field.queryset = Task.objects.filter(pk__in=[task.pk for task in open_tasks]).select_related(
            "receiver"
        )
        field.initial = open_tasks[0] if open_tasks else None
        field.error_messages["invalid_choice"] = _("选的任务现在不能这样办理，重新打开页面再选")

    def offers(self, task: Task) -> bool:
        """Whether this request may be chosen."""
        return task.state in self.states


class ReceivedTask(ChosenTask):
    """One of the requests to the agency of whoever fills the form in."""

    def offers(self, task: Task) -> bool:
        return super().offers(task) and task.receiver_id == self.by.agency_id


class ReplyForm(ReceivedTask):
    reply = TextField(label=_("核实情况和采取的措施"), max_length=2000)
    moved = MoneyField(label=_("促成支付金额"), required=False, allow_zero=True)


class ReturnForm(ReceivedTask):
    scope = ChosenField(label=_("退回的范围"), choices=[(WHOLE, _("全部退回")), (PART, _("部分退回"))])
    rule = ArticleField(
        label=_("依据的规定"), max_length=160, help_text=_("写明文件和条款，如：《……条例》第七条第二款")
    )
    reason = TextField(label=_("退回哪些、为什么"), max_length=1000)


class ResendForm(ChosenTask, WithPapers):
    states = (TaskState.RETURNED,)
    answer = TextField(label=_("为什么仍请该单位办理"), max_length=1000)
    due_on = TermField(label=_("答复期限"))
    papers = PapersField()

    def prepare(self) -> None:
        super().prepare()
        self.fields["due_on"].initial = usual_term()


class WithdrawTaskForm(ChosenTask):
    states = (TaskState.ASKED, TaskState.RETURNED)
    reason = TextField(label=_("撤回理由"), max_length=500)


class RulingForm(ChosenTask):
    states = (TaskState.DISPUTED,)
    result = ChosenField(
        label=_("裁定"),
        choices=[
            (BINDING, _("由该单位办理")),
            (PARTLY, _("该单位只办理裁定写明的部分")),
            (DROPPED, _("该单位不用办理，撤回任务")),
        ],
    )
    ruling = TextField(label=_("裁定的内容和依据"), max_length=1000)
    due_on = TermField(label=_("答复期限"))

    def prepare(self) -> None:
        super().prepare()
        self.fields["due_on"].initial = usual_term()


# Conditions


@guard(_("没有发给你单位、等你答复的任务"), law=OWN_ORDER)
def task_open(case: Case, facts: Facts) -> bool:
    return any(task.state == TaskState.ASKED for task in case.tasks.all())


@guard(_("没有被退回、等你处理的协办任务"), law=OWN_ORDER)
def task_returned(case: Case, facts: Facts) -> bool:
    return any(task.state == TaskState.RETURNED for task in case.tasks.all())


@guard(_("没有还没办完的协办任务"), law=OWN_ORDER)
def task_pending(case: Case, facts: Facts) -> bool:
    return any(task.state in (TaskState.ASKED, TaskState.RETURNED) for task in case.tasks.all())


@guard(_("没有第二次退回、等你裁定的协办任务"), law=OWN_ORDER)
def task_disputed(case: Case, facts: Facts) -> bool:
    return any(task.state == TaskState.DISPUTED for task in case.tasks.all())


@guard(_("还有没办完的协办任务，先等答复或者撤回"), law=OWN_ORDER)
def no_task_open(case: Case, facts: Facts) -> bool:
    return not any(task.is_open for task in case.tasks.all())


def asked(case: Case) -> bool:
    """Whether an authority has still to answer."""
    return any(task.state == TaskState.ASKED for task in case.tasks.all())


def returned(case: Case) -> bool:
    return any(task.state == TaskState.RETURNED for task in case.tasks.all())


def disputed(case: Case) -> bool:
    return any(task.state == TaskState.DISPUTED for task in case.tasks.all())


# Consequences


def _ask(change: Change, task: Task, due_on: date) -> None:
    """The clock of the request runs to its day, the authority finds the case, and its liaisons are told."""
    case = change.case
    clock = clocks.start(case, d.REPLY_TO_TASK, change.on, cause=task.cause, set_due_on=due_on)
    task.due_on = clock.due_on or due_on
    task.save()
    sharing.share(case, task.receiver, reason=ShareReason.TASK, by=change.by, at=change.at, source=task.cause)
    for liaison in _people(task.receiver, Right.REPLY_TASK):
        tell(change, liaison, "task", f"{case.number} 请你单位协办")


def _people(agency: Agency, right: Right) -> list[User]:
    return [user for user in User.objects.filter(agency=agency, is_active=True) if user.has_right(right)]


def _tell_lead(change: Change, text: str) -> None:
    if change.case.handler:
        tell(change, change.case.handler, "reply", f"{change.case.number} {text}")


@dataclass(frozen=True)
class OnTask:
    """One act on a request; ``sign`` is how the printed table writes it."""

    act: Callable[[Change], None]
    sign: str

    def apply(self, change: Change) -> None:
        self.act(change)

    def __str__(self) -> str:
        return self.sign


def _send(change: Change) -> None:
    facts = change.facts
    task = Task(
        case=change.case,
        receiver=facts["receiver"],
        request=facts["request"],
        content=facts["content"],
        sent_by=change.by,
        sent_at=change.at,
    )
    _ask(change, task, facts["due_on"])
    enclose(task, facts.get("papers") or (), by=change.by)


def _reply(change: Change) -> None:
    task: Task = change.facts["task"]
    task.reply, task.moved_fen = change.facts["reply"], change.facts["moved"] or 0
    task.replied_by, task.replied_at = change.by, change.at
    task.save()
    clocks.meet(change.case, d.REPLY_TO_TASK, change.on, cause=task.cause)
    _finish(change, task)
    _tell_lead(change, _now("%(who)s已答复") % {"who": task.receiver.short_name})


def _finish(change: Change, task: Task) -> None:
    sharing.finish(change.case, task.receiver, reason=ShareReason.TASK, at=change.at, source=task.cause)


def _return(change: Change) -> None:
    """The request waits for its sender, who insists, narrows it or drops it; a second return waits for a ruling."""
    task: Task = change.facts["task"]
    task.return_rule, task.return_reason = change.facts["rule"], change.facts["reason"]
    task.is_partly_returned = change.facts["scope"] == PART
    task.returned_by, task.returned_at = change.by, change.at
    task.return_count += 1
    task.save()
    clocks.drop(change.case, d.REPLY_TO_TASK, change.on, cause=task.cause)
    _finish(change, task)
    _tell_lead(change, _now("%(who)s退回协办任务") % {"who": task.receiver.short_name})
    if task.return_count > 1:
        _tell_who_rules(change, task)


def _tell_who_rules(change: Change, task: Task) -> None:
    """The deputy heads above the office have the dispute in their messages."""
    above = User.objects.filter(agency_id=change.case.agency.parent_id, role=Role.DEPUTY_HEAD, is_active=True)
    for deputy in above:
        tell(change, deputy, "ruling", f"{change.case.number} 协办任务第二次退回，请裁定")


def _resend(change: Change) -> None:
    task: Task = change.facts["task"]
    task.sent_by, task.sent_at = change.by, change.at
    task.content = f"{task.content}\n{change.facts['answer']}"
    _ask(change, task, change.facts["due_on"])
    enclose(task, change.facts.get("papers") or (), by=change.by)


def _withdraw(change: Change) -> None:
    _drop(change, change.facts["task"])


def _drop(change: Change, task: Task) -> None:
    task.withdrawn_by, task.withdrawn_at = change.by, change.at
    task.save()
    clocks.drop(change.case, d.REPLY_TO_TASK, change.on, cause=task.cause)
    sharing.revoke(change.case, task.receiver, reason=ShareReason.TASK, at=change.at, source=task.cause)


def _rule(change: Change) -> None:
    task: Task = change.facts["task"]
    task.ruling, task.ruled_by, task.ruled_at = change.facts["ruling"], change.by, change.at
    if change.facts["result"] == DROPPED:
        _drop(change, task)
    else:
        _ask(change, task, change.facts["due_on"])
    _tell_lead(change, _now("协办任务已裁定"))


SEND = OnTask(_send, "▶TASK 共享→协办单位")
REPLY = OnTask(_reply, "■TASK 协办单位不再办理")
RETURN = OnTask(_return, "✕TASK 协办单位不再办理")
RESEND = OnTask(_resend, "▶TASK 共享→协办单位")
WITHDRAW = OnTask(_withdraw, "✕TASK 收回共享")
RULE = OnTask(_rule, "▶TASK 共享→协办单位；或收回")


def waiting_for_a_ruling() -> Q:
    """Cases with a request that was returned a second time and not ruled upon since."""
    disputed_ = Task.objects.filter(return_count__gt=1, replied_at=None, withdrawn_at=None).filter(
        Q(ruled_at=None) | Q(returned_at__gt=F("ruled_at"))
    )
    return Q(pk__in=disputed_.values("case"))
