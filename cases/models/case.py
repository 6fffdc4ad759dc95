"""The case itself and the one queryset that decides who finds it."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from agencies.models import Agency, Town, User
from agencies.rights import Sight
from cases.workflow.registry import workflow_for

if TYPE_CHECKING:
    from cases.workflow.table import Workflow


class CaseKind(models.TextChoices):
    INSPECTION = "inspection", _("欠薪投诉")
    MEDIATION = "mediation", _("劳动争议调解")
    ARBITRATION = "arbitration", _("劳动争议仲裁")
    LEGAL_AID = "legal_aid", _("法律援助")


class NumberTail(models.Func):
    """What follows the year in a number: 〕1203号 of 铜人社监案〔2026〕1203号."""

    template = "SUBSTRING(%(expressions)s FROM STRPOS(%(expressions)s, '〕'))"
    output_field = models.CharField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = "SUBSTR(%(expressions)s, INSTR(%(expressions)s, '〕'))"
        return self.as_sql(compiler, connection, template=template, **context)


class CaseQuerySet(models.QuerySet["Case"]):
    """Filters of cases. `visible_to` is the rule of sight that every list, count, file and page starts from."""

    def visible_to(self, user: User) -> Self:
        """The cases this person may see: by agency as the role says, or by an explicit grant. Nobody else's."""
        if not getattr(user, "is_authenticated", False) or not user.is_active or user.sight == Sight.NONE:
            return self.none()
        return self.filter(_inside(user) | granted(user))

    def readable_by(self, user: User) -> Self:
        """The visible cases whose whole file this person may read: those inside the agency, never a mere grant."""
        return self.visible_to(user).filter(_inside(user))

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def open(self) -> Self:
        """Cases still to be dealt with: neither closed nor ended otherwise."""
        return self.filter(ended_on__isnull=True)

    def locked(self) -> Self:
        """The rows are held until the transaction ends; only the case row itself, never what it joins."""
        return self.select_for_update(of=("self",))


def _inside(user: User) -> Q:
    """The cases of the person's agency, and of those below it where the role sees down the tree."""
    if user.sight == Sight.TREE:
        return Q(agency_id__in=Agency.objects.filter(path__startswith=user.agency.path).values("pk"))
    if user.sight == Sight.OWN:
        return Q(agency_id=user.agency_id)
    return Q(pk__in=[])


def granted(user: User, permission: str = "view_case") -> Q:
    """The cases shared with this person, or with the agency unless the role sees only what is its own, by grants that
    are rows of their own: to see them, or to answer (``reply_case``).
    """
    own = CaseUserGrant.objects.filter(user=user, permission__codename=permission)
    if user.sight == Sight.PERSONAL:
        return Q(pk__in=own.values("content_object_id"))
    shared = CaseGroupGrant.objects.filter(group_id=user.agency.group_id, permission__codename=permission)
    return Q(pk__in=own.values("content_object_id")) | Q(pk__in=shared.values("content_object_id"))


class KindManager(models.Manager.from_queryset(CaseQuerySet)):  # type: ignore[misc]
    """Manager of a proxy: only the cases of that kind."""

    def __init__(self, kind: str = "") -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> CaseQuerySet:
        return super().get_queryset().filter(kind=self.kind)


class Case(FSMModelMixin, models.Model):
    """One matter in one agency. What two kinds or an indicator need stands here, the rest on the detail of its kind."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("类型"), max_length=16, choices=CaseKind.choices)
    workflow_version = models.PositiveSmallIntegerField(default=1, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="cases", verbose_name=_("办理机构"))
    state = FSMField(_("状态"), max_length=32, protected=True)
    receipt_no = models.CharField(_("登记号"), max_length=60)
    case_no = models.CharField(_("案号"), max_length=60, blank=True)

    received_on = models.DateField(_("收到日期"))
    registered_at = models.DateTimeField(_("登记时间"))
    filed_on = models.DateField(_("立案日期"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    ended_on = models.DateField(_("终结日期"), null=True, blank=True)
    outcome = models.CharField(_("办结方式"), max_length=16, blank=True)

    applicant_name = models.CharField(_("投诉人"), max_length=60)
    applicant_pinyin = models.CharField(max_length=200, blank=True, editable=False)
    respondent_name = models.CharField(_("被投诉单位"), max_length=120)
    respondent_pinyin = models.CharField(max_length=400, blank=True, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, verbose_name=_("用工镇街"))
    project = models.ForeignKey(
        "cases.Project", models.PROTECT, null=True, blank=True, verbose_name=_("工程项目")
    )
    worker_count = models.PositiveIntegerField(_("涉及人数"), default=0)
    claimed_fen = models.BigIntegerField(_("主张金额（分）"), default=0)
    confirmed_fen = models.BigIntegerField(_("认定金额（分）"), default=0)
    paid_fen = models.BigIntegerField(_("已付金额（分）"), default=0)
    is_priority = models.BooleanField(_("农民工优先"), default=False)
    is_group = models.BooleanField(_("群体案件"), default=False)
    is_major = models.BooleanField(_("重大案件"), default=False)
    is_coordinating = models.BooleanField(_("协调中"), default=False)
    is_suspended = models.BooleanField(_("中止"), default=False)
    reopened_on = models.DateField(_("恢复办理日期"), null=True, blank=True)

    handler = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="handled_cases")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="registered_cases", editable=False)
    due_on = models.DateField(_("办结期限"), null=True, blank=True, editable=False)
    headline_clock = models.ForeignKey(
        "cases.CaseClock", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    audit_length = models.PositiveIntegerField(default=0, editable=False)
    audit_mac = models.CharField(max_length=64, blank=True, editable=False)

    objects = models.Manager.from_queryset(CaseQuerySet)()

    seen_by: int | None = None
    """The key of the person for whom this very object was fetched through `visible_to`; no column."""
    last_event: tuple[int, str] | None = None
    """Place and MAC of the event that the running act appended last to this very object; no column."""
    is_known_answer = False
    """Whether this very object answers a repeated request, which made nothing; no column."""

    class Meta:
        verbose_name = verbose_name_plural = _("案件")
        ordering = ["-registered_at"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "receipt_no"], name="case_receipt_no_once"),
            models.UniqueConstraint(
                fields=["agency", "case_no"], condition=~Q(case_no=""), name="case_no_once_per_agency"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="case_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(case_no="") | Q(filed_on__isnull=False), name="case_numbered_is_filed"
            ),
            models.CheckConstraint(
                condition=Q(claimed_fen__gte=0) & Q(confirmed_fen__gte=0) & Q(paid_fen__gte=0),
                name="case_sums_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "kind", "ended_on", "due_on"], name="case_work_list"),
            models.Index(fields=["agency", "kind", "filed_on", "closed_on"], name="case_indicators"),
            models.Index(fields=["handler", "ended_on", "due_on"], name="case_mine"),
            models.Index(fields=["state"], name="case_state"),
            # The order of every list: open cases first by what is due, then the ended ones, newest first.
            models.Index(fields=["-ended_on", "due_on"], name="case_by_urgency"),
            # Numbers are looked for by their end; names by `cases.pairs`.
            models.Index(NumberTail("receipt_no"), name="case_receipt_tail"),
            models.Index(NumberTail("case_no"), name="case_number_tail"),
        ]
        permissions = [("reply_case", _("答复协办任务"))]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The 案号 once there is one, the 登记号 before."""
        return self.case_no or self.receipt_no

    @property
    def title(self) -> str:
        """Who against whom, as the identity bar says it."""
        people = (
            f"{self.applicant_name}（等{self.worker_count}人）"
            if self.worker_count > 1
            else self.applicant_name
        )
        return f"{people} 诉 {self.respondent_name}"

    @property
    def workflow(self) -> "Workflow":
        return workflow_for(self.kind)

    @property
    def state_label(self) -> str:
        return self.workflow.state_label(self.state)

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @cached_property
    def detail(self) -> models.Model:
        """The row of the kind's own table."""
        return getattr(self, self.workflow.detail)

    def get_absolute_url(self) -> str:
        return reverse("cases:detail", args=[self.public_id])


class CaseUserGrant(UserObjectPermissionBase):
    """A grant of one case to one person outside the agency; goes with the case."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)


class CaseGroupGrant(GroupObjectPermissionBase):
    """A grant of one case to another agency; goes with the case."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)
