"""The mediation: what this kind of case has beyond the common ones, and the proxy that carries its transitions.

Offers and minutes are concessions: they are rows of their own, and `concessions.may_read` says who reads them.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from arbitration.mediation import standing
from arbitration.mediation import workflow as rows
from arbitration.mediation.agreement import text_of
from arbitration.mediation.states import (
    Body,
    DeclineGround,
    FailReason,
    MemberOutcome,
    OfferKind,
    OrderStage,
    Origin,
    Outcome,
    ProposedBy,
    RefusalGround,
)
from arbitration.states import ClaimType, Side
from cases.effects import ended
from cases.fields import EncryptedTextField
from cases.models import Case, CaseKind, KindManager, Party
from cases.workflow.table import Change


class Mediations(models.Manager["Mediation"]):
    """Mediations with their cases: none is looked at without."""

    def get_queryset(self) -> models.QuerySet["Mediation"]:
        return super().get_queryset().select_related("case")


class Mediation(models.Model):
    """What is particular to mediation; dates here are set by steps and nothing else."""

    objects = Mediations()

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="mediation")
    side = models.CharField(_("申请人一方"), max_length=8, choices=Side.choices, default=Side.WORKER)
    origin = models.CharField(_("来源"), max_length=20, choices=Origin.choices, default=Origin.WALK_IN)
    body = models.CharField(_("调解组织"), max_length=12, choices=Body.choices, default=Body.INSTITUTE)
    is_oral = models.BooleanField(_("口头申请"), default=False)
    external_no = models.CharField(_("外部编号"), max_length=60, blank=True)
    facts_text = models.TextField(_("争议事项和理由"), blank=True)
    source_case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="mediations", verbose_name=_("来自的案件")
    )
    applicant_consent_on = models.DateField(_("本人同意转来的日期"), null=True, blank=True)
    applicant_consent_note = models.CharField(_("本人同意的方式"), max_length=200, blank=True)
    applied_on = models.DateField(_("申请日期"), null=True, blank=True)

    consented_on = models.DateField(_("对方同意的日期"), null=True, blank=True)
    consent_note = models.CharField(_("对方同意的方式"), max_length=200, blank=True)
    decline_ground = models.CharField(
        _("不予受理的理由"), max_length=12, choices=DeclineGround.choices, blank=True
    )
    decline_text = models.TextField(_("不予受理的说明"), blank=True)
    meet_on = models.DateField(_("调解日期"), null=True, blank=True)
    meet_time = models.CharField(_("时间"), max_length=20, blank=True)
    meet_place = models.CharField(_("地点"), max_length=120, blank=True)

    agreed_on = models.DateField(_("协议生效日期"), null=True, blank=True)
    agreement_text = models.TextField(_("协议内容"), blank=True)
    fail_reason = models.CharField(_("调解不成的原因"), max_length=20, choices=FailReason.choices, blank=True)
    fail_text = models.TextField(_("调解不成的说明"), blank=True)
    failed_on = models.DateField(_("调解不成的日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤回的理由"), max_length=500, blank=True)
    is_reconciled = models.BooleanField(_("和解后撤回"), default=False)

    review_requested_on = models.DateField(_("申请仲裁审查的日期"), null=True, blank=True)
    review_accepted_on = models.DateField(_("受理审查的日期"), null=True, blank=True)
    review_extended = models.BooleanField(_("审查已延期"), default=False)
    review_decided_on = models.DateField(_("审查决定日期"), null=True, blank=True)
    review_text = models.TextField(_("审查查明和意见"), blank=True)
    review_ground = models.CharField(
        _("不予出具的情形"), max_length=12, choices=RefusalGround.choices, blank=True
    )
    paper_signed_on = models.DateField(_("双方签收调解书的日期"), null=True, blank=True)

    court_requested_on = models.DateField(_("申请司法确认的日期"), null=True, blank=True)
    court = models.CharField(_("法院"), max_length=80, blank=True)
    court_no = models.CharField(_("法院案号"), max_length=60, blank=True)
    court_ruled_on = models.DateField(_("法院裁定日期"), null=True, blank=True)
    order_requested_on = models.DateField(_("申请支付令的日期"), null=True, blank=True)
    order_stage = models.CharField(_("支付令"), max_length=12, choices=OrderStage.choices, blank=True)
    default_noted_on = models.DateField(_("登记违约的日期"), null=True, blank=True)
    performed_on = models.DateField(_("履行完毕的日期"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("卷宗页数"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("劳动争议调解")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | ~Q(agreement_text=""), name="mediation_agreed_has_text"
            ),
            models.CheckConstraint(
                condition=Q(failed_on__isnull=True) | ~Q(fail_reason=""), name="mediation_failed_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(court_ruled_on__isnull=True) | Q(court_requested_on__isnull=False),
                name="mediation_ruling_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(review_accepted_on__isnull=True) | Q(review_requested_on__isnull=False),
                name="mediation_review_was_asked_for",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)


class Demand(models.Model):
    """One thing that one worker asks for, in fen; of pay for work the months stand in `cases.Claim` as well.

    ``amount_fen`` is None where no sum is asked for.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="demands")
    party = models.ForeignKey(Party, models.CASCADE, related_name="demands", verbose_name=_("劳动者"))
    type = models.CharField(_("请求事项"), max_length=12, choices=ClaimType.choices)
    amount_fen = models.BigIntegerField(_("金额（分）"), null=True, blank=True)
    formula = models.CharField(_("计算方法"), max_length=200, blank=True)
    from_month = models.CharField(_("起始月"), max_length=7, blank=True)
    to_month = models.CharField(_("截止月"), max_length=7, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("调解请求")
        ordering = ["party__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(amount_fen__gt=0), name="demand_positive"
            ),
            models.CheckConstraint(
                condition=Q(from_month="", to_month="")
                | (~Q(from_month="") & ~Q(to_month="") & Q(from_month__lte=F("to_month"))),
                name="demand_months_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.get_type_display()}"


# Concessions: for the mediator of the case and the head of the institute


class Meeting(models.Model):
    """The minutes of one meeting 调解笔录. What the sides said there is read by the mediator and the head alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="meetings")
    no = models.PositiveSmallIntegerField(_("第几次"))
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=120)
    present = models.CharField(_("在场人员"), max_length=300)
    worker_position = EncryptedTextField(_("劳动者一方的意见"))
    employer_position = EncryptedTextField(_("用人单位一方的意见"))
    proposals = EncryptedTextField(_("方案"), blank=True)
    result = EncryptedTextField(_("结果"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("调解笔录")
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["case", "no"], name="meeting_number_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.no}"


class Round(models.Model):
    """One proposal for every worker of the case: ``percent`` of the claim where it is discounted, ``schedule`` pairs of
    a day and a percentage where it is paid by instalments. Saved once and never changed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="rounds")
    no = models.PositiveSmallIntegerField(_("第几轮"))
    proposed_by = models.CharField(_("提出"), max_length=12, choices=ProposedBy.choices)
    percent = models.PositiveSmallIntegerField(_("打折比例"))
    pay_on = models.DateField(_("一次付清的日期"))
    schedule = models.JSONField(_("分期"), default=list, blank=True)
    note = EncryptedTextField(_("说明"), blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("调解方案")
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["case", "no"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(percent__gte=1) & Q(percent__lte=100), name="round_percent_of_the_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.no}"


class Offer(models.Model):
    """What one worker is offered in a round, in fen; ``is_accepted`` when both sides agree to it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="offers")
    worker = models.ForeignKey(Party, models.CASCADE, related_name="mediation_offers")
    kind = models.CharField(_("方案"), max_length=12, choices=OfferKind.choices)
    amount_fen = models.BigIntegerField(_("金额（分）"))
    is_accepted = models.BooleanField(_("双方同意"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("方案明细")
        ordering = ["worker__position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "worker"], name="offer_once_per_round"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="offer_not_negative"),
            models.CheckConstraint(
                condition=~Q(kind=OfferKind.NONE) | Q(is_accepted=False, amount_fen=0),
                name="offer_of_nothing_is_not_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.worker}"


# The agreement


class Term(models.Model):
    """What came of the mediation for one worker: the sum that was agreed, or that nothing was."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="terms")
    worker = models.OneToOneField(Party, models.CASCADE, related_name="mediation_term")
    outcome = models.CharField(_("结果"), max_length=8, choices=MemberOutcome.choices)
    agreed_fen = models.BigIntegerField(_("协议金额（分）"), default=0)
    sent_on = models.DateField(_("转仲裁的日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("协议结果")
        ordering = ["worker__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_fen__gte=0) & (Q(outcome="agreed") | Q(agreed_fen=0)),
                name="term_sum_was_agreed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker} {self.get_outcome_display()}"


class Instalment(models.Model):
    """One sum that is due to one worker on one day, in fen, and what of it was paid."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="agreed_instalments")
    worker = models.ForeignKey(Party, models.CASCADE, related_name="agreed_instalments")
    no = models.PositiveSmallIntegerField(_("期次"))
    due_on = models.DateField(_("支付日期"))
    amount_fen = models.BigIntegerField(_("金额（分）"))
    paid_fen = models.BigIntegerField(_("已付（分）"), default=0)
    paid_on = models.DateField(_("付清日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("分期")
        ordering = ["due_on", "worker__position"]
        constraints = [
            models.UniqueConstraint(fields=["worker", "no"], name="instalment_number_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0) & Q(paid_fen__gte=0) & Q(paid_fen__lte=F("amount_fen")),
                name="instalment_paid_within_sum",
            ),
        ]
        indexes = [models.Index(fields=["case", "due_on"], name="instalment_due")]

    def __str__(self) -> str:
        return f"{self.worker} {self.due_on}"

    @property
    def left_fen(self) -> int:
        return self.amount_fen - self.paid_fen


# The case with its behaviour


class MediationCase(Case):
    """A mediation with its transitions. They set fields and nothing else; `cases.services.advance` calls them."""

    objects: ClassVar[KindManager] = KindManager(CaseKind.MEDIATION)

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("劳动争议调解案件")

    # From the question to the mediator

    @rows.APPLY.transition
    def apply(self, change: Change) -> None:
        """登记调解申请."""
        self.received_on = self.mediation.applied_on = change.facts["received_on"]
        self.mediation.is_oral = change.facts["is_oral"]
        self.mediation.facts_text = change.facts["facts_text"]
        self.claimed_fen += change.facts.get("amount") or 0 if change.facts.get("type") else 0

    @rows.ACCEPT.transition
    def accept(self, change: Change) -> None:
        """受理: the other side agreed, a mediator is named."""
        self.filed_on = change.on
        self.mediation.consented_on = change.facts["consented_on"]
        self.mediation.consent_note = change.facts["how"]

    @rows.DECLINE.transition
    def decline(self, change: Change) -> None:
        """不予受理或者对方不同意."""
        self.mediation.decline_ground = change.facts["ground"]
        self.mediation.decline_text = change.facts["reason"]
        ended(self, change.on, Outcome.DECLINED)

    @rows.CHANGE_MEDIATOR.transition
    def change_mediator(self, change: Change) -> None:
        """更换调解员."""

    @rows.NAME_REPRESENTATIVES.transition
    def name_representatives(self, change: Change) -> None:
        """推举代表."""

    # Meetings

    @rows.CONVENE.transition
    def convene(self, change: Change) -> None:
        """安排调解."""
        for name in ("meet_on", "meet_time", "meet_place"):
            setattr(self.mediation, name, change.facts[name])

    @rows.RECORD_MEETING.transition
    def record_meeting(self, change: Change) -> None:
        """登记调解笔录."""

    @rows.AGREE.transition
    def agree(self, change: Change) -> None:
        """达成协议: its text and its sum are those of the accepted offers."""
        _table, accepted = standing.accepted_offers(self)
        self.confirmed_fen = sum(offer.amount_fen for offer in accepted)
        self.mediation.agreed_on = change.facts["agreed_on"]
        self.mediation.agreement_text = text_of(self, change.facts)
        ended(self, change.facts["agreed_on"], Outcome.AGREED)

    @rows.FAIL.transition
    def fail(self, change: Change) -> None:
        """调解不成."""
        self._fail(change, change.facts["fail_reason"], change.facts["reason"])
        self.mediation.failed_on = change.facts["stopped_on"]
        ended(self, change.facts["stopped_on"], Outcome.FAILED)

    @rows.LAPSE.transition
    def lapse(self, change: Change) -> None:
        """期限届满没有达成协议."""
        self._fail(change, FailReason.LIMIT, str(FailReason.LIMIT.label))
        ended(self, change.on, Outcome.FAILED)

    def _fail(self, change: Change, reason: str, text: str) -> None:
        self.mediation.fail_reason, self.mediation.fail_text = reason, text
        self.mediation.failed_on = change.on

    @rows.WITHDRAW.transition
    def withdraw(self, change: Change) -> None:
        """撤回申请."""
        self.mediation.withdrawn_on = change.facts["received_on"]
        self.mediation.withdrawal_reason = change.facts["reason"]
        self.mediation.is_reconciled = change.facts["is_reconciled"]
        ended(self, change.facts["received_on"], Outcome.WITHDRAWN)

    # Performance

    @rows.RECORD_PAYMENT.transition
    def record_payment(self, change: Change) -> None:
        """登记履行."""
        self._pay(change)

    @rows.RECORD_LATER_PAYMENT.transition
    def record_later_payment(self, change: Change) -> None:
        """登记履行, while the agreement is being made enforceable or is."""
        self._pay(change)

    def _pay(self, change: Change) -> None:
        rows = standing.paid_rows(self, change.facts)
        paid = standing.paid_by(rows, change.facts)
        self.paid_fen += paid
        if paid == sum(row.left_fen for row in standing.unpaid(self)):
            self.mediation.performed_on = change.facts["paid_on"]

    @rows.RECORD_PERFORMANCE.transition
    def record_performance(self, change: Change) -> None:
        """登记其他义务的履行."""

    @rows.NOTE_DEFAULT.transition
    def note_default(self, change: Change) -> None:
        """登记违约."""
        self.mediation.default_noted_on = change.facts["noted_on"]

    # 仲裁审查

    @rows.REQUEST_REVIEW.transition
    def request_review(self, change: Change) -> None:
        """共同申请仲裁审查."""
        self.mediation.review_requested_on = change.facts["requested_on"]

    @rows.ACCEPT_REVIEW.transition
    def accept_review(self, change: Change) -> None:
        """受理审查申请."""
        self.mediation.review_accepted_on = change.on

    @rows.EXTEND_REVIEW.transition
    def extend_review(self, change: Change) -> None:
        """延长审查期限."""
        self.mediation.review_extended = True

    @rows.CONFIRM_REVIEW.transition
    def confirm_review(self, change: Change) -> None:
        """审查后出具调解书."""
        self.mediation.review_decided_on = change.on
        self.mediation.review_text = change.facts["finding"]
        self.outcome = Outcome.REVIEW

    @rows.REFUSE_REVIEW.transition
    def refuse_review(self, change: Change) -> None:
        """不予出具调解书. The agreement stays a contract; the day on which the mediation ended stays its day."""
        self.mediation.review_decided_on = change.on
        self.mediation.review_ground = change.facts["ground"]
        self.mediation.review_text = change.facts["reason"]
        self._fail(change, FailReason.REVIEW_REFUSED, change.facts["reason"])
        self.outcome = Outcome.FAILED

    @rows.WITHDRAW_REVIEW.transition
    def withdraw_review(self, change: Change) -> None:
        """撤回审查申请."""
        self._fail(change, FailReason.REVIEW_WITHDRAWN, change.facts["reason"])
        self.outcome = Outcome.FAILED

    @rows.SIGN_PAPER.transition
    def sign_paper(self, change: Change) -> None:
        """双方签收调解书: from now on it can be enforced."""
        self.mediation.paper_signed_on = change.facts["signed_on"]

    # The court

    @rows.REQUEST_CONFIRMATION.transition
    def request_confirmation(self, change: Change) -> None:
        """共同申请司法确认."""
        self.mediation.court_requested_on = change.facts["requested_on"]
        self.mediation.court = change.facts["court"]

    @rows.CONFIRM_IN_COURT.transition
    def confirm_in_court(self, change: Change) -> None:
        """法院裁定确认协议有效."""
        self.mediation.court_ruled_on = change.facts["ruled_on"]
        self.mediation.court_no = change.facts["court_no"]
        self.outcome = Outcome.COURT

    @rows.COURT_REFUSES.transition
    def court_refuses(self, change: Change) -> None:
        """法院不予确认: the agreement stays a contract."""
        self.mediation.court_requested_on = None

    @rows.REQUEST_ORDER.transition
    def request_order(self, change: Change) -> None:
        """申请支付令."""
        self.mediation.order_requested_on = change.facts["requested_on"]
        self.mediation.court = change.facts["court"]
        self.mediation.order_stage = OrderStage.REQUESTED

    @rows.MOVE_ORDER.transition
    def move_order(self, change: Change) -> None:
        """支付令进展."""
        self.mediation.order_stage = change.facts["stage"]

    # The next track and the end

    @rows.TO_ARBITRATION.transition
    def to_arbitration(self, change: Change) -> None:
        """转仲裁."""
        self.outcome = Outcome.TO_ARBITRATION

    @rows.REST_TO_ARBITRATION.transition
    def rest_to_arbitration(self, change: Change) -> None:
        """没有达成协议的人转仲裁."""

    @rows.ARCHIVE.transition
    def archive(self, change: Change) -> None:
        """归档."""
        self.mediation.pages = change.facts["pages"]

    @rows.SERVE.transition
    def serve(self, change: Change) -> None:
        """登记送达."""
