"""The running time limits of a case. The arithmetic is in `calendars.clock`; these rows are its inputs and results."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from cases.models.case import Case
from cases.models.people import Party


class CaseClock(models.Model):
    """One rule running on one case, for one party where service starts it. Results are recomputed, never counted up."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="clocks")
    rule_code = models.CharField(_("规则"), max_length=16)
    started_on = models.DateField(_("起算日"))
    started_at = models.DateTimeField(_("起算时刻"), null=True, blank=True)
    cause = models.CharField(_("起因"), max_length=16, blank=True)
    set_due_on = models.DateField(_("文书确定的日期"), null=True, blank=True)

    raw_end = models.DateField(null=True, editable=False)
    due_on = models.DateField(_("到期日"), null=True, editable=False)
    due_at = models.DateTimeField(_("到期时刻"), null=True, editable=False)
    warn_on = models.DateField(_("预警日"), null=True, editable=False)
    is_provisional = models.BooleanField(_("预计"), default=False, editable=False)
    is_statutory = models.BooleanField(_("法定"), default=True, editable=False)
    calendar_version = models.PositiveIntegerField(default=0, editable=False)
    rule_text = models.CharField(_("规则内容"), max_length=80, editable=False)

    met_on = models.DateField(_("完成日"), null=True, blank=True)
    ended_on = models.DateField(_("终止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("时限")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["rule_code", "due_on"], name="clock_rule_due"),
            models.Index(fields=["case", "met_on", "ended_on"], name="clock_running"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule_code", "party", "cause"],
                condition=Q(met_on__isnull=True, ended_on__isnull=True, party__isnull=False),
                name="clock_runs_once_per_party",
            ),
            models.UniqueConstraint(
                fields=["case", "rule_code", "cause"],
                condition=Q(met_on__isnull=True, ended_on__isnull=True, party__isnull=True),
                name="clock_runs_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code} {self.due_on}"

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.ended_on is None

    @property
    def stopped_on(self) -> date | None:
        """Since when the clock stands still; None while it runs on."""
        stops = [change for change in self.changes.all() if change.kind == ClockChange.Kind.PAUSE]
        return next((change.from_on for change in stops if change.to_on is None), None)


class ClockChange(models.Model):
    """A pause, an extension or a restart of one clock, with its reason and who approved it."""

    class Kind(models.TextChoices):
        PAUSE = "pause", _("扣除")
        EXTEND = "extend", _("延长")
        RESTART = "restart", _("重新起算")

    clock = models.ForeignKey(CaseClock, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    from_on = models.DateField(_("自"))
    to_on = models.DateField(_("恢复日"), null=True, blank=True)
    amount = models.PositiveSmallIntegerField(_("延长"), default=0)
    reason = models.CharField(_("理由"), max_length=200)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_on}"
