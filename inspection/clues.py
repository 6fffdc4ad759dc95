"""Clues 线索: one inbound item from any channel, with a table of its own; it ends with a verdict or as a complaint."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from agencies.models import Agency, User
from agencies.rights import Right
from cases.forms import ChosenField, FactsForm, TextField
from cases.models import Case
from cases.workflow.table import Change, Facts, Step, StepRefused, Workflow, guard
from documents.catalogue import ready_kinds
from inspection import deadlines as d
from inspection.actors import W
from inspection.states import Channel

ATTEMPTS = 3  # logged attempts to reach the person, after which the clue may be closed without contact


class ClueState(models.TextChoices):
    CLUE_NEW = "CLUE_NEW", _("线索待核")
    CLUE_CLOSED = "CLUE_CLOSED", _("线索办结")


class Verdict(models.TextChoices):
    """How a clue was found to be; a list the district may change."""

    PAID = "paid", _("属实已支付")
    IN_HAND = "in_hand", _("属实正在处理（已立案）")
    PARTLY = "partly", _("部分属实")
    UNTRUE = "untrue", _("不属实")
    DISPUTE = "dispute", _("属劳动争议，引导仲裁")
    NOT_WAGES = "not_wages", _("非工资（工程款、材料款）")
    ELSEWHERE = "elsewhere", _("非本辖区，转办")
    REPEATED = "repeated", _("重复")
    UNREACHABLE = "unreachable", _("无法联系")
    RETRACTED = "retracted", _("反映人撤回")


class VerdictForm(FactsForm):
    verdict = ChosenField(label=_("核处结论"), choices=Verdict.choices)
    result = TextField(label=_("核处情况"), max_length=1000)


@guard(_("还没联系上反映人；联系不上的要有三次记录"), law=f"{d.WAGES}第三十八条、第三十九条")
def contacted(clue: Any, facts: Facts) -> bool:
    return clue.contacted_at is not None or clue.attempts >= ATTEMPTS


@guard(_("还没有由这条线索登记的投诉"), law=f"{d.PROVISIONS}第十二条", needs_facts=True)
def complaint_named(clue: Any, facts: Facts) -> bool:
    return facts.get("complaint") is not None


CLOSE_CLUE = Step(
    name="close_clue",
    row="2",
    label=_("线索办结"),
    source=(ClueState.CLUE_NEW,),
    target=ClueState.CLUE_CLOSED,
    by=(W,),
    guards=(contacted,),
    form=VerdictForm,
    law=f"{d.WAGES}第三十八条、第三十九条",
)

CONVERT_CLUE = Step(
    name="convert_clue",
    row="3",
    label=_("转为投诉"),
    source=(ClueState.CLUE_NEW,),
    target=ClueState.CLUE_CLOSED,
    by=(W,),
    guards=(complaint_named,),
    documents=("D01", "D02", "D03"),
    law=f"{d.PROVISIONS}第十二条至第十四条",
)

CLUE = Workflow(
    kind="clue",
    label=_("线索"),
    version=1,
    model_name="inspection.Clue",
    detail="",
    states=ClueState,
    initial=ClueState.CLUE_NEW,
    final=frozenset({ClueState.CLUE_CLOSED}),
    headline_rules=("T07c",),
    law=_("依据：《保障农民工工资支付条例》第三十八条、第三十九条。线索不计入案件。"),
    ready_documents=ready_kinds,
    steps=(CLOSE_CLUE, CONVERT_CLUE),
)


class Clue(FSMModelMixin, models.Model):
    """One inbound item. It never counts as a case; the same item of a channel exists once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = FSMField(default=ClueState.CLUE_NEW, choices=ClueState.choices, max_length=16, protected=True)
    channel = models.CharField(_("来源"), max_length=12, choices=Channel.choices)
    external_no = models.CharField(_("外部编号"), max_length=60)
    received_at = models.DateTimeField(_("收到时间"))
    content = models.TextField(_("反映内容"))
    attempts = models.PositiveSmallIntegerField(_("联系次数"), default=0)
    contacted_at = models.DateTimeField(_("首次联系时间"), null=True, blank=True)
    verdict = models.CharField(_("核处结论"), max_length=12, choices=Verdict.choices, blank=True)
    result = models.TextField(_("核处情况"), blank=True)
    complaint = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="clues")
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("线索")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "channel", "external_no"], name="clue_once_per_channel"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="clue_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state="CLUE_NEW") | ~Q(verdict="") | Q(complaint__isnull=False),
                name="clue_closed_has_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.external_no}"

    @CLOSE_CLUE.transition
    def close_clue(self, change: Change) -> None:
        """线索办结 with one verdict."""
        self.verdict, self.result = change.facts["verdict"], change.facts["result"]

    @CONVERT_CLUE.transition
    def convert_clue(self, change: Change) -> None:
        """转为投诉: the complaint carries on."""
        self.complaint = change.facts["complaint"]


@transaction.atomic
def move_clue(*, clue: Clue, step: str, by: User, **facts: Any) -> Clue:
    """The clue has taken the step of its table. PermissionDenied for others than intake of its agency, StepRefused."""
    locked = Clue.objects.select_for_update(of=("self",)).get(pk=clue.pk)
    row = CLUE.by_name[step]
    if locked.agency_id != by.agency_id or not by.has_right(Right.INTAKE):
        raise PermissionDenied
    if locked.state not in row.source:
        raise StepRefused([str(_("这条线索已经办结"))])
    cleaned = row.clean(locked, by, facts)
    if reasons := row.refusals(locked, cleaned):
        raise StepRefused(reasons)
    now = timezone.now()
    getattr(locked, step)(Change(locked, row, by, timezone.localdate(now), now, cleaned, ""))
    locked.closed_at, locked.closed_by = now, by
    locked.save()
    return locked
