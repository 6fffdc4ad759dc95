"""Why people outside the agency see a case: every grant, from when, by which act, until when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from cases.models.case import Case


class ShareReason(models.TextChoices):
    """The act that a grant follows from."""

    TASK = "task", _("协办任务")
    POLICE = "police", _("移送公安")
    REFERRAL = "referral", _("转办、移送")
    REPRESENTATION = "representation", _("承办法律援助")


class CaseShare(models.Model):
    """One grant of one case to one agency or one person, for one reason.

    ``source`` tells grants for the same reason apart (the task). From ``finished_at`` on the receiver still reads but
    may act no longer; from ``ended_at`` on this reason gives no sight. Rows stay for ever: the guardian grants are the
    right, this is its history.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="shares")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("缘由"), max_length=16, choices=ShareReason.choices)
    source = models.CharField(max_length=40, blank=True, editable=False)
    since = models.DateTimeField(_("开始"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("共享人"))
    finished_at = models.DateTimeField(_("办完"), null=True, blank=True)
    ended_at = models.DateTimeField(_("收回"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("共享")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, user__isnull=True)
                | Q(agency__isnull=True, user__isnull=False),
                name="share_has_one_receiver",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.receiver}"

    @property
    def receiver(self) -> str:
        """Who got it, in words."""
        return str(self.agency or self.user)

    @property
    def may_act(self) -> bool:
        return self.finished_at is None and self.ended_at is None
