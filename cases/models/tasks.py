"""Requests to other authorities on one case 协办."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from cases.models.case import Case


class RequestType(models.TextChoices):
    """What the other authority is asked to do."""

    VERIFY = "verify", _("核实项目与合同")
    PRESS = "press", _("督促拨付")
    ILLEGAL_CHAIN = "illegal_chain", _("查处违法分包")
    STOP_WORK = "stop_work", _("停工整改")
    CREDIT = "credit", _("信用措施")
    ATTEND = "attend", _("到场协调")


class TaskState(models.TextChoices):
    """Where a request stands; told by its dates, kept nowhere."""

    ASKED = "asked", _("等答复")
    RETURNED = "returned", _("已退回，等发出单位处理")
    DISPUTED = "disputed", _("第二次退回，等裁定")
    REPLIED = "replied", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤回")


class Returnable(models.Model):
    """What goes to another authority, which may send it back under a rule; sent back twice, it waits for a ruling.

    ``returned_at`` and ``ruled_at`` are those of the last return and the last ruling, which binds both sides.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("发出时间"))
    return_count = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    return_rule = models.CharField(_("退回依据"), max_length=160, blank=True)
    return_reason = models.TextField(_("退回理由"), blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(_("裁定时间"), null=True, blank=True)
    ruling = models.TextField(_("裁定"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(return_count=0)
                | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_rule="")),
                name="%(class)s_return_names_its_rule",
            ),
            models.CheckConstraint(
                condition=Q(ruled_at__isnull=True) | (Q(ruled_by__isnull=False) & ~Q(ruling="")),
                name="%(class)s_ruling_is_whole",
            ),
        ]

    @property
    def cause(self) -> str:
        """How its clocks and its grant are told from those of others (`CaseClock.cause`)."""
        return self.public_id.hex[:16]

    @property
    def is_returned(self) -> bool:
        """Whether the last return was answered neither by sending it again nor by a ruling."""
        if self.returned_at is None:
            return False
        return self.returned_at > max(self.sent_at, self.ruled_at or self.sent_at)


def back_with_its_sender() -> Q:
    """Rows whose last return was answered neither by sending again nor by a ruling."""
    return Q(returned_at__gt=F("sent_at")) & (Q(ruled_at=None) | Q(returned_at__gt=F("ruled_at")))


class TaskQuerySet(models.QuerySet["Task"]):
    def asked(self) -> "TaskQuerySet":
        """Those that the receiver has still to answer: neither answered, withdrawn, nor back with their sender."""
        return self.filter(replied_at=None, withdrawn_at=None).exclude(back_with_its_sender())


class Task(Returnable):
    """One request to one authority, its day and its reply. The case's own clocks do not wait for it.

    A request that was returned waits for who sent it; sent again and returned a second time, it waits for a ruling,
    which binds both sides.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    receiver = models.ForeignKey(Agency, models.PROTECT, related_name="tasks", verbose_name=_("协办单位"))
    request = models.CharField(_("协办事项"), max_length=16, choices=RequestType.choices)
    content = models.TextField(_("请协办的内容"))
    due_on = models.DateField(_("答复期限"))
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    reply = models.TextField(_("答复"), blank=True)
    is_partly_returned = models.BooleanField(_("部分退回"), default=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    moved_fen = models.BigIntegerField(_("促成支付（分）"), default=0)

    objects = models.Manager.from_queryset(TaskQuerySet)()

    class Meta(Returnable.Meta):
        verbose_name = verbose_name_plural = _("协办任务")
        ordering = ["due_on", "pk"]
        constraints = [
            *Returnable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(replied_by__isnull=True, replied_at__isnull=True, reply="")
                | (Q(replied_by__isnull=False, replied_at__isnull=False) & ~Q(reply="")),
                name="task_reply_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="task_withdrawal_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["receiver", "replied_at", "due_on"], name="task_open")]

    @property
    def state(self) -> TaskState:
        """Where the request stands now."""
        if self.withdrawn_at:
            return TaskState.WITHDRAWN
        if self.replied_at:
            return TaskState.REPLIED
        if self.is_returned:
            return TaskState.DISPUTED if self.return_count > 1 else TaskState.RETURNED
        return TaskState.ASKED

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.replied_at is None and self.withdrawn_at is None

    def __str__(self) -> str:
        return f"{self.receiver.short_name}：{self.get_request_display()}"
