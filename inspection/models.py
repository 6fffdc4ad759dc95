"""The complaint: what this kind of case has beyond the common ones, and the proxy that carries its transitions."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies import code_lists
from agencies.models import User
from cases import effects
from cases.models import Case, CaseKind, KindManager, PartyRole
from cases.schedule import Dated
from cases.workflow.table import Change
from inspection import deadlines
from inspection import workflow as rows
from inspection.bundles import Bundle
from inspection.chain import Chain, chain_of
from inspection.clues import Clue
from inspection.completeness import Missing, missing
from inspection.dates import dates_of
from inspection.effects import performed_by
from inspection.enclosures import Enclosure
from inspection.guards import reaches_crime_line
from inspection.instalments import current
from inspection.liability import Duty, Situation, Standing, duty, money_tools
from inspection.origins import Origin, origins_of
from inspection.penalties import PENALTY, days_to_pay_a_fine
from inspection.remedies import ANNULLED, PENDING, SUIT_UPHELD
from inspection.serving import SERVED_DAY, served_on_everybody
from inspection.states import Cause, Channel, ClosingCode, CourtAnswer, Industry, Path, State

# What a case that is taken up again starts without.
OF_THE_FIRST_ROUND = (
    "investigation_ended_on",
    "order_pay_by_on",
    "order_served_on",
    "notice_served_on",
    "statement_waived_on",
    "hearing_requested_on",
    "hearing_on",
    "hearing_held_on",
    "legal_review_passed_on",
    "legal_reviewer",
    "discussed_on",
    "decided_on",
    "decision_pay_within",
    "decision_pay_by_on",
    "decision_served_on",
    "fine_planned_fen",
    "fine_fen",
    "fine_served_on",
    "fine_due_on",
    "fine_paid_on",
    "bank_notified_on",
    "police_transferred_on",
    "police_answered_on",
    "withdrawn_on",
)

# Where a unit that is taken out may have been the last without the paper.
SERVED_IN = {"D18": State.ORDERED, "D21": State.PRE_NOTICE}

__all__ = ["Bundle", "Clue", "Complaint", "Enclosure", "InspectionCase", "Instalment"]


class Complaint(models.Model):
    """What is particular to a complaint about unpaid wages; dates here are set by steps and nothing else."""

    class Contract(models.TextChoices):
        WRITTEN = "written", _("已签书面合同")
        NONE = "none", _("没有签")
        UNKNOWN = "unknown", _("说不清")

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="complaint")
    channel = models.CharField(_("来源"), max_length=12, choices=Channel.choices, default=Channel.WINDOW)
    external_no = models.CharField(_("外部编号"), max_length=60, blank=True)
    dispatched_on = models.DateField(_("派单日期"), null=True, blank=True)
    facts_text = models.TextField(_("情况说明"), blank=True)
    cause = models.CharField(_("欠薪原因"), max_length=2, choices=Cause.choices, blank=True)
    industry = models.CharField(_("行业"), max_length=4, choices=Industry.choices, blank=True)
    contract = models.CharField(_("劳动合同"), max_length=8, choices=Contract.choices, blank=True)
    other_proceeding = models.BooleanField(_("已仲裁或起诉"), default=False)
    other_proceeding_note = models.CharField(_("案号和机构"), max_length=120, blank=True)
    path = models.CharField(_("办理途径"), max_length=16, choices=Path.choices, default=Path.INSPECTION)
    path_reason = models.CharField(_("途径理由"), max_length=200, blank=True)

    situation = models.CharField(_("清偿责任情形"), max_length=16, choices=Situation.choices, blank=True)
    situation_basis = models.CharField(_("认定依据"), max_length=300, blank=True)
    identity_withheld = models.BooleanField(_("为投诉人保密"), default=False)
    signed_on = models.DateField(_("登记表签名日期"), null=True, blank=True)
    query_code_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    query_code = ""
    """The code itself, known only to the instance that was just registered, for its receipt."""

    accepted_on = models.DateField(_("受理日期"), null=True, blank=True)
    merged_into = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_complaints",
        verbose_name=_("并入的案件"),
    )
    correction_items = models.TextField(_("需补正的内容"), blank=True)
    corrections_asked = models.PositiveSmallIntegerField(_("告知补正次数"), default=0, editable=False)
    correction_due_on = models.DateField(_("补正期限"), null=True, blank=True)
    refusal_reason = models.TextField(_("不予受理理由"), blank=True)
    redirect_to = models.CharField(_("告知去向"), max_length=160, blank=True)

    investigation_ended_on = models.DateField(_("调查终结日期"), null=True, blank=True)
    investigation_summary = models.TextField(_("调查结论"), blank=True)
    acts_recorded = models.PositiveIntegerField(_("调查次数"), default=0, editable=False)
    breach = models.TextField(_("违法事实"), blank=True)
    order_pay_by_on = models.DateField(_("责令支付期限"), null=True, blank=True)
    order_served_on = models.DateField(_("指令书送达日期"), null=True, blank=True)
    notice_kind = models.CharField(_("拟作决定"), max_length=16, blank=True)
    notice_content = models.TextField(_("告知内容"), blank=True)
    obstruction = models.TextField(_("阻挠调查的事实"), blank=True)
    notice_served_on = models.DateField(_("告知书送达日期"), null=True, blank=True)
    statement_waived_on = models.DateField(_("放弃陈述申辩日期"), null=True, blank=True)
    hearing_right = models.BooleanField(_("有听证权利"), default=False)
    hearing_by = models.JSONField(_("申请听证的单位"), default=list, blank=True, editable=False)
    """The keys of the parties that asked for the hearing and have not taken it back."""
    hearing_requested_on = models.DateField(_("申请听证日期"), null=True, blank=True)
    hearing_on = models.DateField(_("定的听证日期"), null=True, blank=True)
    hearing_held_on = models.DateField(_("听证日期"), null=True, blank=True)
    legal_review_needed = models.BooleanField(_("需法制审核"), default=False)
    legal_review_passed_on = models.DateField(_("法制审核通过日期"), null=True, blank=True)
    legal_reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    discussed_on = models.DateField(_("集体讨论日期"), null=True, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decision_pay_within = models.PositiveSmallIntegerField(_("决定履行天数"), null=True, blank=True)
    decision_pay_by_on = models.DateField(_("决定履行期限"), null=True, blank=True)
    decision_served_on = models.DateField(_("决定书送达日期"), null=True, blank=True)
    remedies = models.JSONField(_("各单位的复议、诉讼"), default=dict, blank=True, editable=False)
    """The last thing that each unit did against the decision, by the key of the party."""
    court_result = models.CharField(_("法院的答复"), max_length=10, choices=CourtAnswer.choices, blank=True)
    fine_planned_fen = models.BigIntegerField(_("拟罚款金额（分）"), null=True, blank=True)
    fine_fen = models.BigIntegerField(_("罚款金额（分）"), null=True, blank=True)
    fine_served_on = models.DateField(_("处罚决定书送达日期"), null=True, blank=True)
    fine_due_on = models.DateField(_("缴纳罚款期限"), null=True, blank=True)
    fine_paid_on = models.DateField(_("缴清罚款日期"), null=True, blank=True)
    remedy_used = models.BooleanField(_("复议或诉讼还没有结果"), default=False)
    decision_upheld = models.BooleanField(_("决定已被维持"), default=False)
    decision_annulled = models.BooleanField(_("决定已被撤销"), default=False)
    bank_notified_on = models.DateField(_("通知银行日期"), null=True, blank=True)
    police_transferred_on = models.DateField(_("移送公安日期"), null=True, blank=True)
    police_answered_on = models.DateField(_("公安答复日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回投诉日期"), null=True, blank=True)
    suspended_reason = models.CharField(_("中止理由"), max_length=200, blank=True)
    closing_summary = models.TextField(_("办理结果"), blank=True)
    call_back_done = models.BooleanField(_("已回访"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("欠薪投诉")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_no"],
                condition=~Q(external_no=""),
                name="complaint_external_once",
            ),
            models.CheckConstraint(
                condition=Q(order_served_on__isnull=True) | Q(order_pay_by_on__isnull=False),
                name="complaint_served_order_has_term",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    def get_channel_display(self) -> str:  # type: ignore[no-redef]  # the district's words
        return code_lists.label("channel", self.channel)

    def get_cause_display(self) -> str:  # type: ignore[no-redef]  # the district's words
        return code_lists.label("cause", self.cause)

    def get_industry_display(self) -> str:  # type: ignore[no-redef]  # the district's words
        return code_lists.label("industry", self.industry)

    @property
    def missing(self) -> list[Missing]:
        """What the law asks for and the file does not hold yet; parties and claims prefetched."""
        return missing(self.case)

    @property
    def owes_fine(self) -> bool:
        """Whether a fine was made and is not paid."""
        return bool(self.fine_fen) and self.fine_paid_on is None

    @property
    def duty(self) -> Duty:
        """Who pays first as the facts stand, and under which article."""
        return duty(self.situation)

    @cached_property
    def chain(self) -> Chain | None:
        """The units behind the building project, from the developer to the team; None without a project."""
        return chain_of(self.case)

    @property
    def joined(self) -> models.QuerySet["Complaint"]:
        """The complaints that were merged into this case."""
        return self.case.merged_complaints.select_related("case")

    @property
    def money_tools(self) -> list[Standing]:
        """Where money is to be looked for, in the order of the law; nothing before the case is filed."""
        return money_tools(self.case, timezone.localdate()) if self.case.filed_on else []

    @property
    def instalments(self) -> Sequence["Instalment"]:
        """The parts of the plan in force; asks the database only when there is one."""
        planned = any(clock.rule_code == deadlines.INSTALMENT.code for clock in self.case.clocks.all())
        return current(self.case) if planned else []

    @property
    def dates(self) -> list[Dated]:
        """What has a day and is no clock, or more than one: hearings, and the parts of a plan with their sums."""
        return list(dates_of(self))

    @property
    def origins(self) -> list[Origin]:
        """The clue behind it, what joined it, what it joined."""
        return list(origins_of(self))

    @property
    def rules_in_dates(self) -> frozenset[str]:
        """The rules whose clocks `dates` speaks of already."""
        return frozenset({deadlines.INSTALMENT.code})

    @property
    def crime_line_reached(self) -> bool:
        """Whether what is unpaid is a large amount, so that a transfer to the police has to be considered."""
        return bool(self.case.filed_on) and self.case.is_open and reaches_crime_line(self.case)


class Instalment(models.Model):
    """One part of a plan to pay in parts; kept when a later plan replaces it.

    ``paid_up_to_fen`` is what the case as a whole has to have been paid when the part counts as paid.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("期次"))
    due_on = models.DateField(_("支付期限"))
    amount_fen = models.BigIntegerField(_("金额（分）"))
    paid_up_to_fen = models.BigIntegerField(_("累计应付（分）"))
    replaced_on = models.DateField(_("被新计划代替的日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("分期支付")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], condition=Q(replaced_on__isnull=True), name="instalment_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="instalment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.number}"

    @property
    def is_paid(self) -> bool:
        """Whether what the case was paid so far covers this part and those before it."""
        return self.case.paid_fen >= self.paid_up_to_fen


class InspectionCase(Case):
    """A complaint with its transitions; each method sets fields of the case and its detail, and nothing else."""

    objects: ClassVar[KindManager] = KindManager(CaseKind.INSPECTION)

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("欠薪投诉")

    def _end(self, on: date) -> None:
        self.ended_on = on

    @rows.REQUEST_CORRECTION.transition
    def request_correction(self, change: Change) -> None:
        """补正: what is missing is told once, with a day."""
        if change.documents is not None and "D05" not in change.documents:
            self.complaint.corrections_asked += 1
        self.complaint.correction_items = change.facts["missing_items"]
        self.complaint.correction_due_on = change.facts["due_on"]

    @rows.RECEIVE_CORRECTION.transition
    def receive_correction(self, change: Change) -> None:
        """补正材料收到: the acceptance period starts anew from the day of receipt."""

    @rows.LAPSE_CORRECTION.transition
    def lapse_correction(self, change: Change) -> None:
        """补正期满未补: treated as not accepted; the worker may come again."""
        self.complaint.refusal_reason = change.facts["reason"]
        self._end(change.on)

    @rows.REFUSE.transition
    def refuse(self, change: Change) -> None:
        """不予受理."""
        self.complaint.refusal_reason = change.facts["reason"]
        self._end(change.on)

    @rows.REDIRECT.transition
    def redirect(self, change: Change) -> None:
        """告知其他途径或转办."""
        self.complaint.path = change.facts["path"]
        self.complaint.redirect_to = change.facts["redirect_to"]
        self._end(change.on)

    @rows.VOID.transition
    def void(self, change: Change) -> None:
        """登记作废: mistaken or duplicate; outside every indicator."""
        self._end(change.on)

    @rows.MERGE.transition
    def merge(self, change: Change) -> None:
        """并入已有案件: this complaint is void, its workers go on in the other; outside every indicator."""
        self.complaint.merged_into = change.facts["into"]
        self._end(change.on)

    @rows.ACCEPT.transition
    def accept(self, change: Change) -> None:
        """受理: acceptance dates from the day the head signs."""
        self.complaint.accepted_on = change.on

    @rows.RETURN_FILING.transition
    def return_filing(self, change: Change) -> None:
        """退回登记: the acceptance is undone."""
        self.complaint.accepted_on = None

    @rows.FILE.transition
    def file_case(self, change: Change) -> None:
        """立案: the filing date is the day the head signs; two inspectors are named. 若干规定第十九条、第二十条."""
        self.filed_on = change.on
        self.is_major = self.is_major or change.facts["is_major"]

    @rows.INVESTIGATE.transition
    def investigate(self, change: Change) -> None:
        """一次调查取证行为."""
        self.complaint.acts_recorded += 1

    @rows.CONFIRM_AMOUNTS.transition
    def confirm_amounts(self, change: Change) -> None:
        """认定每名劳动者的欠付金额."""
        total, raised = 0, False
        for claim in self.claims.all():
            fen = change.facts[f"claim_{claim.pk}"]
            raised = raised or fen > (claim.confirmed_fen or 0)
            claim.confirmed_fen = fen
            claim.save(update_fields=["confirmed_fen"])
            total += fen
        change.facts["raised"] = raised
        # More than was ordered or announced has to be ordered or announced anew; less stands.
        if raised and self.state == State.ORDERED:
            self.complaint.order_served_on = None
        if raised and self.state == State.PRE_NOTICE:
            self.complaint.notice_served_on = None
        self.confirmed_fen = total

    @rows.PRESERVE_EVIDENCE.transition
    def preserve_evidence(self, change: Change) -> None:
        """先行登记保存证据."""

    @rows.DISPOSE_EVIDENCE.transition
    def dispose_evidence(self, change: Change) -> None:
        """对先行登记保存的证据作出处理."""

    @rows.QUERY_ACCOUNTS.transition
    def query_accounts(self, change: Change) -> None:
        """查询账户、房产、车辆."""

    @rows.EXTEND.transition
    def extend_investigation(self, change: Change) -> None:
        """延长调查期限."""

    @rows.CONCLUDE.transition
    def conclude_investigation(self, change: Change) -> None:
        """调查终结."""
        self.complaint.investigation_ended_on = change.on
        self.complaint.investigation_summary = change.facts["summary"]
        self.complaint.cause = change.facts.get("cause") or self.complaint.cause
        heard = self.complaint.hearing_held_on is not None
        self.complaint.legal_review_needed = change.facts["legal_review_needed"] or heard

    @rows.ORDER.transition
    def order(self, change: Change) -> None:
        """责令限期改正、支付."""
        self._order(change)

    @rows.AMEND_ORDER.transition
    def amend_order(self, change: Change) -> None:
        """重新责令或改期: a new order with a new day takes the place of the one before."""
        self._order(change)

    def _order(self, change: Change) -> None:
        self.complaint.breach = change.facts["breach"]
        self.complaint.order_pay_by_on = change.facts["pay_by_on"]
        self.complaint.order_served_on = None

    @rows.SERVE.transition
    def serve(self, change: Change) -> None:
        """登记送达: what goes to the units counts as served from the day the last of them was reached."""
        document, on = change.facts["document"], change.facts["served_on"]
        party = change.facts["party"]
        if document.kind == "D05" and self.state == State.CORRECTING and not document.service.exists():
            self.complaint.corrections_asked += 1
        field = SERVED_DAY.get(document.kind)
        last = served_on_everybody(self, document, {party.pk: on}) if field else None
        if field and last:
            self._served(document.kind, field, last)

    def _served(self, kind: str, field: str, last: date) -> None:
        complaint = self.complaint
        setattr(complaint, field, last)
        if kind == "D26" and complaint.decision_pay_within:
            complaint.decision_pay_by_on = performed_by(last, complaint.decision_pay_within)
        if kind == "D27":
            complaint.fine_due_on = performed_by(last, days_to_pay_a_fine())

    @rows.GIVE_NOTICE.transition
    def give_notice(self, change: Change) -> None:
        """事先告知: the employer may state and defend."""
        self._notice(change)

    @rows.GIVE_NOTICE_FOR_OBSTRUCTION.transition
    def give_notice_for_obstruction(self, change: Change) -> None:
        """对阻挠调查的事先告知: what was obstructed stands in the file."""
        self.complaint.obstruction = change.facts["obstruction"]
        self._notice(change)
        self.complaint.notice_kind = PENALTY

    @rows.GIVE_NOTICE_AGAIN.transition
    def give_notice_again(self, change: Change) -> None:
        """重新告知: a unit joined, or what is planned changed; review and discussion look at the new plan."""
        self._notice(change)
        self.complaint.notice_kind = self.complaint.notice_kind or PENALTY
        self.complaint.legal_review_passed_on = self.complaint.discussed_on = None

    def _notice(self, change: Change) -> None:
        self.complaint.notice_kind = change.facts.get("notice_kind", "")
        self.complaint.fine_planned_fen = change.facts.get("fine")
        self.complaint.notice_content = change.facts["notice_content"]
        self.complaint.hearing_right = change.facts["hearing_right"]
        self.complaint.notice_served_on = self.complaint.statement_waived_on = None
        self.complaint.hearing_requested_on = self.complaint.hearing_on = None
        self.complaint.hearing_held_on = None
        self.complaint.hearing_by = []

    @rows.HEAR_STATEMENT.transition
    def hear_statement(self, change: Change) -> None:
        """听取陈述申辩 of one unit, or its written waiver; the case has a day of waiver once every unit has waived."""
        if not change.facts["waived"]:
            return
        waived = set(
            self.clocks.filter(rule_code=deadlines.STATE_AND_DEFEND.code, ended_on=None)
            .exclude(met_on=None)
            .values_list("party", flat=True)
        ) | {change.facts["party"].pk}
        units = self.parties.filter(role=PartyRole.RESPONDENT).values_list("pk", flat=True)
        if set(units) <= waived:
            self.complaint.statement_waived_on = change.on

    @rows.REQUEST_HEARING.transition
    def request_hearing(self, change: Change) -> None:
        """收到听证申请: the first day counts; the decision waits for the hearing."""
        self.complaint.hearing_requested_on = self.complaint.hearing_requested_on or change.facts["done_on"]
        self.complaint.hearing_by = sorted({*self.complaint.hearing_by, change.facts["party"].pk})

    @rows.SCHEDULE_HEARING.transition
    def schedule_hearing(self, change: Change) -> None:
        """定听证日期: the parties are to be told seven working days before."""
        self.complaint.hearing_on = change.facts["hearing_on"]

    @rows.HOLD_HEARING.transition
    def hold_hearing(self, change: Change) -> None:
        """举行听证: the decision after it needs the legal review. 行政处罚法第五十八条."""
        self.complaint.hearing_held_on = change.facts["held_on"]
        self.complaint.legal_review_needed = True
        self.complaint.legal_review_passed_on = None

    @rows.DROP_HEARING.transition
    def drop_hearing(self, change: Change) -> None:
        """不再举行听证: one unit took it back or stayed away; others are heard. 行政处罚法第六十四条第六项."""
        gone = change.facts["party"].pk
        self.complaint.hearing_by = [party for party in self.complaint.hearing_by if party != gone]
        if not self.complaint.hearing_by:
            self.complaint.hearing_requested_on = self.complaint.hearing_on = None

    @rows.REVIEW_LAW.transition
    def review_law(self, change: Change) -> None:
        """法制审核."""
        passed = change.facts["passed"]
        self.complaint.legal_review_passed_on = change.on if passed else None
        self.complaint.legal_reviewer = change.by if passed else None

    @rows.DISCUSS.transition
    def discuss(self, change: Change) -> None:
        """集体讨论."""
        self.complaint.discussed_on = change.on

    @rows.DECIDE.transition
    def decide(self, change: Change) -> None:
        """作出行政处理或处罚决定: an earlier fine stands beside a decision on wages alone."""
        complaint = self.complaint
        complaint.decided_on = change.on
        if "fine" in change.facts:
            complaint.fine_fen = change.facts["fine"]
            complaint.fine_paid_on = complaint.fine_served_on = complaint.fine_due_on = None
        complaint.decision_pay_within = change.facts.get("pay_within")
        complaint.decision_served_on = complaint.decision_pay_by_on = None
        self._nobody_contests()

    def _nobody_contests(self) -> None:
        self.complaint.remedies, self.complaint.court_result = {}, ""
        for name in ("remedy_used", "decision_upheld", "decision_annulled"):
            setattr(self.complaint, name, False)

    @rows.GO_ON_AFTER_FINE.transition
    def go_on_after_fine(self, change: Change) -> None:
        """处罚后继续查处欠薪: the fine stands with its own days; the wages are investigated and ordered."""
        for name in OF_THE_FIRST_ROUND:
            if not name.startswith("fine_"):
                setattr(self.complaint, name, None)
        self._nobody_contests()

    @rows.DEFER_FINE.transition
    def defer_fine(self, change: Change) -> None:
        """延期、分期缴纳罚款."""

    @rows.TRANSFER_TO_POLICE.transition
    def transfer_to_police(self, change: Change) -> None:
        """移送公安: what the police answered to an earlier transfer is over."""
        self.complaint.police_transferred_on = change.on
        self.complaint.police_answered_on = None

    @rows.SEND_TO_POLICE.transition
    def send_to_police(self, change: Change) -> None:
        """移送材料送达公安: the reply period runs from this day."""

    @rows.HAND_OVER.transition
    def hand_over(self, change: Change) -> None:
        """公安立案后移交材料."""

    @rows.RECORD_REFUSAL.transition
    def record_refusal(self, change: Change) -> None:
        """公安不予立案的通知: what may be asked for next runs from the day it arrived."""
        self.complaint.police_answered_on = change.facts["answered_on"]

    @rows.ASK_POLICE_AGAIN.transition
    def ask_police_again(self, change: Change) -> None:
        """提请复议或立案监督."""

    @rows.TELL_RESULT.transition
    def tell_result(self, change: Change) -> None:
        """告知劳动者结果."""

    @rows.REPORT_FINE.transition
    def report_fine(self, change: Change) -> None:
        """处罚决定报上一级备案."""

    @rows.RECORD_FINE.transition
    def record_fine(self, change: Change) -> None:
        """登记缴清罚款."""
        self.complaint.fine_paid_on = change.facts["done_on"]

    @rows.EXTEND_DECISION.transition
    def extend_decision(self, change: Change) -> None:
        """延长作出处理的期限."""

    @rows.REMOVE_PARTY.transition
    def remove_party(self, change: Change) -> None:
        """剔除误列的单位: what was served on all the others counts as served."""
        gone = change.facts["party"]
        others = self.parties.filter(role=PartyRole.RESPONDENT).exclude(pk=gone.pk).select_related("employer")
        if self.respondent_name == gone.name:
            first = others.earliest("position")
            self.respondent_name = first.name
            self.respondent_pinyin = first.employer.pinyin if first.employer else ""
        for kind, field in SERVED_DAY.items():
            paper = self.documents.filter(kind=kind, state="issued").order_by("-issued_at", "-pk").first()
            if paper is None or getattr(self.complaint, field) is not None:
                continue
            last = served_on_everybody(self, paper, without=gone.pk)
            if last and self.state == SERVED_IN.get(kind):
                self._served(kind, field, last)

    @rows.TOP_UP_DEPOSIT.transition
    def top_up_deposit(self, change: Change) -> None:
        """登记保证金已补足."""

    @rows.EXTEND_LISTING.transition
    def extend_listing(self, change: Change) -> None:
        """延长决定是否列入失信名单的期限."""

    @rows.ANNOUNCE_LISTING.transition
    def announce_listing(self, change: Change) -> None:
        """告知拟列入失信名单."""

    @rows.RECEIVE_OBJECTION.transition
    def receive_objection(self, change: Change) -> None:
        """收到对拟列入的异议."""

    @rows.DECIDE_LISTING.transition
    def decide_listing(self, change: Change) -> None:
        """决定是否列入失信名单."""

    @rows.ASK_EARLY_REMOVAL.transition
    def ask_early_removal(self, change: Change) -> None:
        """收到提前移出的申请."""

    @rows.DECIDE_REMOVAL.transition
    def decide_removal(self, change: Change) -> None:
        """决定移出失信名单."""

    @rows.TAKE_OFF_LIST.transition
    def take_off_list(self, change: Change) -> None:
        """登记名单信息已撤下."""

    @rows.ANSWER_HOTLINE.transition
    def answer_hotline(self, change: Change) -> None:
        """登记回复热线工单."""

    @rows.POLICE_OPEN.transition
    def police_open(self, change: Change) -> None:
        """公安立案: the case is closed, code 09."""
        self.complaint.police_answered_on = change.on
        effects.ended(self, change.on, ClosingCode.POLICE_OPENED)

    @rows.POLICE_REFUSE.transition
    def police_refuse(self, change: Change) -> None:
        """公安不予立案: the office finishes the matter itself."""

    @rows.POLICE_REFUSE_BEFORE_NOTICE.transition
    def police_refuse_before_notice(self, change: Change) -> None:
        """公安不予立案，尚未告知: the employer is told first."""
        self._notice(change)

    @rows.ENFORCE.transition
    def enforce(self, change: Change) -> None:
        """催告、申请法院强制执行."""

    @rows.TAKE_UP_AGAIN.transition
    def take_up_again(self, change: Change) -> None:
        """决定被撤销: the case is investigated again, without the order, notice and decision of the first round."""
        self._without_the_first_round()

    @rows.APPLY_TO_COURT.transition
    def apply_to_court(self, change: Change) -> None:
        """向法院递交强制执行申请."""

    @rows.RECORD_COURT.transition
    def record_court(self, change: Change) -> None:
        """登记法院的受理和裁定."""
        self.complaint.court_result = change.facts["court_event"]

    @rows.RECORD_REMEDY.transition
    def record_remedy(self, change: Change) -> None:
        """登记复议、诉讼及其结果: pending until it is known how it ended."""
        last = [change.facts["remedy"], change.facts["done_on"].isoformat()]
        remedies = {**self.complaint.remedies, str(change.facts["party"].pk): last}
        events = {event for event, _day in remedies.values()}
        self.complaint.remedies = remedies
        self.complaint.remedy_used = bool(events & set(PENDING))
        self.complaint.decision_upheld = SUIT_UPHELD in events
        self.complaint.decision_annulled = ANNULLED in events

    @rows.CLOSE_PAID.transition
    def close_paid(self, change: Change) -> None:
        """责令后足额支付，结案."""
        self._close(change)

    @rows.CLOSE_PERFORMED.transition
    def close_performed(self, change: Change) -> None:
        """决定履行完毕，结案."""
        self._close(change)

    @rows.CLOSE_EXECUTED.transition
    def close_executed(self, change: Change) -> None:
        """执行到位或法院终结执行，结案."""
        self._close(change)

    @rows.CLOSE_TRANSFERRED.transition
    def close_transferred(self, change: Change) -> None:
        """移送其他部门或转仲裁诉讼，结案."""
        self._close(change)

    def _close(self, change: Change) -> None:
        effects.ended(self, change.on, change.facts["outcome"])
        self.complaint.closing_summary = change.facts["summary"]
        self.complaint.call_back_done = bool(change.facts.get("call_back_done"))

    @rows.CANCEL.transition
    def cancel(self, change: Change) -> None:
        """撤销立案."""
        self._close(change)

    @rows.WITHDRAW.transition
    def withdraw(self, change: Change) -> None:
        """登记撤回投诉: recorded; the case is over with it only when every worker withdrew."""
        if change.facts["everybody"]:
            self.complaint.withdrawn_on = change.on

    @rows.SUSPEND.transition
    def suspend(self, change: Change) -> None:
        """中止: a flag with its reason; the statutory clock runs on."""
        self.is_suspended = True
        self.complaint.suspended_reason = change.facts["reason"]

    @rows.RESUME.transition
    def resume(self, change: Change) -> None:
        """恢复."""
        self.is_suspended = False

    @rows.COORDINATE.transition
    def coordinate(self, change: Change) -> None:
        """协调、调解: parallel, no pause."""
        self.is_coordinating = change.facts["going_on"]

    @rows.CHANGE_INSPECTORS.transition
    def change_inspectors(self, change: Change) -> None:
        """更换承办人."""

    @rows.REQUEST_RECUSAL.transition
    def request_recusal(self, change: Change) -> None:
        """申请回避; work goes on meanwhile."""

    @rows.DECIDE_RECUSAL.transition
    def decide_recusal(self, change: Change) -> None:
        """决定是否回避."""

    @rows.ADD_PARTY.transition
    def add_party(self, change: Change) -> None:
        """追加责任主体: a unit that an order does not name has to be ordered anew before anything follows from it."""
        if self.state == State.ORDERED:
            self.complaint.order_served_on = None
        if self.state == State.PRE_NOTICE:
            self.complaint.notice_served_on = None

    @rows.DETERMINE_PAYER.transition
    def determine_payer(self, change: Change) -> None:
        """认定由谁先行清偿."""
        self.complaint.situation = change.facts["situation"]
        self.complaint.situation_basis = change.facts["basis"]

    @rows.SEND_TASK.transition
    def send_task(self, change: Change) -> None:
        """发协办任务; the case's own clocks run on."""

    @rows.REPLY_TASK.transition
    def reply_task(self, change: Change) -> None:
        """协办单位答复."""

    @rows.RETURN_TASK.transition
    def return_task(self, change: Change) -> None:
        """协办单位退回任务, naming the rule."""

    @rows.RESEND_TASK.transition
    def resend_task(self, change: Change) -> None:
        """再次发出被退回的任务."""

    @rows.WITHDRAW_TASK.transition
    def withdraw_task(self, change: Change) -> None:
        """撤回任务: the authority sees the case no longer."""

    @rows.RULE_ON_TASK.transition
    def rule_on_task(self, change: Change) -> None:
        """裁定: binding for both sides."""

    @rows.PLAN_INSTALMENTS.transition
    def plan_instalments(self, change: Change) -> None:
        """登记分期支付计划; the case and its own clocks go on."""

    @rows.NOTIFY_BANK.transition
    def notify_bank(self, change: Change) -> None:
        """开具工资保证金支付通知书."""
        self.complaint.bank_notified_on = change.on

    @rows.BANK_RECEIVED.transition
    def bank_received(self, change: Change) -> None:
        """支付通知书到达银行: the bank's five working days run."""

    @rows.REOPEN.transition
    def reopen(self, change: Change) -> None:
        """恢复办理: the old closing is undone from this day on, and so are the order, notice and decision before it."""
        self.closed_on = self.ended_on = None
        self.outcome = ""
        self.reopened_on = change.on
        self._without_the_first_round()

    def _without_the_first_round(self) -> None:
        for name in OF_THE_FIRST_ROUND:
            setattr(self.complaint, name, None)
        self.complaint.call_back_done = False
        self._nobody_contests()

    @rows.ARCHIVE.transition
    def archive(self, change: Change) -> None:
        """归档: read-only from now on."""
