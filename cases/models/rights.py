"""Duties of people on a case inside its agency."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from cases.models.case import Case


class Duty(models.TextChoices):
    """What a person is on one case."""

    LEAD = "lead", _("主办监察员")
    SECOND = "second", _("协办监察员")
    SOLE = "sole", _("独任仲裁员")
    CHIEF = "chief", _("首席仲裁员")
    MEMBER = "member", _("仲裁员")
    CLERK = "clerk", _("书记员")
    MEDIATOR = "mediator", _("调解员")


LEADING = frozenset({Duty.LEAD, Duty.SOLE, Duty.CHIEF, Duty.MEDIATOR})
"""Whoever holds one of these is the case's handler: lists say their name."""


class Assignment(models.Model):
    """A person's duty on a case; ``until`` is empty while it lasts."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    duty = models.CharField(_("职责"), max_length=12, choices=Duty.choices)
    since = models.DateTimeField(_("自"))
    until = models.DateTimeField(_("至"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指派")
        ordering = ["duty", "since"]
        constraints = [
            # A tribunal of three has two members.
            models.UniqueConstraint(
                fields=["case", "duty"],
                condition=Q(until__isnull=True) & ~Q(duty="member"),
                name="one_per_duty",
            ),
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(until__isnull=True), name="one_duty_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.user}"


class Recusal(models.Model):
    """A person who may not act on a case 回避. 劳动保障监察条例第十六条；行政处罚法第四十三条."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    user = models.ForeignKey(User, models.PROTECT, related_name="recusals")
    reason = models.CharField(_("理由"), max_length=200)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.case}"
