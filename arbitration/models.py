"""The dispute before the arbitration committee: what this kind of case has beyond the common ones, and the proxy that
carries its transitions.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from arbitration import workflow as rows
from arbitration.effects import effective_day
from arbitration.limitation import Limitation, limitation
from arbitration.states import (
    AfterAward,
    Attendance,
    AwardForm,
    ClaimOrigin,
    ClaimType,
    Finality,
    HearingState,
    InterruptionKind,
    Jurisdiction,
    LaneReason,
    NoticeMethod,
    Origin,
    RefusalGround,
    Residence,
    Side,
    SimpleBar,
    SimpleGround,
    State,
    Success,
    SuspensionGround,
    TribunalForm,
    Vulnerable,
)
from cases.fields import EncryptedTextField
from cases.models import Case, CaseKind, KindManager, Party
from cases.workflow.table import Change
from documents.models import Document

CLAIMS_ON_PAGE = 12


@dataclass(frozen=True)
class ClaimsShown:
    """Some of the claims of a case, and the number of all."""

    rows: "list[DisputeClaim]"
    total: int


# Amounts of the place


class Rate(models.Model):
    """An amount of the district that holds from a day on, in fen."""

    class Code(models.TextChoices):
        MINIMUM_WAGE = "minimum_wage", _("最低工资标准（每月）")
        AVERAGE_WAGE = "average_wage", _("上年度职工年平均工资")

    code = models.CharField(_("项目"), max_length=16, choices=Code.choices)
    from_on = models.DateField(_("自"))
    amount_fen = models.BigIntegerField(_("金额（分）"))
    basis = models.CharField(_("依据"), max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("标准")
        ordering = ["code", "-from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="arbitration_rate_once_per_day"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="arbitration_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.from_on}"


# The case


class Disputes(models.Manager["Dispute"]):
    """Disputes with their cases: none is looked at without."""

    def get_queryset(self) -> models.QuerySet["Dispute"]:
        return super().get_queryset().select_related("case")


class Dispute(models.Model):
    """What is particular to arbitration; dates here are set by steps and nothing else."""

    class Contract(models.TextChoices):
        WRITTEN = "written", _("已签书面合同")
        NONE = "none", _("没有签")
        UNKNOWN = "unknown", _("说不清")

    objects = Disputes()

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="dispute")
    side = models.CharField(_("申请人一方"), max_length=8, choices=Side.choices, default=Side.WORKER)
    origin = models.CharField(_("来源"), max_length=12, choices=Origin.choices, default=Origin.WALK_IN)
    external_no = models.CharField(_("外部编号"), max_length=60, blank=True)
    source_case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disputes",
        verbose_name=_("来自的案件"),
    )
    return_state = models.CharField(
        _("中止前的状态"), max_length=32, choices=State.choices, blank=True, editable=False
    )

    # The application
    facts_text = models.TextField(_("事实和理由"), blank=True)
    checklist = models.JSONField(_("要素"), default=list, blank=True)
    contract = models.CharField(_("劳动合同"), max_length=8, choices=Contract.choices, blank=True)
    workplace = models.CharField(_("实际工作地点"), max_length=160, blank=True)
    pay_cycle = models.CharField(_("发薪周期"), max_length=40, blank=True)
    agent_name = models.CharField(_("代理人"), max_length=50, blank=True)
    agent_licence = models.CharField(_("代理人执业证号"), max_length=40, blank=True)
    agent_power = models.CharField(_("代理权限"), max_length=120, blank=True)
    jurisdiction = models.CharField(
        _("管辖依据"), max_length=12, choices=Jurisdiction.choices, default=Jurisdiction.PERFORMANCE
    )
    mediation_no = models.CharField(_("调解编号"), max_length=60, blank=True)
    complaint_no = models.CharField(_("投诉编号"), max_length=60, blank=True)
    complaint_result = models.CharField(_("投诉处理结果"), max_length=200, blank=True)
    court_no = models.CharField(_("法院案号"), max_length=60, blank=True)
    wants_aid = models.BooleanField(_("希望法律援助"), default=False)
    wants_preservation = models.BooleanField(_("希望财产保全"), default=False)
    wants_advance = models.BooleanField(_("希望先予执行"), default=False)
    address_confirmed = models.BooleanField(_("已确认送达地址"), default=False)
    language_help = models.CharField(_("语言帮助"), max_length=40, blank=True)
    right_known_on = models.DateField(_("知道权利被侵害的日期"), null=True, blank=True)
    employment_ended_on = models.DateField(_("劳动关系终止日期"), null=True, blank=True)

    # Intake
    correction_items = models.TextField(_("需补正的内容"), blank=True)
    correction_due_on = models.DateField(_("补正期限"), null=True, blank=True)
    corrected_on = models.DateField(_("收到补正的日期"), null=True, blank=True)
    promised = models.TextField(_("承诺后补的材料"), blank=True)
    promise_due_on = models.DateField(_("承诺补齐的日期"), null=True, blank=True)
    promise_kept_on = models.DateField(_("补齐承诺材料的日期"), null=True, blank=True)
    mediation_case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disputes_before",
        verbose_name=_("案前调解"),
    )
    mediation_from_on = models.DateField(_("案前调解开始"), null=True, blank=True)
    mediation_ended_on = models.DateField(_("案前调解结束"), null=True, blank=True)
    opinion = models.TextField(_("立案审查意见"), blank=True)
    accepted_on = models.DateField(_("受理日期"), null=True, blank=True)
    refused_on = models.DateField(_("不予受理日期"), null=True, blank=True)
    refusal_ground = models.CharField(
        _("不予受理的理由"), max_length=12, choices=RefusalGround.choices, blank=True
    )
    refusal_reason = models.TextField(_("不予受理的说明"), blank=True)
    redirect_to = models.CharField(_("移送或者告知的机构"), max_length=120, blank=True)
    redirected_on = models.DateField(_("移送日期"), null=True, blank=True)

    # Lane and procedure
    lane_reason = models.CharField(_("优先"), max_length=12, choices=LaneReason.choices, blank=True)
    lane_why = models.CharField(_("优先的理由"), max_length=200, blank=True)
    lane_on = models.DateField(_("优先的日期"), null=True, blank=True)
    lane_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    vulnerable = models.CharField(_("特殊群体"), max_length=12, choices=Vulnerable.choices, blank=True)
    is_supervised = models.BooleanField(_("挂牌督办"), default=False)
    is_simplified = models.BooleanField(_("简易处理"), default=False)
    simple_ground = models.CharField(
        _("简易处理的理由"), max_length=8, choices=SimpleGround.choices, blank=True
    )
    simple_bar = models.CharField(
        _("不适用简易处理的理由"), max_length=12, choices=SimpleBar.choices, blank=True
    )
    general_since_on = models.DateField(_("转为一般程序的日期"), null=True, blank=True)
    tribunal_form = models.CharField(_("仲裁庭"), max_length=8, choices=TribunalForm.choices, blank=True)
    tribunal_formed_on = models.DateField(_("组庭日期"), null=True, blank=True)
    mediator_consent_on = models.DateField(_("当事人同意原调解员审理的日期"), null=True, blank=True)
    mediator_consent_note = models.CharField(_("同意的方式"), max_length=200, blank=True)
    objection_on = models.DateField(_("提出管辖异议的日期"), null=True, blank=True)
    objection_decided_on = models.DateField(_("管辖异议决定日期"), null=True, blank=True)
    evidence_due_on = models.DateField(_("举证期限"), null=True, blank=True)
    entrusted_to = models.CharField(_("委托调解的组织"), max_length=120, blank=True)
    entrusted_on = models.DateField(_("委托调解开始"), null=True, blank=True)
    extended = models.BooleanField(_("已延期"), default=False)
    extension_reason = models.CharField(_("延期的理由"), max_length=200, blank=True)
    has_partial_award = models.BooleanField(_("已先行裁决"), default=False)
    hearing_held_on = models.DateField(_("开庭日期"), null=True, blank=True)
    in_default = models.BooleanField(_("缺席审理"), default=False)
    merged_into = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_disputes",
        verbose_name=_("合并审理的主案"),
    )
    merged_on = models.DateField(_("合并日期"), null=True, blank=True)
    restarted_on = models.DateField(_("裁决期限重新起算"), null=True, blank=True)

    # Result
    decided_on = models.DateField(_("作出日期"), null=True, blank=True)
    success = models.CharField(_("结果"), max_length=8, choices=Success.choices, blank=True)
    served_on = models.DateField(_("全部送达的日期"), null=True, blank=True)
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤回的理由"), max_length=200, blank=True)
    is_reconciled = models.BooleanField(_("和解后撤回"), default=False)
    deemed_on = models.DateField(_("按撤回处理的日期"), null=True, blank=True)
    revoked_on = models.DateField(_("撤销案件的日期"), null=True, blank=True)
    revocation_notified_on = models.DateField(_("撤销通知的日期"), null=True, blank=True)
    terminated_on = models.DateField(_("终止日期"), null=True, blank=True)
    end_reason = models.TextField(_("终结的理由"), blank=True)
    pages = models.PositiveIntegerField(_("正卷页数"), null=True, blank=True)
    inner_pages = models.PositiveIntegerField(_("副卷页数"), null=True, blank=True)
    archived_on = models.DateField(_("归档日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("劳动争议")
        constraints = [
            models.CheckConstraint(
                condition=~Q(lane_reason="motion") | (Q(lane_by__isnull=False) & ~Q(lane_why="")),
                name="dispute_lane_by_motion_names_who",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(merged_on__isnull=False),
                name="dispute_merged_has_day",
            ),
            models.CheckConstraint(
                condition=Q(refused_on__isnull=True) | ~Q(refusal_ground=""),
                name="dispute_refusal_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def claims_shown(self) -> "ClaimsShown":
        """The first claims for the page of the case, and how many there are."""
        claims = self.case.dispute_claims.select_related("party__person", "party__employer", "award")
        rows = list(claims[: CLAIMS_ON_PAGE + 1])
        total = len(rows) if len(rows) <= CLAIMS_ON_PAGE else claims.count()
        return ClaimsShown(rows[:CLAIMS_ON_PAGE], total)

    @property
    def limitation(self) -> Limitation:
        """When the right to apply lapses, as the file stands on the day of receipt."""
        return limitation(self.case, self.case.received_on)


class DisputeParty(models.Model):
    """What the procedure keeps about one party: the terms of work of a worker, the copy and reply of a respondent, and
    for everybody what came of it. Papers and their service are `documents`; days here are set by steps.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="dispute_parties")
    party = models.OneToOneField(Party, models.CASCADE, related_name="standing")

    residence = models.CharField(
        _("户籍类型"), max_length=8, choices=Residence.choices, default=Residence.UNKNOWN
    )
    job = models.CharField(_("岗位"), max_length=40, blank=True)
    hired_on = models.DateField(_("入职日期"), null=True, blank=True)
    left_on = models.DateField(_("离职日期"), null=True, blank=True)
    monthly_fen = models.BigIntegerField(_("月工资（分）"), null=True, blank=True)
    delivery_address = models.CharField(_("送达地址"), max_length=160, blank=True)
    takes_electronic = models.BooleanField(_("同意电子送达"), default=False)

    copy_received_on = models.DateField(_("收到申请书副本的日期"), null=True, blank=True)
    reply_waived_on = models.DateField(_("同意缩短、取消答辩期的日期"), null=True, blank=True)
    replied_on = models.DateField(_("提交答辩书的日期"), null=True, blank=True)
    reply_served_on = models.DateField(_("送达答辩书副本的日期"), null=True, blank=True)
    announced_on = models.DateField(_("公告日期"), null=True, blank=True)
    tried = models.TextField(_("已经试过的送达方式"), blank=True)

    result_received_on = models.DateField(_("收到裁决书或者签收调解书的日期"), null=True, blank=True)
    refused_to_sign_on = models.DateField(_("签收前反悔的日期"), null=True, blank=True)
    went_on = models.CharField(_("裁决后"), max_length=10, choices=AfterAward.choices, blank=True)
    went_on_on = models.DateField(_("起诉或者申请撤销的日期"), null=True, blank=True)

    outcome = models.CharField(_("结果"), max_length=8, choices=Success.choices, blank=True)
    outcome_on = models.DateField(_("结果日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("争议当事人")
        ordering = ["party__role", "party__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_on__isnull=False), name="dispute_party_outcome_has_day"
            ),
            models.CheckConstraint(
                condition=Q(monthly_fen__isnull=True) | Q(monthly_fen__gte=0), name="dispute_party_pay"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(hired_on__isnull=True) | Q(left_on__gte=F("hired_on")),
                name="dispute_party_left_after_hired",
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)


class Award(models.Model):
    """One result of the tribunal: an award or a mediation paper, whole or in part; a draft until it has a day.

    ``finality`` is that of all its items. ``threshold_fen`` is the sum each item was measured by.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="awards")
    form = models.CharField(_("形式"), max_length=10, choices=AwardForm.choices, default=AwardForm.AWARD)
    finality = models.CharField(_("效力"), max_length=8, choices=Finality.choices, blank=True)
    is_partial = models.BooleanField(_("部分"), default=False)
    facts = models.TextField(_("查明的事实"), blank=True)
    reasons = models.TextField(_("裁决理由"), blank=True)
    result = models.TextField(_("裁决结果"), blank=True)
    pay_by_on = models.DateField(_("履行期限"), null=True, blank=True)
    threshold_fen = models.BigIntegerField(_("终局标准（分）"), null=True, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("拟稿时间"))
    made_on = models.DateField(_("作出日期"), null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="awards")
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("不用的时间"), null=True, blank=True)
    """When a draft was given up: it was drawn up anew, or the parties refused the paper."""

    class Meta:
        verbose_name = verbose_name_plural = _("裁决")
        ordering = ["drafted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_on__isnull=True) | ~Q(form="award") | ~Q(finality=""),
                name="award_made_says_finality",
            ),
        ]

    def __str__(self) -> str:
        part = _("部分") if self.is_partial else ""
        end = f"（{self.get_finality_display()}）" if self.finality else ""
        return f"{part}{self.get_form_display()}{end}"

    @property
    def is_draft(self) -> bool:
        return self.made_on is None and self.dropped_at is None


class DisputeClaim(models.Model):
    """One thing that one party asks for, and what was decided about it, in fen.

    ``against`` is None where it is asked of every respondent. ``amount_fen`` is None where no sum is asked for.
    ``from_month`` and ``to_month`` are empty where no period belongs to it. ``is_final`` is what the test of the
    single item gave when it was decided.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="dispute_claims")
    party = models.ForeignKey(Party, models.CASCADE, related_name="dispute_claims", verbose_name=_("请求人"))
    against = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_against",
        verbose_name=_("请求的对象"),
    )
    type = models.CharField(_("请求事项"), max_length=12, choices=ClaimType.choices)
    amount_fen = models.BigIntegerField(_("金额（分）"), null=True, blank=True)
    formula = models.CharField(_("计算方法"), max_length=200, blank=True)
    from_month = models.CharField(_("起始月"), max_length=7, blank=True)
    to_month = models.CharField(_("截止月"), max_length=7, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    final_eligible = models.BooleanField(_("可以终局"), default=False)
    origin = models.CharField(_("提出"), max_length=8, choices=ClaimOrigin.choices, default=ClaimOrigin.FILED)
    filed_on = models.DateField(_("提出日期"))
    accepted_on = models.DateField(_("受理日期"), null=True, blank=True)
    refused_on = models.DateField(_("不予受理日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)

    award = models.ForeignKey(Award, models.SET_NULL, null=True, blank=True, related_name="items")
    awarded_fen = models.BigIntegerField(_("支持金额（分）"), null=True, blank=True)
    is_granted = models.BooleanField(_("支持"), null=True, blank=True)
    decision = models.CharField(_("裁决内容"), max_length=300, blank=True)
    is_final = models.BooleanField(_("终局"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("仲裁请求")
        ordering = ["party__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(amount_fen__gt=0), name="dispute_claim_positive"
            ),
            models.CheckConstraint(
                condition=Q(awarded_fen__isnull=True)
                | (Q(awarded_fen__gte=0) & Q(amount_fen__isnull=False) & Q(awarded_fen__lte=F("amount_fen"))),
                name="dispute_award_within_claim",
            ),
            models.CheckConstraint(
                condition=Q(from_month="", to_month="")
                | (~Q(from_month="") & ~Q(to_month="") & Q(from_month__lte=F("to_month"))),
                name="dispute_claim_months_in_order",
            ),
        ]
        indexes = [models.Index(fields=["case", "type"], name="dispute_claim_type")]

    def __str__(self) -> str:
        return f"{self.party} {self.get_type_display()}"

    @property
    def stands(self) -> bool:
        """Whether it is to be decided: neither withdrawn nor refused."""
        return self.withdrawn_on is None and self.refused_on is None


class Suspension(models.Model):
    """Days that do not count towards the award: suspended, or a paper announced. 办案规则第四十六条."""

    class Kind(models.TextChoices):
        SUSPENDED = "suspended", _("中止审理")
        ANNOUNCEMENT = "announcement", _("公告送达")

    case = models.ForeignKey(Case, models.CASCADE, related_name="suspensions")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    ground = models.CharField(_("中止的情形"), max_length=1, choices=SuspensionGround.choices, blank=True)
    reason = models.CharField(_("理由"), max_length=300)
    from_on = models.DateField(_("自"))
    to_on = models.DateField(_("恢复日期"), null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("不计入期限的期间")
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="suspension_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_on}"


class Deliberation(models.Model):
    """How the tribunal came to its result 评议笔录: votes and views are read by the tribunal and the heads alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deliberations")
    held_on = models.DateField(_("评议日期"))
    is_unanimous = models.BooleanField(_("意见一致"))
    by_chief = models.BooleanField(_("按首席仲裁员的意见"), default=False)
    opinion = EncryptedTextField(_("评议意见"))
    dissent = EncryptedTextField(_("少数意见"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("评议")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.held_on}"


class Interruption(models.Model):
    """An act from whose day the limitation period counts anew. 劳动争议调解仲裁法第二十七条."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="interruptions")
    kind = models.CharField(_("事由"), max_length=16, choices=InterruptionKind.choices)
    on = models.DateField(_("日期"))
    note = models.CharField(_("凭据"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("时效中断")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


# Hearings


class Room(models.Model):
    """A room in which hearings are held 仲裁庭."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="rooms")
    name = models.CharField(_("名称"), max_length=40)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("座位"), default=0)
    is_active = models.BooleanField(_("使用"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("仲裁庭室")
        ordering = ["agency", "name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="room_name_once_per_agency")]

    def __str__(self) -> str:
        return self.name


class HearingQuerySet(models.QuerySet["Hearing"]):
    def standing(self) -> "HearingQuerySet":
        """Those that take room and people: planned or held."""
        return self.filter(state__in=(HearingState.PLANNED, HearingState.HELD))


class Hearing(models.Model):
    """One hearing of one case: where, when, before whom. ``place`` is for one that is held elsewhere.

    ``postponed_to`` is the hearing that took its place.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="hearings")
    place = models.CharField(_("庭外开庭的地点"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    state = models.CharField(
        _("状态"), max_length=10, choices=HearingState.choices, default=HearingState.PLANNED
    )
    people = models.ManyToManyField(User, related_name="hearings", verbose_name=_("仲裁员和书记员"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("排期时间"))
    postponed_by = models.CharField(_("申请延期的人"), max_length=60, blank=True)
    postponed_on = models.DateField(_("申请延期的日期"), null=True, blank=True)
    postponed_why = models.CharField(_("延期的理由"), max_length=200, blank=True)
    postponed_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="postponed_from"
    )
    minutes = models.TextField(_("庭审要点"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("开庭")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="hearing_in_order"),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(place=""), name="hearing_has_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(state="postponed") | ~Q(postponed_why=""), name="hearing_postponed_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["room", "starts_at"], name="hearing_room_day")]

    def __str__(self) -> str:
        return f"{self.case} {self.starts_at:%Y-%m-%d %H:%M}"


class HearingNotice(models.Model):
    """How one party was told of one hearing, and whether it came.

    ``is_proved`` says that receipt is proved in the form that a default needs; a simple notice proves it only where
    the party confirmed it. 办案规则第五十九条.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="notices")
    party = models.ForeignKey(Party, models.CASCADE, related_name="hearing_notices")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(_("通知方式"), max_length=12, choices=NoticeMethod.choices)
    notified_on = models.DateField(_("通知日期"))
    is_proved = models.BooleanField(_("有正式的送达证明"), default=False)
    proof = models.CharField(_("送达证明"), max_length=200, blank=True)
    attendance = models.CharField(_("到庭"), max_length=8, choices=Attendance.choices, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("开庭通知")
        ordering = ["hearing", "party__role", "party__position"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "party"], name="hearing_notice_once"),
            models.CheckConstraint(
                condition=Q(is_proved=False) | ~Q(proof=""), name="hearing_notice_proof_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing} {self.party}"


class ArbitrationCase(Case):
    """A dispute with its transitions; each method sets fields of the case and its detail, and nothing else."""

    objects: ClassVar[KindManager] = KindManager(CaseKind.ARBITRATION)

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("劳动争议仲裁案件")

    def _end(self, on: date) -> None:
        self.ended_on = on

    def _keep(self, change: Change, *names: str) -> None:
        """The detail holds what the facts of these names say."""
        for name in names:
            setattr(self.dispute, name, change.facts.get(name) or _empty(self.dispute, name))

    # Intake

    @rows.REQUEST_CORRECTION.transition
    def request_correction(self, change: Change) -> None:
        """补正: what is missing is told once, with a day."""
        self.dispute.correction_items = change.facts["missing_items"]
        self.dispute.correction_due_on = change.facts["due_on"]

    @rows.RECEIVE_CORRECTION.transition
    def receive_correction(self, change: Change) -> None:
        """收到补正: the days for accepting count anew from the day on which it arrived."""
        self.dispute.corrected_on = change.facts["received_on"]
        self._keep(change, "jurisdiction", "opinion")

    @rows.LAPSE_CORRECTION.transition
    def lapse_correction(self, change: Change) -> None:
        """期满未补正: the head decides on what there is."""
        self._keep(change, "jurisdiction", "opinion")

    @rows.ACCEPT_PROMISE.transition
    def accept_promise(self, change: Change) -> None:
        """容缺: secondary papers are promised in writing."""
        self._keep(change, "promised", "promise_due_on", "jurisdiction", "opinion")

    @rows.SUPPLY_PROMISED.transition
    def supply_promised(self, change: Change) -> None:
        """承诺的材料补齐."""
        self.dispute.promise_kept_on = change.facts["received_on"]

    @rows.SUBMIT.transition
    def submit(self, change: Change) -> None:
        """报批立案."""
        self._keep(change, "jurisdiction", "opinion")

    @rows.SUGGEST_MEDIATION.transition
    def suggest_mediation(self, change: Change) -> None:
        """案前调解: accepting waits while both want to mediate."""
        self.dispute.mediation_from_on = change.facts["consent_on"]
        self.dispute.mediation_ended_on = None

    @rows.MEDIATION_ENDED.transition
    def mediation_ended(self, change: Change) -> None:
        """案前调解结束."""
        self.dispute.mediation_ended_on = change.facts["ended_on"]
        self._keep(change, "opinion")

    @rows.MEDIATION_DECLINED.transition
    def mediation_declined(self, change: Change) -> None:
        """不愿调解: the application is dealt with like any other."""
        self.dispute.mediation_ended_on = change.facts["ended_on"]

    @rows.ACCEPT.transition
    def accept(self, change: Change) -> None:
        """受理: the day on which the approver signs."""
        self.filed_on = self.dispute.accepted_on = change.on

    @rows.REFUSE.transition
    def refuse(self, change: Change) -> None:
        """不予受理: outside what was accepted."""
        self.dispute.refused_on = change.on
        self.dispute.refusal_ground = change.facts["ground"]
        self.dispute.refusal_reason = change.facts["reason"]
        self._end(change.on)

    @rows.RETURN_INTAKE.transition
    def return_intake(self, change: Change) -> None:
        """退回补充审查."""

    @rows.REDIRECT.transition
    def redirect(self, change: Change) -> None:
        """不属本委管辖: told where to go."""
        self.dispute.jurisdiction = Jurisdiction.NONE
        self._elsewhere(change)
        self._end(change.on)

    def _elsewhere(self, change: Change) -> None:
        self.dispute.redirect_to = change.facts["to"]
        self.dispute.redirected_on = change.on
        self.dispute.end_reason = change.facts["reason"]

    @rows.WITHDRAW_APPLICATION.transition
    def withdraw_application(self, change: Change) -> None:
        """受理以前撤回."""
        self._withdrawn(change)
        self._end(change.on)

    def _withdrawn(self, change: Change) -> None:
        self.dispute.withdrawn_on = change.on
        self.dispute.withdrawal_reason = change.facts["reason"]
        self.dispute.is_reconciled = change.facts["reconciled"]

    @rows.RECORD_LIMITATION.transition
    def record_limitation(self, change: Change) -> None:
        """时效中断."""

    # Priority

    @rows.ENTER_LANE.transition
    def enter_lane(self, change: Change) -> None:
        """批准优先."""
        self.is_priority = True

    @rows.LEAVE_LANE.transition
    def leave_lane(self, change: Change) -> None:
        """退出优先."""
        self.is_priority = False
        self.dispute.lane_reason, self.dispute.lane_why = LaneReason.NONE, change.facts["reason"]
        self.dispute.lane_by, self.dispute.lane_on = change.by, change.on

    @rows.SUPERVISE.transition
    def supervise(self, change: Change) -> None:
        """挂牌督办."""
        self.dispute.is_supervised = True

    # Elsewhere, or not at all

    @rows.TRANSFER.transition
    def transfer(self, change: Change) -> None:
        """移送管辖."""
        self._elsewhere(change)

    @rows.REVOKE.transition
    def revoke(self, change: Change) -> None:
        """撤销案件."""
        self.dispute.revoked_on = change.on
        self.dispute.end_reason = change.facts["reason"]

    @rows.NOTIFY_REVOCATION.transition
    def notify_revocation(self, change: Change) -> None:
        """撤销通知."""
        self.dispute.revocation_notified_on = change.facts["done_on"]

    # The tribunal

    @rows.CONSTITUTE.transition
    def constitute(self, change: Change) -> None:
        """组成仲裁庭."""
        self.dispute.tribunal_formed_on = change.on
        self._tribunal(change)

    def _tribunal(self, change: Change) -> None:
        self._keep(change, "tribunal_form", "simple_ground")
        self.dispute.is_simplified = bool(change.facts.get("simple_ground"))

    @rows.REPLACE_TRIBUNAL.transition
    def replace_tribunal(self, change: Change) -> None:
        """更换仲裁庭成员."""
        self._keep(change, "tribunal_form")

    @rows.CONSENT_TO_MEDIATOR.transition
    def consent_to_mediator(self, change: Change) -> None:
        """同意原调解员审理."""
        self.dispute.mediator_consent_on = change.facts["consented_on"]
        self.dispute.mediator_consent_note = change.facts["how"]

    @rows.ASK_RECUSAL.transition
    def ask_recusal(self, change: Change) -> None:
        """申请回避."""

    @rows.DECIDE_RECUSAL.transition
    def decide_recusal(self, change: Change) -> None:
        """决定回避."""

    @rows.DECIDE_HEADS_RECUSAL.transition
    def decide_heads_recusal(self, change: Change) -> None:
        """决定负责人回避."""

    @rows.SIMPLIFY.transition
    def simplify(self, change: Change) -> None:
        """简易处理."""
        self.dispute.is_simplified = True
        self._keep(change, "simple_ground")

    @rows.TO_GENERAL.transition
    def to_general(self, change: Change) -> None:
        """转为一般程序: the days still count from acceptance."""
        self.dispute.is_simplified = False
        self.dispute.general_since_on = change.on
        self._keep(change, "simple_bar")

    # Service and reply

    @rows.SERVE_COPY.transition
    def serve_copy(self, change: Change) -> None:
        """副本送达."""

    @rows.SERVE_FURTHER_COPY.transition
    def serve_further_copy(self, change: Change) -> None:
        """其他被申请人的副本送达."""

    @rows.RECORD_REPLY.transition
    def record_reply(self, change: Change) -> None:
        """答辩."""

    @rows.SERVE_REPLY.transition
    def serve_reply(self, change: Change) -> None:
        """答辩书送达申请人."""

    @rows.WAIVE_REPLY.transition
    def waive_reply(self, change: Change) -> None:
        """同意缩短、取消答辩期."""

    @rows.OBJECT_JURISDICTION.transition
    def object_jurisdiction(self, change: Change) -> None:
        """管辖异议."""
        self.dispute.objection_on = change.facts["arrived_on"]
        self.dispute.objection_decided_on = None

    @rows.REJECT_OBJECTION.transition
    def reject_objection(self, change: Change) -> None:
        """驳回管辖异议."""
        self.dispute.objection_decided_on = change.on

    @rows.FILE_COUNTERCLAIM.transition
    def file_counterclaim(self, change: Change) -> None:
        """反申请."""

    @rows.ACCEPT_COUNTERCLAIM.transition
    def accept_counterclaim(self, change: Change) -> None:
        """受理反申请."""

    @rows.REFUSE_COUNTERCLAIM.transition
    def refuse_counterclaim(self, change: Change) -> None:
        """不予受理反申请."""

    @rows.ADD_PARTY.transition
    def add_party(self, change: Change) -> None:
        """追加当事人."""

    @rows.ADD_CLAIM.transition
    def add_claim(self, change: Change) -> None:
        """增加、变更请求."""

    @rows.DROP_CLAIM.transition
    def drop_claim(self, change: Change) -> None:
        """撤回部分请求."""

    @rows.SET_EVIDENCE_LIMIT.transition
    def set_evidence_limit(self, change: Change) -> None:
        """举证期限."""
        self.dispute.evidence_due_on = change.facts["evidence_due_on"]

    @rows.ADMIT_LAWYER.transition
    def admit_lawyer(self, change: Change) -> None:
        """法律援助公函."""

    @rows.MERGE.transition
    def merge(self, change: Change) -> None:
        """合并审理."""
        self.dispute.merged_into = change.facts["into"]
        self.dispute.merged_on = change.on

    @rows.SPLIT_OFF.transition
    def split_off(self, change: Change) -> None:
        """分案审理; the leading case is still named until its record says so."""

    @rows.ANNOUNCE.transition
    def announce(self, change: Change) -> None:
        """公告送达."""

    @rows.COPY_ANNOUNCED.transition
    def copy_announced(self, change: Change) -> None:
        """副本公告期满."""

    @rows.ANNOUNCEMENT_OVER.transition
    def announcement_over(self, change: Change) -> None:
        """公告期满."""

    # Hearings

    @rows.ENTRUST.transition
    def entrust(self, change: Change) -> None:
        """委托调解."""
        self.dispute.entrusted_to = change.facts["body"]
        self.dispute.entrusted_on = change.facts["consent_on"]

    @rows.SCHEDULE.transition
    def schedule(self, change: Change) -> None:
        """确定开庭."""

    @rows.NOTIFY_HEARING.transition
    def notify_hearing(self, change: Change) -> None:
        """开庭通知."""

    @rows.POSTPONE.transition
    def postpone(self, change: Change) -> None:
        """延期开庭."""

    @rows.HEAR.transition
    def hear(self, change: Change) -> None:
        """开庭."""
        self.dispute.hearing_held_on = change.facts["held_on"]
        self.dispute.in_default = bool(change.facts.get("absent"))

    @rows.DEEM_WITHDRAWN.transition
    def deem_withdrawn(self, change: Change) -> None:
        """按撤回处理."""
        self.dispute.deemed_on = change.on
        self.dispute.end_reason = change.facts["facts"]

    @rows.MEDIATE_AFTER.transition
    def mediate_after(self, change: Change) -> None:
        """庭审后调解."""

    # Results

    @rows.SETTLE.transition
    def settle(self, change: Change) -> None:
        """调解书: in force, and the case closed, when everybody has signed for it."""
        self.dispute.decided_on = change.on

    @rows.SETTLE_PART.transition
    def settle_part(self, change: Change) -> None:
        """部分调解."""
        self.dispute.has_partial_award = True

    @rows.BACK_OUT.transition
    def back_out(self, change: Change) -> None:
        """签收前反悔."""
        self.dispute.decided_on = None

    @rows.NO_AGREEMENT.transition
    def no_agreement(self, change: Change) -> None:
        """调解不成."""

    @rows.AWARD_PART.transition
    def award_part(self, change: Change) -> None:
        """部分裁决."""
        self.dispute.has_partial_award = True

    @rows.ORDER_ADVANCE.transition
    def order_advance(self, change: Change) -> None:
        """先予执行."""

    @rows.DELIBERATE.transition
    def deliberate(self, change: Change) -> None:
        """评议."""

    @rows.DRAFT.transition
    def draft(self, change: Change) -> None:
        """拟裁决书."""

    @rows.RETURN_DRAFT.transition
    def return_draft(self, change: Change) -> None:
        """退回修改."""

    @rows.SIGN.transition
    def sign(self, change: Change) -> None:
        """签发裁决书: the award is made today."""
        self.dispute.decided_on = change.on

    @rows.SERVE_RESULT.transition
    def serve_result(self, change: Change) -> None:
        """裁决书、调解书送达."""

    @rows.SERVE_FURTHER_RESULT.transition
    def serve_further_result(self, change: Change) -> None:
        """其他当事人的送达."""

    @rows.FINISH.transition
    def finish(self, change: Change) -> None:
        """送达完毕."""
        self.dispute.served_on = change.on

    @rows.WENT_ON.transition
    def went_on(self, change: Change) -> None:
        """起诉、申请撤销."""

    @rows.TAKE_EFFECT.transition
    def take_effect(self, change: Change) -> None:
        """生效."""
        self.dispute.effective_on = effective_day(self, change.on)

    @rows.CORRECT.transition
    def correct(self, change: Change) -> None:
        """补正裁决书."""

    # Suspension, extension, ends

    @rows.SUSPEND.transition
    def suspend(self, change: Change) -> None:
        """中止审理."""
        self.dispute.return_state = self.state
        self.is_suspended = True

    @rows.RESUME.transition
    def resume(self, change: Change) -> None:
        """恢复审理: back to where it was."""
        self.is_suspended = False

    @rows.EXTEND.transition
    def extend(self, change: Change) -> None:
        """延期."""
        self.dispute.extended = True
        self.dispute.extension_reason = change.facts["reason"][:200]

    @rows.WITHDRAW.transition
    def withdraw(self, change: Change) -> None:
        """准予撤回."""
        self._withdrawn(change)
        self.is_suspended = False

    @rows.TERMINATE.transition
    def terminate(self, change: Change) -> None:
        """终止审理: a court has the dispute."""
        self.dispute.terminated_on = change.on
        self.dispute.court_no = change.facts["court_no"]
        self.dispute.end_reason = change.facts["reason"]
        self.is_suspended = False

    @rows.ARCHIVE.transition
    def archive(self, change: Change) -> None:
        """归档."""
        self.dispute.archived_on = change.on
        self.dispute.pages = change.facts["pages"]
        self.dispute.inner_pages = change.facts["inner_pages"]

    @rows.SERVE.transition
    def serve(self, change: Change) -> None:
        """登记送达."""


def _empty(model: models.Model, name: str) -> Any:
    field = model._meta.get_field(name)
    return None if getattr(field, "null", False) else ""
