"""The outbox of effects and the in-site messages of people."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """One effect that must happen once, written in the transaction that decided it.

    ``payload`` holds ids only, never personal data. ``due_at`` is also the lease of a running attempt: while
    an attempt runs it lies in the future, so no second relay takes the row.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("待处理")
        DONE = "done", _("已完成")
        PARKED = "parked", _("多次失败，已搁置")

    kind = models.CharField(_("种类"), max_length=60)
    key = models.CharField(_("唯一键"), max_length=200)
    payload = models.JSONField(_("参数"), default=dict)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    created_at = models.DateTimeField(_("写入时间"), default=timezone.now)
    due_at = models.DateTimeField(_("应处理时间"))
    sent_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    last_error = models.CharField(_("最近一次错误"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("待办事项")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="outbox_message_once_per_kind_and_key"),
            models.CheckConstraint(
                condition=models.Q(state="done", sent_at__isnull=False)
                | (~models.Q(state="done") & models.Q(sent_at=None)),
                name="outbox_message_done_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="pending"), name="outbox_message_due"),
            models.Index(fields=["state"], condition=models.Q(state="parked"), name="outbox_message_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class InboxMessage(models.Model):
    """A line in one person's 消息, with a link to what needs doing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox", verbose_name=_("收件人")
    )
    kind = models.CharField(_("种类"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    url = models.CharField(_("链接"), max_length=300, blank=True)
    key = models.CharField(_("唯一键"), max_length=200)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("消息")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], name="inbox_message_once_per_recipient_and_key"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="inbox_message_unread"),
        ]

    def __str__(self) -> str:
        return self.title
