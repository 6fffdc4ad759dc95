"""The application for legal aid: what this kind of case has beyond the common ones, the registry of firms and lawyers,
and the proxy that carries the transitions.
"""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from cases.fields import EncryptedTextField
from cases.models import Case, CaseKind, KindManager
from cases.workflow.table import Change
from legal_aid import workflow as rows
from legal_aid.checking import finding
from legal_aid.means import Finding
from legal_aid.states import (
    AidForm,
    AskedBy,
    Basis,
    Category,
    Channel,
    Exemption,
    Matter,
    RefusalGround,
    Result,
    Satisfaction,
    SpecialStatus,
    Stage,
    State,
    TerminationGround,
    UrgentGround,
    Work,
)

# The registry


class Firm(models.Model):
    """A law firm or legal service office that takes legal-aid cases of one centre 承办机构.

    ``weight`` is its part of the cases against that of the others; ``specialities`` are codes of `Matter`.
    """

    class Kind(models.TextChoices):
        LAW_FIRM = "law_firm", _("律师事务所")
        SERVICE = "service", _("基层法律服务所")
        CENTRE = "centre", _("法律援助中心")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(_("机构名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.LAW_FIRM)
    weight = models.PositiveSmallIntegerField(_("权重"), default=1)
    most_open = models.PositiveSmallIntegerField(_("同时在办上限"), default=20)
    specialities = models.JSONField(_("专长"), default=list, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    is_active = models.BooleanField(_("接受指派"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("承办机构")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="firm_name_once_per_centre"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="firm_weight_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class Lawyer(models.Model):
    """A person of a firm who takes cases, with the account through which they see their own cases only."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="lawyers", verbose_name=_("承办机构"))
    user = models.OneToOneField(User, models.PROTECT, related_name="lawyer", verbose_name=_("账号"))
    licence_no = models.CharField(_("执业证号"), max_length=40)
    is_active = models.BooleanField(_("接受指派"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("承办律师")
        ordering = ["firm", "user__username"]

    def __str__(self) -> str:
        return str(self.user)


class Tie(models.Model):
    """A relation of a firm to a unit that may stand against an aided person 利害关系, such as a standing counsel."""

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="ties")
    lawyer = models.ForeignKey(Lawyer, models.CASCADE, null=True, blank=True, related_name="ties")
    unit_name = models.CharField(_("单位名称"), max_length=120)
    reason = models.CharField(_("关系"), max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = _("利害关系")
        ordering = ["firm", "unit_name"]

    def __str__(self) -> str:
        return f"{self.lawyer or self.firm}：{self.unit_name}（{self.reason}）"


class Rate(models.Model):
    """An amount of the district that holds from a day on, in fen: the hardship standard or a subsidy 补贴标准."""

    class Code(models.TextChoices):
        HARDSHIP = "hardship", _("经济困难标准（每人每月）")
        ADVICE = "advice", _("补贴：法律咨询（每件）")
        DRAFTING = "drafting", _("补贴：代拟法律文书（每件）")
        OUT_OF_COURT = "out_of_court", _("补贴：非诉讼代理（每件）")
        ARBITRATION = "arbitration", _("补贴：调解与仲裁代理（每件）")
        COURT = "court", _("补贴：民事诉讼代理（每件）")

    code = models.CharField(_("项目"), max_length=16, choices=Code.choices)
    from_on = models.DateField(_("自"))
    amount_fen = models.BigIntegerField(_("金额（分）"))
    basis = models.CharField(_("依据"), max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("标准")
        ordering = ["code", "-from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="rate_once_per_day"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="rate_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.from_on}"


# The case


class AidApplications(models.Manager["AidApplication"]):
    """Applications with their cases: none is looked at without."""

    def get_queryset(self) -> models.QuerySet["AidApplication"]:
        return super().get_queryset().select_related("case")


class AidApplication(models.Model):
    """What is particular to legal aid; dates here are set by steps and nothing else."""

    objects = AidApplications()

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="aid")
    channel = models.CharField(_("申请途径"), max_length=12, choices=Channel.choices, default=Channel.WINDOW)
    external_no = models.CharField(_("外部编号"), max_length=60, blank=True)
    matter = models.CharField(_("事项"), max_length=6, choices=Matter.choices, blank=True)
    stage = models.CharField(_("案件阶段"), max_length=12, choices=Stage.choices, default=Stage.NONE)
    form = models.CharField(
        _("援助形式"), max_length=12, choices=AidForm.choices, default=AidForm.ARBITRATION
    )
    category = models.CharField(
        _("受援人类别"), max_length=16, choices=Category.choices, default=Category.OTHER
    )
    facts_text = models.TextField(_("案情和请求"), blank=True)
    forum = models.CharField(_("案件办理机关"), max_length=120, blank=True)
    forum_case_no = models.CharField(_("办理机关案号"), max_length=60, blank=True)
    limit_on = models.DateField(_("时效或者期限届满日"), null=True, blank=True)
    agent_name = models.CharField(_("代理申请人"), max_length=50, blank=True)
    agent_relation = models.CharField(_("与申请人的关系"), max_length=40, blank=True)
    detained_asked_on = models.DateField(_("被羁押人提出申请的日期"), null=True, blank=True)
    source_case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aid_requests",
        verbose_name=_("来自的案件"),
    )
    consent_on = models.DateField(_("同意转交的日期"), null=True, blank=True)
    consent_note = models.CharField(_("同意的方式"), max_length=200, blank=True)

    correction_items = models.TextField(_("需补充的材料或者说明"), blank=True)
    correction_due_on = models.DateField(_("补充期限"), null=True, blank=True)
    asked_region = models.CharField(_("协作机构"), max_length=80, blank=True)
    asked_facts = models.TextField(_("请求核查的事项"), blank=True)
    urgent_ground = models.CharField(
        _("先行提供的理由"), max_length=12, choices=UrgentGround.choices, blank=True
    )
    papers_owed = models.TextField(_("需补交的材料"), blank=True)
    papers_due_on = models.DateField(_("补办手续期限"), null=True, blank=True)
    papers_done_on = models.DateField(_("手续补齐日期"), null=True, blank=True)
    reviewed_on = models.DateField(_("审查日期"), null=True, blank=True)
    granted_on = models.DateField(_("决定给予的日期"), null=True, blank=True)
    refused_on = models.DateField(_("决定不予的日期"), null=True, blank=True)

    objected_to = models.CharField(_("异议针对"), max_length=32, choices=State.choices, blank=True)
    objected_on = models.DateField(_("异议收到日期"), null=True, blank=True)
    objection_decided_on = models.DateField(_("异议决定日期"), null=True, blank=True)

    assignment_received_on = models.DateField(_("机构收到指派的日期"), null=True, blank=True)
    lawyer_named_on = models.DateField(_("确定承办人的日期"), null=True, blank=True)
    agreement_on = models.DateField(_("签订委托的日期"), null=True, blank=True)
    agreement_delay = models.CharField(_("超过期限签订的原因"), max_length=200, blank=True)
    special_power = models.BooleanField(_("特别授权"), default=False)
    first_met_on = models.DateField(_("首次约见日期"), null=True, blank=True)
    return_state = models.CharField(_("更换前的状态"), max_length=32, choices=State.choices, blank=True)
    replacement_by = models.CharField(_("更换的提出"), max_length=12, choices=AskedBy.choices, blank=True)
    replacement_reason = models.TextField(_("更换的事实和理由"), blank=True)
    terminated_on = models.DateField(_("终止日期"), null=True, blank=True)
    termination_ground = models.CharField(
        _("终止情形"), max_length=1, choices=TerminationGround.choices, blank=True
    )
    termination_facts = models.TextField(_("终止的事实"), blank=True)

    concluded_on = models.DateField(_("结案日"), null=True, blank=True)
    result = models.CharField(_("办理结果"), max_length=12, choices=Result.choices, blank=True)
    result_basis = models.CharField(_("结案依据"), max_length=12, choices=Basis.choices, blank=True)
    obtained_fen = models.BigIntegerField(_("取得金额（分）"), default=0)
    closing_summary = models.TextField(_("办案情况"), blank=True)
    file_received_on = models.DateField(_("收到结案材料的日期"), null=True, blank=True)
    file_pages = models.PositiveIntegerField(_("卷宗页数"), null=True, blank=True)
    file_checked_on = models.DateField(_("卷宗审查日期"), null=True, blank=True)
    subsidy_paid_on = models.DateField(_("补贴支付日期"), null=True, blank=True)
    called_back_on = models.DateField(_("回访日期"), null=True, blank=True)
    satisfaction = models.CharField(_("满意程度"), max_length=12, choices=Satisfaction.choices, blank=True)
    quality_score = models.PositiveSmallIntegerField(_("质量评分"), null=True, blank=True)
    evaluated_on = models.DateField(_("评估日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("法律援助")
        constraints = [
            models.CheckConstraint(
                condition=Q(termination_ground="") | Q(terminated_on__isnull=False), name="aid_ground_has_day"
            ),
            models.CheckConstraint(
                condition=Q(quality_score__isnull=True) | Q(quality_score__lte=100), name="aid_score_to_100"
            ),
            models.CheckConstraint(condition=Q(obtained_fen__gte=0), name="aid_obtained_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def standing_assignment(self) -> "AidAssignment | None":
        """The firm and the lawyer that have the case now; None when nobody has."""
        standing = self.case.aid_assignments.filter(ended_on=None).select_related("firm", "lawyer__user")
        return standing.first()

    @property
    def receipt_no(self) -> str:
        return self.case.receipt_no

    @property
    def answer(self) -> str:
        """Whether aid is given, and no more: what the office that referred the matter may know."""
        if self.granted_on or self.urgent_ground:
            return str(_("已给予援助"))
        return str(_("没有给予援助") if self.refused_on or self.withdrawn_on else _("正在审查"))

    @property
    def finding(self) -> Finding:
        """What the check of means comes to today, as the file stands."""
        return finding(self.case, timezone.localdate())

    @property
    def review(self) -> "Review | None":
        """What the centre found when it looked at the application; None before."""
        try:
            return self.case.aid_review
        except ObjectDoesNotExist:
            return None


class MeansStatement(models.Model):
    """What an applicant says of income and property 经济困难状况说明. Nobody outside the centre reads it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="means")
    household = models.PositiveSmallIntegerField(_("共同生活的家庭成员（人）"), default=1)
    income_fen = models.BigIntegerField(_("家庭每月收入（分）"), null=True, blank=True)
    income_note = EncryptedTextField(_("收入来源"), blank=True)
    assets_note = EncryptedTextField(_("资产"), blank=True)
    has_stable_income = models.BooleanField(_("有固定生活来源"), null=True, blank=True)
    special_status = models.CharField(
        _("特殊身份"), max_length=12, choices=SpecialStatus.choices, default=SpecialStatus.NONE
    )
    exempt_by_law = models.BooleanField(_("法律、法规规定免予核查"), default=False)
    proof = models.CharField(_("证明材料"), max_length=200, blank=True)
    pledged = models.BooleanField(_("个人诚信承诺"), default=False)
    stated_on = models.DateField(_("说明日期"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("经济困难状况说明")
        constraints = [
            models.CheckConstraint(condition=Q(household__gte=1), name="means_household_positive"),
            models.CheckConstraint(
                condition=Q(income_fen__isnull=True) | Q(income_fen__gte=0), name="means_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.stated_on}"

    @property
    def per_head_fen(self) -> int | None:
        """The income of one member of the household a month, rounded down to the fen; None while it is not known."""
        return None if self.income_fen is None else self.income_fen // self.household


class Review(models.Model):
    """What the centre found and why it decided as it did. Nobody outside the centre reads it."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="aid_review")
    is_entitled = models.BooleanField(_("申请人符合条件"), default=False)
    exemption = models.CharField(_("免予核查的理由"), max_length=16, choices=Exemption.choices, blank=True)
    article = models.CharField(_("依据"), max_length=80)
    hard_up = models.BooleanField(_("符合经济困难标准"), null=True, blank=True)
    standard_fen = models.BigIntegerField(_("经济困难标准（分）"), null=True, blank=True)
    opinion = models.TextField(_("审查意见"))
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("审查时间"))
    refusal_ground = models.CharField(
        _("不予的理由"), max_length=16, choices=RefusalGround.choices, blank=True
    )
    refusal_reason = models.TextField(_("不予的事实和理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审查")

    def __str__(self) -> str:
        return f"{self.case} {self.reviewed_at:%Y-%m-%d}"

    @property
    def passes(self) -> bool:
        """Whether person and means allow the aid; the matter is of the application."""
        return self.is_entitled and (bool(self.exemption) or self.hard_up is True)


class Objection(models.Model):
    """What is held against a decision, and what the bureau decided. Nobody outside bureau and centre reads it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="aid_objections")
    against = models.CharField(_("异议针对"), max_length=32, choices=State.choices)
    received_on = models.DateField(_("收到日期"))
    reason = models.TextField(_("异议理由"))
    is_upheld = models.BooleanField(_("维持原决定"), null=True, blank=True)
    conclusion = models.TextField(_("审查结论和理由"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_on__isnull=True, is_upheld__isnull=True)
                | Q(decided_by__isnull=False, decided_on__isnull=False, is_upheld__isnull=False),
                name="objection_decision_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.received_on}"


class AidAssignment(models.Model):
    """A firm, then one of its lawyers, has a case; ``ended_on`` is empty while it lasts."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="aid_assignments")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="assignments", verbose_name=_("承办机构"))
    lawyer = models.ForeignKey(
        Lawyer, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("承办律师")
    )
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_on = models.DateField(_("指派日期"))
    received_on = models.DateField(_("收到指派"), null=True, blank=True)
    named_on = models.DateField(_("确定承办人"), null=True, blank=True)
    ended_on = models.DateField(_("结束"), null=True, blank=True)
    conflict_note = models.CharField(_("利害关系的处理"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指派")
        ordering = ["assigned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="aid_assigned_once"
            ),
            models.CheckConstraint(
                condition=Q(lawyer__isnull=True) | Q(named_on__isnull=False), name="aid_lawyer_has_day"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("assigned_on")),
                name="aid_assignment_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}" + (f" {self.lawyer}" if self.lawyer else "")


class WorkEntry(models.Model):
    """One thing a lawyer did on a case 工作日志."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="work_log")
    kind = models.CharField(_("工作"), max_length=12, choices=Work.choices)
    done_on = models.DateField(_("日期"))
    minutes = models.PositiveIntegerField(_("用时（分钟）"), default=0)
    content = models.TextField(_("内容"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("工作日志")
        ordering = ["-done_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.done_on} {self.get_kind_display()}"


class Subsidy(models.Model):
    """What the lawyer of a case is paid, in fen; free of VAT and income tax. 法律援助法第五十二条."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="subsidy")
    rate = models.CharField(_("补贴项目"), max_length=16, choices=Rate.Code.choices)
    standard_fen = models.BigIntegerField(_("标准（分）"))
    extra_fen = models.BigIntegerField(_("其他费用（分）"), default=0)
    amount_fen = models.BigIntegerField(_("补贴金额（分）"))
    payee = models.CharField(_("收款人"), max_length=80)
    reason = models.CharField(_("其他费用的理由"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("报批日期"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(_("批准日期"), null=True, blank=True)
    paid_on = models.DateField(_("支付日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("补贴")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen=F("standard_fen") + F("extra_fen")),
                name="subsidy_is_standard_and_extra",
            ),
            models.CheckConstraint(
                condition=Q(standard_fen__gte=0) & Q(extra_fen__gte=0), name="subsidy_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_on__isnull=True, paid_on__isnull=True)
                | Q(approved_by__isnull=False, approved_on__isnull=False, paid_on__isnull=False),
                name="subsidy_approval_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.payee}"


class AidCase(Case):
    """A legal-aid case with its transitions; each method sets fields of the case and its detail, and nothing else."""

    objects: ClassVar[KindManager] = KindManager(CaseKind.LEGAL_AID)

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("法律援助案件")

    def _end(self, on: date, outcome: str = "") -> None:
        self.ended_on = on
        self.outcome = outcome

    @rows.APPLY.transition
    def apply(self, change: Change) -> None:
        """申请: what was only asked about is applied for."""
        self.received_on = change.facts["received_on"]
        self._keep(change, "matter", "stage", "form", "forum", "limit_on")
        self.aid.facts_text = change.facts["request"]

    def _keep(self, change: Change, *names: str) -> None:
        """The detail holds what the facts of these names say."""
        for name in names:
            setattr(self.aid, name, change.facts.get(name) or _empty(self.aid, name))

    @rows.END_CONSULTATION.transition
    def end_consultation(self, change: Change) -> None:
        """咨询办结: the question was answered and nothing is applied for."""
        self._end(change.on, Result.SERVED)

    @rows.REQUEST_CORRECTION.transition
    def request_correction(self, change: Change) -> None:
        """补充材料或者说明: told once, with a day."""
        self.aid.correction_items = change.facts["missing_items"]
        self.aid.correction_due_on = change.facts["due_on"]

    @rows.SUPPLY.transition
    def supply(self, change: Change) -> None:
        """补充材料收到: the review goes on, the days between do not count."""

    @rows.LAPSE_CORRECTION.transition
    def lapse_correction(self, change: Change) -> None:
        """期满未补充，视为撤回."""
        self.aid.withdrawn_on = change.on
        self._end(change.on, Result.WITHDRAWN)

    @rows.WITHDRAW.transition
    def withdraw(self, change: Change) -> None:
        """撤回申请."""
        self.aid.withdrawn_on = change.on
        self._end(change.on, Result.WITHDRAWN)

    @rows.START_REVIEW.transition
    def start_review(self, change: Change) -> None:
        """材料齐全，开始审查."""

    @rows.ASK_OTHER_REGION.transition
    def ask_other_region(self, change: Change) -> None:
        """请异地法律援助机构协作核查."""
        self.aid.asked_region = change.facts["region"]
        self.aid.asked_facts = change.facts["questions"]

    @rows.REGION_ANSWERED.transition
    def region_answered(self, change: Change) -> None:
        """收到协作核查的答复."""

    @rows.AID_FIRST.transition
    def aid_first(self, change: Change) -> None:
        """先行提供法律援助: the papers follow."""
        self.aid.urgent_ground = change.facts["ground"]
        self.aid.limit_on = change.facts.get("limit_on") or self.aid.limit_on
        self.aid.papers_owed = change.facts["papers_owed"]
        self.aid.papers_due_on = change.facts["papers_due_on"]
        self.filed_on = change.on

    @rows.SUPPLY_URGENT_PAPERS.transition
    def supply_urgent_papers(self, change: Change) -> None:
        """补齐先行提供的手续: aid is granted in form, too."""
        self.aid.papers_done_on = change.facts["received_on"]
        self.aid.granted_on = change.on

    @rows.RECORD_REVIEW.transition
    def record_review(self, change: Change) -> None:
        """审查意见."""
        self.aid.reviewed_on = change.on

    @rows.GRANT.transition
    def grant(self, change: Change) -> None:
        """决定给予法律援助: the case has its number from this day."""
        self.aid.granted_on = self.filed_on = change.on
        self.aid.form = change.facts["form"]

    @rows.REFUSE.transition
    def refuse(self, change: Change) -> None:
        """决定不予法律援助."""
        self.aid.refused_on = change.on
        self._end(change.on)

    @rows.OBJECT.transition
    def object(self, change: Change) -> None:
        """登记异议: the decision is looked at by the bureau."""
        self.aid.objected_to = self.state
        self.aid.objected_on = change.facts["arrived_on"]
        self._end_undone()

    def _end_undone(self) -> None:
        self.ended_on = None
        self.outcome = ""

    @rows.ORDER_CORRECTION.transition
    def order_correction(self, change: Change) -> None:
        """责令改正: aid is to be given."""
        self.aid.objection_decided_on = self.aid.granted_on = change.on
        self.filed_on = self.filed_on or change.on
        self.aid.terminated_on = None
        self.aid.termination_ground = ""

    @rows.UPHOLD_DECISION.transition
    def uphold_decision(self, change: Change) -> None:
        """维持原决定."""
        self.aid.objection_decided_on = change.on
        self.aid.return_state = self.aid.objected_to
        self._end(change.on, Result.TERMINATED if self.aid.objected_to == State.TERMINATED else "")

    @rows.ASSIGN.transition
    def assign(self, change: Change) -> None:
        """指派承办机构."""
        self._assigned_anew()

    @rows.REASSIGN.transition
    def reassign(self, change: Change) -> None:
        """改派承办机构: the firm could not take it."""
        self._assigned_anew()

    def _assigned_anew(self) -> None:
        self.handler = None
        for name in ("assignment_received_on", "lawyer_named_on", "agreement_on", "first_met_on"):
            setattr(self.aid, name, None)

    @rows.RECEIVE_ASSIGNMENT.transition
    def receive_assignment(self, change: Change) -> None:
        """承办机构收到指派."""
        self.aid.assignment_received_on = change.facts["arrived_on"]

    @rows.NAME_LAWYER.transition
    def name_lawyer(self, change: Change) -> None:
        """确定承办人: the lawyer sees the case from now on."""
        self.aid.lawyer_named_on = change.facts["named_on"]
        self.handler = change.facts["lawyer"].user

    @rows.SIGN.transition
    def sign(self, change: Change) -> None:
        """签订委托代理协议和授权委托书."""
        self.aid.agreement_on = change.facts["signed_on"]
        self.aid.special_power = change.facts["special_power"]
        self.aid.agreement_delay = change.facts.get("delay") or ""

    @rows.BEGIN.transition
    def begin(self, change: Change) -> None:
        """约见受援人，开始承办."""
        self.aid.first_met_on = change.facts["met_on"]

    @rows.LOG_WORK.transition
    def log_work(self, change: Change) -> None:
        """登记承办工作."""

    @rows.REPORT_MATTER.transition
    def report_matter(self, change: Change) -> None:
        """报告重大事项."""

    @rows.REQUEST_REPLACEMENT.transition
    def request_replacement(self, change: Change) -> None:
        """申请更换承办人: who has the case keeps it meanwhile."""
        self.aid.return_state = self.state
        self.aid.replacement_by = change.facts["asked_by"]
        self.aid.replacement_reason = change.facts["reason"]

    @rows.KEEP_LAWYER.transition
    def keep_lawyer(self, change: Change) -> None:
        """不予更换: the case goes on where it stood."""

    @rows.REPLACE.transition
    def replace(self, change: Change) -> None:
        """决定更换: a firm is assigned anew."""
        self._assigned_anew()

    @rows.TERMINATE.transition
    def terminate(self, change: Change) -> None:
        """决定终止法律援助."""
        self.aid.terminated_on = change.on
        self.aid.termination_ground = change.facts["ground"]
        self.aid.termination_facts = change.facts["facts"]
        self._end(change.on, Result.TERMINATED)

    @rows.NOTIFY_TERMINATION.transition
    def notify_termination(self, change: Change) -> None:
        """终止决定已送达受援人、承办机构和办理机关."""

    @rows.CONCLUDE.transition
    def conclude(self, change: Change) -> None:
        """案件办结."""
        self._conclude(change, change.facts["result"], change.facts["basis"])

    @rows.CONCLUDE_TERMINATED.transition
    def conclude_terminated(self, change: Change) -> None:
        """终止后结案: the work done until then is put on file."""
        self._end_undone()
        self._conclude(change, Result.TERMINATED, Basis.OTHER)

    def _conclude(self, change: Change, result: str, basis: str) -> None:
        self.aid.concluded_on = change.facts["concluded_on"]
        self.aid.result = self.outcome = result
        self.aid.result_basis = basis
        self.aid.obtained_fen = change.facts.get("obtained") or 0
        self.aid.closing_summary = change.facts["summary"]

    @rows.HAND_IN_FILE.transition
    def hand_in_file(self, change: Change) -> None:
        """收到结案材料."""
        self.aid.file_received_on = change.facts["arrived_on"]
        self.aid.file_pages = change.facts["pages"]

    @rows.RETURN_FILE.transition
    def return_file(self, change: Change) -> None:
        """卷宗退回补正."""
        self.aid.file_received_on = self.aid.file_pages = None

    @rows.CHECK_FILE.transition
    def check_file(self, change: Change) -> None:
        """卷宗审查合格，报批补贴."""
        self.aid.file_checked_on = change.on

    @rows.PAY_SUBSIDY.transition
    def pay_subsidy(self, change: Change) -> None:
        """批准并支付补贴."""
        self.aid.subsidy_paid_on = change.facts["paid_on"]

    @rows.CALL_BACK.transition
    def call_back(self, change: Change) -> None:
        """回访受援人."""
        self.aid.called_back_on = change.facts["called_on"]
        self.aid.satisfaction = change.facts["satisfaction"]

    @rows.ARCHIVE.transition
    def archive(self, change: Change) -> None:
        """归档."""
        self.ended_on = self.ended_on or change.on
        if self.aid.concluded_on and self.outcome:
            self.closed_on = self.aid.concluded_on

    @rows.EVALUATE.transition
    def evaluate(self, change: Change) -> None:
        """质量评估."""
        self.aid.quality_score = change.facts["score"]
        self.aid.evaluated_on = change.on

    @rows.SERVE.transition
    def serve(self, change: Change) -> None:
        """登记送达."""


def _empty(model: models.Model, name: str) -> Any:
    field = model._meta.get_field(name)
    return None if getattr(field, "null", False) else ""
