"""A matter that goes on to another agency 转办、移送: offered, taken or returned, ruled upon, done or revoked."""

from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.rights import Right
from cases.models.case import Case, CaseKind
from cases.models.people import Party
from cases.models.tasks import Returnable, back_with_its_sender


class ReferralState(models.TextChoices):
    """Where a referral stands; told by its dates, kept nowhere."""

    OFFERED = "offered", _("等接收")
    RETURNED = "returned", _("已退回，等转出单位处理")
    DISPUTED = "disputed", _("第二次退回，等裁定")
    ACCEPTED = "accepted", _("已接收，办理中")
    DONE = "done", _("已反馈")
    REVOKED = "revoked", _("已收回")


RECEIVING_RIGHT = {
    CaseKind.INSPECTION: Right.INTAKE,
    CaseKind.ARBITRATION: Right.RECEIVE_DISPUTE,
    CaseKind.MEDIATION: Right.RECEIVE_DISPUTE,
    CaseKind.LEGAL_AID: Right.RECEIVE_AID,
    "": Right.REPLY_TASK,
}
"""Who takes in what is referred, by the kind of case it becomes; authorities without cases of their own do it there."""

RULING_RIGHT = Right.DEPUTY
"""The bureau that leads the district's work on wages rules between authorities."""


class ReferralQuerySet(models.QuerySet["Referral"]):
    def of_receiver(self, user: User) -> "ReferralQuerySet":
        """Those sent to the person's agency that their role takes in, as long as they were not revoked."""
        kinds = [kind for kind, right in RECEIVING_RIGHT.items() if user.has_right(right)]
        return self.filter(receiver=user.agency_id, kind__in=kinds, revoked_at=None)

    def visible_to(self, user: User) -> "ReferralQuerySet":
        """Those of cases whose file the person reads, those sent to them, and those they have to rule upon."""
        if not user.is_active:
            return self.none()
        found = Q(case__in=Case.objects.readable_by(user)) | Q(pk__in=self.of_receiver(user).values("pk"))
        if user.has_right(RULING_RIGHT):
            found |= Q(return_count__gt=1)
        return self.filter(found)

    def with_numbers(self) -> "ReferralQuerySet":
        """Each with how many people go along and what they are owed, as ``headcount`` and ``owed_fen``."""
        return self.annotate(
            headcount=Count("people", distinct=True), owed_fen=Coalesce(Sum("people__claims__owed_fen"), 0)
        )

    def offered(self) -> "ReferralQuerySet":
        """Those that the receiver has neither taken nor returned."""
        return self.filter(accepted_at=None, revoked_at=None).exclude(back_with_its_sender())

    def back(self) -> "ReferralQuerySet":
        """Those returned once, for who sent them to answer."""
        return self.filter(back_with_its_sender(), accepted_at=None, revoked_at=None, return_count=1)

    def disputed(self) -> "ReferralQuerySet":
        """Those returned a second time and not ruled upon since."""
        return self.filter(back_with_its_sender(), accepted_at=None, revoked_at=None, return_count__gt=1)


class Referral(Returnable):
    """One matter offered to one agency: with which people of the case, why, under which article.

    ``kind`` is the kind of case it becomes there, empty where the receiver keeps no cases here. ``received_on`` is the
    day on which the district first had the matter: it stays the same however often the matter is passed on.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    receiver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("接收单位"))
    kind = models.CharField(_("作为哪类案件办理"), max_length=16, choices=CaseKind.choices, blank=True)
    people = models.ManyToManyField(Party, related_name="+", verbose_name=_("随同转交的人"))
    reason = models.TextField(_("转办理由"))
    basis = models.CharField(_("依据"), max_length=160)
    told_on = models.DateField(_("告知当事人日期"))
    told_how = models.CharField(_("告知方式、本人意见"), max_length=120)
    received_on = models.DateField(_("全区收到日期"))
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(_("接收时间"), null=True, blank=True)
    opened = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="came_by", verbose_name=_("接收后的案件")
    )
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("反馈时间"), null=True, blank=True)
    result = models.TextField(_("办理结果"), blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    revoked_because = models.TextField(_("收回理由"), blank=True)

    objects = models.Manager.from_queryset(ReferralQuerySet)()

    clock: Any = None
    """The time limit that runs on it, for pages (`cases.referral_clocks`); no column."""

    class Meta(Returnable.Meta):
        verbose_name = verbose_name_plural = _("转办")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            *Returnable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None, opened=None, done_at=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="referral_taken_before_done",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, result="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result="")),
                name="referral_result_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_because="")),
                name="referral_revocation_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["receiver", "accepted_at", "sent_at"], name="referral_open")]

    def __str__(self) -> str:
        return f"{self.case.number} → {self.receiver.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("cases:referral", args=[self.public_id])

    @property
    def state(self) -> ReferralState:
        """Where the matter stands now."""
        if self.revoked_at:
            return ReferralState.REVOKED
        if self.accepted_at:
            return ReferralState.DONE if self.done_at else ReferralState.ACCEPTED
        if self.is_returned:
            return ReferralState.DISPUTED if self.return_count > 1 else ReferralState.RETURNED
        return ReferralState.OFFERED

    @property
    def becomes(self) -> str:
        """What the receiver makes of it, in words."""
        return str(CaseKind(self.kind).label) if self.kind else str(_("在该单位办理"))
