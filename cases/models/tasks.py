"""Requests to other authorities on one case 协办."""

import uuid

from django.db import models
from django.db.models import Q
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


class Task(models.Model):
    """One request to one authority, its day and its reply. The case's own clocks do not wait for it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    receiver = models.ForeignKey(Agency, models.PROTECT, related_name="tasks", verbose_name=_("协办单位"))
    request = models.CharField(_("协办事项"), max_length=16, choices=RequestType.choices)
    content = models.TextField(_("请协办的内容"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("发出时间"))
    due_on = models.DateField(_("答复期限"))
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    reply = models.TextField(_("答复"), blank=True)
    moved_fen = models.BigIntegerField(_("促成支付（分）"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("协办任务")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_by__isnull=True, replied_at__isnull=True, reply="")
                | (Q(replied_by__isnull=False, replied_at__isnull=False) & ~Q(reply="")),
                name="task_reply_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["receiver", "replied_at", "due_on"], name="task_open")]

    def __str__(self) -> str:
        return f"{self.receiver.short_name}：{self.get_request_display()}"
