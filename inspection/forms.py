"""The facts of each step, at most seven fields, and what may be chosen."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies import absences, code_lists
from agencies.models import Absence, User
from agencies.rights import Role
from calendars.services import effective_rule, reckoned
from cases.forms import (
    ChosenField,
    DayField,
    FactsForm,
    MoneyField,
    SentForm,
    SpokenCharField,
    StaffField,
    TestField,
    TextField,
)
from cases.models import Case, Duty
from cases.models.people import ChainRole, ProjectFunding
from cases.money import yuan
from documents.catalogue import KINDS, Addressee
from documents.models import Document, ServiceRecord
from inspection import deadlines as d
from inspection.liability import Situation
from inspection.merging import joinable
from inspection.penalties import BOTH, HANDLING, PENALTY, documents_of, hearing_is_due
from inspection.states import ClosingCode, CourtAnswer, Path
from inspection.unit_field import UnitField, UnitForm


def _some(*codes: ClosingCode) -> list[tuple[str, Any]]:
    return [row for row in code_lists.choices("closing") if row[0] in codes]


class MissingForm(FactsForm):
    missing_items = TextField(label=_("需补正的内容"), max_length=500, help_text=_("一次写全，投诉人照着补"))
    due_on = DayField(label=_("补正期限"))

    def prepare(self) -> None:
        self.fields["due_on"].initial = reckoned(d.SUPPLY_MISSING, timezone.localdate()).due_on

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("补正期限要晚于今天"))
        return day


class ReceivedForm(FactsForm):
    received_on = DayField(label=_("收到日期"), past_only=True)
    materials = TextField(label=_("收到的材料"), max_length=500)

    def prepare(self) -> None:
        self.fields["received_on"].initial = timezone.localdate()

    def clean_received_on(self) -> date:
        day = self.cleaned_data["received_on"]
        if day < self.case.received_on:
            raise forms.ValidationError(_("补正材料的收到日期不能早于投诉的收到日期"))
        return day


class RemovePartyForm(UnitForm):
    """Which unit was named by mistake, and why."""

    reason = TextField(label=_("剔除理由"), max_length=200)

    def prepare(self) -> None:
        UnitField.fill(self, "party", self.case, choose_only=False)


class ExtendDecisionForm(FactsForm):
    """By how many working days the decision may come later. 若干规定第三十七条 sets no end to it."""

    more_days = forms.IntegerField(
        label=_("延长多少个工作日"),
        min_value=1,
        max_value=60,
        error_messages={
            "required": _("还没填延长的天数"),
            "invalid": _("延长的天数填数字，如15"),
            "min_value": _("至少延长1个工作日"),
            "max_value": _("一次最多延长60个工作日，不够再报批"),
        },
    )
    reason = TextField(label=_("特殊情况"), max_length=200)


class FinePaidForm(SentForm):
    """When the whole fine had arrived, and the receipt that proves it."""

    how = SpokenCharField(label=_("缴款凭证"), max_length=120)

    def prepare(self) -> None:
        super().prepare()
        self.fields["done_on"].label = _("缴清日期")


class ReasonForm(FactsForm):
    reason = TextField(label=_("理由"), max_length=500)


class CaseField(StaffField):
    """A complaint of the office, chosen by number, people and unit."""

    def label_from_instance(self, case: Case) -> str:
        return f"{case.number} {case.title}（{case.state_label}）"


class MergeForm(FactsForm):
    into = CaseField(label=_("并入哪件案子"), queryset=Case.objects.none())
    reason = TextField(label=_("并入的理由"), max_length=500)

    def prepare(self) -> None:
        self.fields["into"].queryset = joinable(self.case).order_by("received_on", "pk")
        self.fields["into"].error_messages["invalid_choice"] = _(
            "选的案件现在不能并入（可能已经责令支付或者办结），重新选，或者退回重报"
        )


class ExtendForm(FactsForm):
    reason = TextField(label=_("案情复杂的理由"), max_length=200)


class RedirectForm(FactsForm):
    path = ChosenField(label=_("途径"), choices=[row for row in Path.choices if row[0] != Path.INSPECTION])
    redirect_to = SpokenCharField(label=_("去哪里办"), max_length=160, help_text=_("机构名称、地址、电话"))
    reason = TextField(label=_("理由"), max_length=500)


class AcceptForm(FactsForm):
    within_two_years = TestField(label=_("违法行为终了未超过两年"))
    respondent_clear = TestField(label=_("有明确的被投诉单位，损害与其有关"))
    within_mandate = TestField(label=_("属于劳动保障监察职权和本区管辖"))
    earlier_relief = SpokenCharField(
        label=_("此前的举报、投诉（时效从那时停止）"),
        max_length=120,
        required=False,
        help_text=_("超过两年的填：日期、机构"),
    )


class InspectorField(StaffField):
    """An inspector, chosen by name; who is away today is offered with the day it lasts to and who stands in."""

    @cached_property
    def _away(self) -> dict[int, Absence]:
        return absences.on_day(timezone.localdate())

    def label_from_instance(self, user: User) -> str:
        away = self._away.get(user.pk)
        if away is None:
            return str(user)
        words = (
            _("%(name)s（缺勤至%(day)s，%(deputy)s代办）") if away.deputy else _("%(name)s（缺勤至%(day)s）")
        )
        return words % {"name": user, "day": away.to_on, "deputy": away.deputy}


class FileForm(FactsForm):
    lead = InspectorField(label=_("主办监察员"), queryset=User.objects.none())
    second = InspectorField(label=_("协办监察员"), queryset=User.objects.none())
    is_major = forms.BooleanField(label=_("重大案件"), required=False)

    def prepare(self) -> None:
        inspectors = inspectors_of(self.case)
        for name in ("lead", "second"):
            self.fields[name].queryset = inspectors
        reasons = reasons_for_major(self.case)
        self.fields["is_major"].initial = self.case.is_major or bool(reasons)
        self.fields["is_major"].help_text = "、".join(str(reason) for reason in reasons)


def reasons_for_major(case: Any) -> list[Any]:
    """Why the case is proposed as a major one: headcount and sum as the office has set them, public money."""
    found = []
    if case.worker_count >= settings.MAJOR_FROM_WORKERS:
        found.append(_("涉及%(n)d人") % {"n": case.worker_count})
    if case.claimed_fen >= settings.MAJOR_FROM_YUAN * 100:
        found.append(_("涉及%(sum)s元") % {"sum": yuan(case.claimed_fen)})
    if case.project and case.project.funding in (ProjectFunding.GOVERNMENT, ProjectFunding.STATE_FIRM):
        found.append(case.project.get_funding_display())
    return found


def inspectors_of(case) -> Any:
    """The active inspectors of the case's agency who are not recused from it."""
    return User.objects.filter(agency=case.agency, role=Role.INSPECTOR, is_active=True).exclude(
        recusals__case=case
    )


class InvestigateForm(FactsForm):
    act = ChosenField(
        label=_("调查方式"),
        choices=[
            ("inquiry", _("调查询问")),
            ("site", _("现场检查")),
            ("papers", _("调取书面材料")),
            ("assist", _("函请协助调查")),
            ("other", _("其他")),
        ],
    )
    acted_on = DayField(label=_("日期"), past_only=True)
    place = SpokenCharField(label=_("地点"), max_length=120)
    summary = TextField(label=_("调查情况"), max_length=2000)
    answered_by = UnitField(
        label=_("答复了调查询问书的单位"), required=False, help_text=_("有单位到场或交来材料的，选它")
    )

    def prepare(self) -> None:
        self.fields["acted_on"].initial = timezone.localdate()
        UnitField.fill(self, "answered_by", self.case, choose_only=False)


class AmountsForm(FactsForm):
    """One amount per claim; the claimed sum is proposed."""

    def prepare(self) -> None:
        for claim in self.case.claims.select_related("worker__person"):
            label = _("%(name)s（%(from)s至%(to)s）认定欠付") % {
                "name": claim.worker,
                "from": claim.from_month,
                "to": claim.to_month,
            }
            field = MoneyField(label=label, allow_zero=True)
            field.initial = claim.owed_fen if claim.confirmed_fen is None else claim.confirmed_fen
            self.fields[f"claim_{claim.pk}"] = field


class PreserveForm(FactsForm):
    items = TextField(label=_("登记保存的物品"), max_length=500)
    reason = TextField(label=_("可能灭失或以后难以取得的理由"), max_length=300)
    place = SpokenCharField(label=_("保存地点"), max_length=120)


class DisposeForm(FactsForm):
    which = ChosenField(label=_("哪一次登记保存"), choices=[])
    result = TextField(label=_("处理决定"), max_length=500)

    def prepare(self) -> None:
        running = self.case.clocks.filter(
            rule_code=d.PRESERVED_EVIDENCE.code, met_on=None, ended_on=None
        ).order_by("pk")
        choices = [
            (str(row.pk), _("%(day)s登记保存，%(due)s到期") % {"day": row.started_on, "due": row.due_on})
            for row in running
        ]
        self.fields["which"].choices = choices
        if len(choices) == 1:
            self.fields["which"].initial = choices[0][0]


class QueryForm(FactsForm):
    target = SpokenCharField(label=_("查询对象"), max_length=120)
    approval_no = SpokenCharField(label=_("市级批准文号"), max_length=60)


class ConcludeForm(FactsForm):
    summary = TextField(label=_("调查结论"), max_length=2000)
    cause = ChosenField(label=_("欠薪原因"), choices=[], required=False)
    legal_review_needed = TestField(label=_("需要法制审核"))

    def prepare(self) -> None:
        before = self.case.complaint.cause
        self.fields["cause"].choices = code_lists.choices("cause", keep=before, blank=True)
        self.fields["cause"].initial = before


class OrderForm(FactsForm):
    breach = TextField(label=_("违法事实"), max_length=1000)
    pay_by_on = DayField(label=_("支付期限"), help_text=_("从送达起一般留3到15天"))

    def prepare(self) -> None:
        self.fields["breach"].initial = self.case.complaint.breach
        self.fields["pay_by_on"].initial = reckoned(d.ORDER_PAY_BY, timezone.localdate()).due_on


class ServeForm(FactsForm):
    document = forms.ModelChoiceField(label=_("文书"), queryset=Document.objects.none(), empty_label="")
    party = forms.ModelChoiceField(label=_("受送达人"), queryset=None, empty_label="")
    method = ChosenField(label=_("送达方式"), choices=[])
    served_on = DayField(label=_("送达日期"), past_only=True)
    published_on = DayField(label=_("公告日期（公告送达的填）"), past_only=True, required=False)
    receiver = SpokenCharField(label=_("签收人"), max_length=60, required=False)
    proof = TextField(
        label=_("送达证明"),
        max_length=300,
        help_text=_("签收、邮件单号、照片编号；留置的写明拒收情况和见证人"),
    )

    def prepare(self) -> None:
        outward = [kind.id for kind in KINDS if kind.addressee != Addressee.INTERNAL]
        self.fields["document"].queryset = Document.objects.filter(
            case=self.case, state="issued", kind__in=outward
        )
        self.fields["party"].queryset = self.case.parties.select_related("person", "employer")
        self.fields["method"].choices = ServiceRecord.Method.choices
        self.fields["served_on"].initial = timezone.localdate()
        for name in ("document", "party"):
            self.fields[name].error_messages["required"] = _("还没选%(label)s") % {
                "label": self.fields[name].label
            }


class NoticeForm(FactsForm):
    notice_kind = ChosenField(
        label=_("拟作决定"),
        choices=[("handling", _("行政处理决定")), ("penalty", _("行政处罚决定")), ("both", _("处理并处罚"))],
    )
    notice_content = TextField(label=_("拟处理的内容、事实、理由和依据"), max_length=2000)
    fine = MoneyField(label=_("拟罚款金额（拟作处罚的填）"), required=False)
    hearing_right = TestField(
        label=_("当事人有权要求听证"), help_text=_("拟罚款单位5万元以上、个人5000元以上的，必须告知听证权利")
    )

    def clean(self) -> dict[str, Any]:
        """A fine is announced with its sum, and from the line on with the right to be heard. 市政府令354号."""
        data = super().clean() or {}
        planned = data.get("notice_kind") or self.planned
        if planned in (PENALTY, BOTH) and not data.get("fine") and "fine" not in self.errors:
            self.add_error("fine", _("拟作处罚的，写明拟罚款的金额"))
        if planned == HANDLING and data.get("fine"):
            self.add_error("fine", _("只作处理决定的，不写罚款；要罚款的选“行政处罚决定”或“处理并处罚”"))
        if data.get("hearing_right") is False and hearing_is_due(self.case, data.get("fine")):
            self.add_error("hearing_right", _("罚款达到听证的数额，要告知当事人有权要求听证"))
        return data

    planned = ""


class ObstructionNoticeForm(NoticeForm):
    """Obstruction is fined; wages are dealt with by an order first. 监察条例第三十条."""

    obstruction = TextField(label=_("阻挠调查的事实"), max_length=1000)
    field_order = ("obstruction", "notice_content", "fine", "hearing_right")
    planned = PENALTY

    def prepare(self) -> None:
        super().prepare()
        del self.fields["notice_kind"]


class NoticeAgainForm(NoticeForm):
    """Where nothing was ordered the notice is of a fine, now as before."""

    def prepare(self) -> None:
        super().prepare()
        if self.case.complaint.order_pay_by_on is None:
            self.planned = PENALTY
            del self.fields["notice_kind"]


class StatementForm(UnitForm):
    waived = TestField(label=_("书面放弃陈述申辩"))
    content = TextField(label=_("陈述申辩的内容和采纳情况"), max_length=2000)


class ReviewForm(FactsForm):
    passed = TestField(label=_("审核通过"))
    opinion = TextField(label=_("审核意见"), max_length=1000)

    def clean(self) -> dict[str, Any]:
        """Nobody reviews what they investigated. 《行政处罚法》第五十八条."""
        data = super().clean() or {}
        if self.case.assignments.filter(user=self.by).exists():
            self.add_error(None, _("审核没有通过的，不能作出决定；审核人不能是本案办案人员"))
        return data


class DiscussForm(FactsForm):
    attendees = SpokenCharField(label=_("参加人员"), max_length=200)
    conclusion = TextField(label=_("讨论结论"), max_length=1000)


class DecideForm(FactsForm):
    content = TextField(label=_("决定内容"), max_length=2000)
    pay_within = forms.IntegerField(
        label=_("履行期限（自送达之日起，天）"),
        min_value=1,
        max_value=90,
        error_messages={
            "required": _("还没填履行期限"),
            "invalid": _("履行期限填天数，如15"),
            "min_value": _("履行期限至少1天"),
            "max_value": _("履行期限最多90天"),
        },
    )
    fine = MoneyField(label=_("罚款金额"))

    def prepare(self) -> None:
        kinds = documents_of(self.case)
        if "D26" not in kinds:
            del self.fields["pay_within"]
        else:
            period = effective_rule(d.PERFORM_DECISION.code).period
            self.fields["pay_within"].initial = period.length if period else None
        if "D27" not in kinds:
            del self.fields["fine"]
        else:
            self.fields["fine"].initial = self.case.complaint.fine_planned_fen

    def clean_fine(self) -> int:
        """No more than was announced: a higher one is announced anew. 《行政处罚法》第四十四条、第四十五条."""
        fine: int = self.cleaned_data["fine"]
        planned = self.case.complaint.fine_planned_fen
        if planned is not None and fine > planned:
            raise forms.ValidationError(_("罚款不能高于告知的金额；要提高的，先“重新告知”"))
        return fine


class PoliceForm(FactsForm):
    flight_or_refusal = TextField(label=_("逃匿或有能力而不支付的事实"), max_length=1000)
    report = TextField(label=_("调查报告"), max_length=2000)


class PoliceOpenForm(FactsForm):
    notice_no = SpokenCharField(label=_("立案通知书文号"), max_length=60)


class PoliceRefuseForm(FactsForm):
    remedies = TextField(label=_("复议或立案监督的情况"), max_length=500)


class PoliceRefuseNoticeForm(PoliceRefuseForm, NoticeForm):
    pass


class EnforceForm(FactsForm):
    demand = TextField(label=_("催告内容"), max_length=1000)


class CourtForm(FactsForm):
    court_event = ChosenField(
        label=_("法院的答复"),
        choices=CourtAnswer.choices,
    )
    done_on = DayField(label=_("日期"), past_only=True)
    result = TextField(label=_("文号和内容"), max_length=500)


class CloseForm(FactsForm):
    outcome = ChosenField(label=_("办结方式"), choices=[])
    summary = TextField(label=_("办理结果"), max_length=1000)
    call_back_done = forms.BooleanField(label=_("已抽查回访劳动者，确认收到工资"), required=False)
    outcomes: tuple[ClosingCode, ...] = ()

    def prepare(self) -> None:
        self.fields["outcome"].choices = _some(*self.outcomes)


class ClosePaidForm(CloseForm):
    outcomes = (
        ClosingCode.PAID_AFTER_ORDER,
        ClosingCode.MAIN_CONTRACTOR_PAID,
        ClosingCode.DEPOSIT_PAID,
        ClosingCode.EMERGENCY_FUND,
    )


class ClosePerformedForm(CloseForm):
    outcomes = (
        ClosingCode.DECISION_PERFORMED,
        ClosingCode.PENALTY_PERFORMED,
        ClosingCode.MAIN_CONTRACTOR_PAID,
        ClosingCode.DEPOSIT_PAID,
        ClosingCode.EMERGENCY_FUND,
    )


class CloseExecutedForm(CloseForm):
    outcomes = (
        ClosingCode.COURT_EXECUTED,
        ClosingCode.COURT_ENDED,
        ClosingCode.DECISION_PERFORMED,
        ClosingCode.MAIN_CONTRACTOR_PAID,
        ClosingCode.DEPOSIT_PAID,
        ClosingCode.EMERGENCY_FUND,
    )


class CloseTransferredForm(CloseForm):
    outcomes = (ClosingCode.TRANSFERRED, ClosingCode.TO_ARBITRATION)
    to = SpokenCharField(
        label=_("接收的单位"), max_length=80, required=False, help_text=_("移送其他部门的填，移送函发给它")
    )

    def prepare(self) -> None:
        super().prepare()
        del self.fields["call_back_done"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == ClosingCode.TRANSFERRED and not data.get("to") and "to" not in self.errors:
            self.add_error("to", _("移送其他部门的，写明接收的单位"))
        return data


class CancelForm(CloseForm):
    outcomes = (ClosingCode.CANCELLED_CORRECTED, ClosingCode.CANCELLED_UNFOUNDED, ClosingCode.WITHDRAWN)

    def prepare(self) -> None:
        super().prepare()
        del self.fields["call_back_done"]


class WithdrawForm(FactsForm):
    voluntary = TestField(label=_("劳动者自愿撤回，已当面核实"))
    everybody = TestField(label=_("全部劳动者都撤回"))
    record = TextField(label=_("询问笔录摘要"), max_length=1000)


class CoordinateForm(FactsForm):
    going_on = TestField(label=_("正在协调"))
    record = TextField(label=_("协调情况"), max_length=1000)


class InspectorsForm(FileForm):
    reason = TextField(label=_("更换理由"), max_length=200)

    def prepare(self) -> None:
        super().prepare()
        del self.fields["is_major"]
        for row in self.case.assignments.filter(until=None):
            self.fields["lead" if row.duty == Duty.LEAD else "second"].initial = row.user_id


def may_be_recused(case: Any) -> Any:
    """Who works on the case or decides in it: its inspectors, the head of the office, the deputy head of the bureau."""
    assigned = Q(pk__in=case.assignments.filter(until=None).values("user"))
    head = Q(agency=case.agency, role=Role.INSPECTION_HEAD)
    deputy = Q(agency_id=case.agency.parent_id, role=Role.DEPUTY_HEAD)
    return User.objects.filter(assigned | head | deputy, is_active=True).order_by("pk")


class RecusalForm(FactsForm):
    person = StaffField(label=_("申请谁回避"), queryset=User.objects.none())
    asked_on = DayField(label=_("收到申请的日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("理由"), max_length=200)

    def prepare(self) -> None:
        self.fields["person"].queryset = may_be_recused(self.case)


class RecusalDecisionForm(RecusalForm):
    granted = TestField(label=_("决定回避"))

    def prepare(self) -> None:
        super().prepare()
        del self.fields["asked_on"]
        waiting = self.case.clocks.filter(
            rule_code=d.DECIDE_RECUSAL.code, met_on=None, ended_on=None
        ).values_list("cause", flat=True)
        keys = [cause.removeprefix("user-") for cause in waiting if cause.startswith("user-")]
        self.fields["person"].queryset = (
            User.objects.filter(pk__in=keys) if keys else may_be_recused(self.case)
        )
        asked = self.case.timeline.filter(kind="step", step="request_recusal").order_by("-seq").first()
        if asked is not None:
            named = self.fields["person"].queryset.filter(display_name=asked.facts.get("person"))
            self.fields["person"].initial = named.first()

    def clean_person(self) -> User:
        """The deputy head is judged by the head of the bureau, everybody else by the deputy head."""
        person: User = self.cleaned_data["person"]
        if (person.role == Role.DEPUTY_HEAD) != (self.by.role == Role.BUREAU_HEAD):
            raise forms.ValidationError(_("分管副局长的回避由局长决定，其他人的由分管副局长决定"))
        return person


class AddPartyForm(FactsForm):
    name = SpokenCharField(label=_("单位名称"), max_length=120)
    chain_role = ChosenField(label=_("责任身份"), choices=ChainRole.choices)
    reason = TextField(label=_("追加理由"), max_length=200)


class PayerForm(FactsForm):
    situation = ChosenField(label=_("情形"), choices=Situation.choices)
    basis = TextField(label=_("认定依据"), max_length=300)


class BankForm(FactsForm):
    bank = SpokenCharField(label=_("银行"), max_length=80)
    account = SpokenCharField(label=_("保证金账户或保函编号"), max_length=60)
    contractor = SpokenCharField(label=_("存储保证金的总承包单位"), max_length=120)

    def prepare(self) -> None:
        if self.case.project:
            self.fields["account"].initial = self.case.project.deposit_no


class ArchiveForm(FactsForm):
    pages = forms.IntegerField(label=_("页数"), min_value=1, max_value=9999)
    contents_complete = TestField(label=_("目录完整，逐页编号"))

    def prepare(self) -> None:
        field = self.fields["pages"]
        field.error_messages |= {
            "required": _("还没填页数"),
            "invalid": _("页数要填数字"),
            "min_value": _("页数至少是1"),
            "max_value": _("页数最多是9999，分卷归档"),
        }
