"""The facts of each step, at most seven fields, and what may be chosen."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.rights import Role
from arbitration.mediation import standing
from arbitration.mediation.claims import check_claim
from arbitration.mediation.guards import LEAST, MOST
from arbitration.mediation.states import (
    ORDER_FOLLOWS,
    DeclineGround,
    FailReason,
    OrderStage,
    RefusalGround,
)
from arbitration.states import ClaimType
from cases.forms import (
    ChosenField,
    DayField,
    FactsForm,
    MoneyField,
    MonthField,
    SpokenCharField,
    StaffField,
    TestField,
    TextField,
    about,
    gettext_noop,
)
from cases.money import yuan
from documents.catalogue import KINDS, MEDIATION, Addressee
from documents.models import Document, ServiceRecord

BLANK = [("", "")]
DEFAULT_CLAUSE = (
    "用人单位任何一期没有按期足额支付的，劳动者可以要求一次付清全部余款，"
    "并可以依法申请支付令、申请仲裁或者起诉。"
)


class PagesField(forms.IntegerField):
    """How many pages a file has."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=9999, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        self.error_messages |= {
            "required": about(gettext_noop("还没填%(label)s"), self.label),
            "invalid": about(gettext_noop("%(label)s要填数字"), self.label),
            "min_value": about(gettext_noop("%(label)s从1到9999"), self.label),
            "max_value": about(gettext_noop("%(label)s从1到9999"), self.label),
        }


def _today_or_before(label: Any) -> DayField:
    return DayField(label=label, past_only=True, initial=timezone.localdate)


class ApplyForm(FactsForm):
    """The request; the claim may be left empty where it was written down before."""

    received_on = _today_or_before(_("收到申请的日期"))
    is_oral = TestField(label=_("口头申请"), initial="no")
    type = ChosenField(label=_("请求事项"), choices=[*BLANK, *ClaimType.choices], required=False)
    amount = MoneyField(label=_("金额"), required=False)
    from_month = MonthField(label=_("起始月"), required=False)
    to_month = MonthField(label=_("截止月"), required=False)
    facts_text = TextField(label=_("争议事项和理由"), max_length=2000)

    def prepare(self) -> None:
        self.fields["facts_text"].initial = self.case.mediation.facts_text

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day < self.case.received_on:
            raise ValidationError(_("申请日期不能早于咨询的日期"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("type"):
            check_claim(self, data)
        return data


class AcceptForm(FactsForm):
    mediator = StaffField(label=_("调解员"), queryset=None)
    consented_on = _today_or_before(_("对方同意的日期"))
    how = SpokenCharField(
        label=_("怎样同意的"), max_length=200, help_text=_("如：签了同意调解书；电话，10:32")
    )

    def prepare(self) -> None:
        field = self.fields["mediator"]
        field.queryset = mediators(self.case)
        field.initial = self.by.pk if self.by is not None and self.by.role == Role.MEDIATOR else None


def mediators(case: Any) -> Any:
    """The mediators of the institute who need not step back."""
    recused = [row.user_id for row in case.recusals.all()]
    found = User.objects.filter(agency_id=case.agency_id, role=Role.MEDIATOR, is_active=True)
    return found.exclude(pk__in=recused)


class ChangeMediatorForm(FactsForm):
    mediator = StaffField(label=_("调解员"), queryset=None)
    reason = TextField(label=_("更换的理由"), max_length=500)

    def prepare(self) -> None:
        self.fields["mediator"].queryset = mediators(self.case)


class DeclineForm(FactsForm):
    ground = ChosenField(label=_("理由"), choices=[*BLANK, *DeclineGround.choices])
    reason = TextField(label=_("具体情况"), max_length=1000, help_text=_("写明怎样征求的意见、对方怎样答复"))


class NamesField(TextField):
    """Workers of the case, typed by name or by their place in the file; the cleaned value are their places."""

    def clean_names(self, typed: str, case: Any) -> list[int]:
        """The places of those who were typed. ValidationError for somebody who is not in the case."""
        workers = standing.workers_of(case)
        by_name: dict[str, list[int]] = {}
        for party in workers:
            by_name.setdefault(party.name, []).append(party.position)
        places = {party.position for party in workers}
        found, unknown = [], []
        for word in typed.replace("，", "、").replace(",", "、").replace("\n", "、").split("、"):
            said = word.strip()
            if said.isdigit() and int(said) in places:
                found.append(int(said))
            elif len(by_name.get(said, [])) == 1:
                found += by_name[said]
            elif said:
                unknown.append(said)
        if unknown:
            raise ValidationError(
                _("%(names)s不在名册里，或者有同名的人，写序号") % {"names": "、".join(unknown)}
            )
        return sorted(set(found))


class RepresentativesForm(FactsForm):
    people = NamesField(label=_("代表"), max_length=300, help_text=_("写姓名或者名册里的序号，用顿号隔开"))
    elected_on = _today_or_before(_("推举日期"))

    def clean_people(self) -> str:
        field = self.fields["people"]
        assert isinstance(field, NamesField)
        places = field.clean_names(self.cleaned_data["people"], self.case)
        if not LEAST <= len(places) <= MOST:
            raise ValidationError(
                _("推举%(least)d至%(most)d名代表，现在写了%(n)d名")
                % {"least": LEAST, "most": MOST, "n": len(places)}
            )
        return "、".join(str(place) for place in places)


class ConveneForm(FactsForm):
    meet_on = DayField(label=_("调解日期"))
    meet_time = SpokenCharField(label=_("时间"), max_length=20, help_text=_("如：9:30"))
    meet_place = SpokenCharField(label=_("地点"), max_length=120)
    notified = SpokenCharField(label=_("怎样通知双方"), max_length=200)

    def prepare(self) -> None:
        self.fields["meet_place"].initial = self.case.mediation.meet_place

    def clean_meet_on(self) -> date:
        day: date = self.cleaned_data["meet_on"]
        if day < timezone.localdate():
            raise ValidationError(_("调解日期不能早于今天"))
        return day


class MinutesForm(FactsForm):
    held_on = _today_or_before(_("调解日期"))
    place = SpokenCharField(label=_("地点"), max_length=120)
    present = SpokenCharField(label=_("在场人员"), max_length=300)
    worker_position = TextField(label=_("劳动者一方的意见"), max_length=2000)
    employer_position = TextField(label=_("用人单位一方的意见"), max_length=2000)
    proposals = TextField(label=_("提出的方案"), max_length=2000, required=False)
    result = TextField(label=_("结果"), max_length=500)

    def prepare(self) -> None:
        mediation = self.case.mediation
        self.fields["place"].initial = mediation.meet_place
        if mediation.meet_on and mediation.meet_on <= timezone.localdate():
            self.fields["held_on"].initial = mediation.meet_on


class AgreeForm(FactsForm):
    agreed_on = _today_or_before(_("协议生效日期"))
    is_voluntary = TestField(label=_("双方自愿，内容合法、明确"))
    is_signed = TestField(label=_("双方和调解员已签名，已盖章"))
    pay_how = SpokenCharField(
        label=_("付款方式和账户"), max_length=200, help_text=_("如：转入各人工资卡，账户见名册")
    )
    default_clause = TextField(label=_("违约的约定"), max_length=500)
    other_terms = TextField(label=_("其他约定"), max_length=1000, required=False)

    def prepare(self) -> None:
        self.fields["default_clause"].initial = DEFAULT_CLAUSE


class FailForm(FactsForm):
    fail_reason = ChosenField(
        label=_("原因"),
        choices=[
            *BLANK,
            *((code, label) for code, label in FailReason.choices if code in ("refused", "no_agreement")),
        ],
    )
    stopped_on = _today_or_before(_("停止调解的日期"))
    reason = TextField(label=_("具体情况"), max_length=1000, help_text=_("只写原因，不写双方让步的内容"))


class WithdrawForm(FactsForm):
    received_on = _today_or_before(_("收到撤回申请的日期"))
    is_reconciled = TestField(label=_("双方已经和解"))
    reason = TextField(label=_("撤回的理由"), max_length=500)


# Performance


class DueField(ChosenField):
    """A day on which something is owed, with what."""

    def offer(self, rows: list[Any]) -> None:
        """The days of these instalments may be chosen; the only one is."""
        days: dict[date, list[Any]] = {}
        for row in rows:
            days.setdefault(row.due_on, []).append(row)
        shown = [
            (
                day.isoformat(),
                _("%(day)s（%(n)d人，%(sum)s元）")
                % {"day": day, "n": len(owed), "sum": yuan(sum(row.left_fen for row in owed))},
            )
            for day, owed in sorted(days.items())
        ]
        self.choices = shown if len(shown) == 1 else [*BLANK, *shown]


class PaymentForm(FactsForm):
    due_on = DueField(label=_("付的是哪一期"), choices=[])
    paid_on = _today_or_before(_("付款日期"))
    payer = SpokenCharField(label=_("付款人"), max_length=120)
    voucher_no = SpokenCharField(label=_("凭证号"), max_length=60)
    left_out = NamesField(
        label=_("这一期没有收到的人"),
        max_length=2000,
        required=False,
        help_text=_("写姓名或者序号，用顿号隔开；都收到的不写"),
    )
    amount = MoneyField(
        label=_("只付了一部分的，写金额"), required=False, help_text=_("只有一个人收款时写；付清的不写")
    )

    def prepare(self) -> None:
        self.fields["due_on"].offer(standing.unpaid(self.case))
        self.fields["payer"].initial = self.case.respondent_name

    def clean_left_out(self) -> str:
        field, typed = self.fields["left_out"], self.cleaned_data["left_out"]
        assert isinstance(field, NamesField)
        return "、".join(str(place) for place in field.clean_names(typed, self.case)) if typed else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("due_on") or "left_out" in self.errors:
            return data
        rows = standing.paid_rows(self.case, data)
        if not rows:
            self.add_error("left_out", _("这一期没有人收到，不用登记履行；登记违约或者转下一程序"))
        amount = data.get("amount")
        if amount is not None and len(rows) > 1:
            self.add_error("amount", _("有%(n)d人收款，一人一人登记部分付款") % {"n": len(rows)})
        elif amount is not None and rows and amount > rows[0].left_fen:
            left = yuan(rows[0].left_fen)
            self.add_error("amount", _("这一期只欠%(sum)s元，核对金额") % {"sum": left})
        return data


class PerformanceForm(FactsForm):
    performed_on = _today_or_before(_("履行日期"))
    content = TextField(label=_("履行了什么"), max_length=1000)
    proof = SpokenCharField(label=_("凭据"), max_length=120)


class DefaultForm(FactsForm):
    noted_on = _today_or_before(_("核实日期"))
    reason = TextField(label=_("核实的情况"), max_length=1000)


# 仲裁审查 and the court


class ReviewRequestForm(FactsForm):
    requested_on = _today_or_before(_("收到共同申请的日期"))
    addresses = TextField(label=_("双方送达地址和电话"), max_length=500)


class ExtendReviewForm(FactsForm):
    reason = TextField(label=_("延长的理由"), max_length=200)


class ConfirmReviewForm(FactsForm):
    is_lawful = TestField(label=_("协议合法、明确、自愿"))
    finding = TextField(label=_("审查查明的事实"), max_length=2000)


class RefuseReviewForm(FactsForm):
    ground = ChosenField(label=_("不予出具的情形"), choices=[*BLANK, *RefusalGround.choices])
    reason = TextField(label=_("理由"), max_length=1000)


class WithdrawReviewForm(FactsForm):
    received_on = _today_or_before(_("收到撤回申请的日期"))
    reason = TextField(label=_("撤回的理由"), max_length=500)


class SignPaperForm(FactsForm):
    signed_on = _today_or_before(_("后签收一方的签收日期"))
    how = SpokenCharField(label=_("签收的方式"), max_length=120)


class CourtForm(FactsForm):
    requested_on = _today_or_before(_("申请日期"))
    court = SpokenCharField(label=_("法院"), max_length=80, initial=lambda: settings.DISTRICT_COURT)


class RulingForm(FactsForm):
    ruled_on = _today_or_before(_("裁定日期"))
    court_no = SpokenCharField(label=_("裁定书案号"), max_length=60)


class CourtRefusesForm(FactsForm):
    ruled_on = _today_or_before(_("裁定日期"))
    reason = TextField(label=_("法院的理由"), max_length=500)


class OrderForm(FactsForm):
    stage = ChosenField(label=_("进展"), choices=[])
    happened_on = _today_or_before(_("日期"))
    content = SpokenCharField(label=_("说明"), max_length=200, required=False)

    def prepare(self) -> None:
        following = ORDER_FOLLOWS.get(self.case.mediation.order_stage, ())
        self.fields["stage"].choices = [*BLANK, *((code, OrderStage(code).label) for code in following)]


# The next track and the end


class ToArbitrationForm(FactsForm):
    consent_on = _today_or_before(_("申请仲裁的日期"))
    how = SpokenCharField(
        label=_("本人怎样申请的"), max_length=200, help_text=_("如：当面签字的仲裁申请；调解材料随案转去")
    )


class ArchiveForm(FactsForm):
    pages = PagesField(label=_("卷宗页数"))
    contents_complete = TestField(label=_("目录完整，材料齐全"))


class ServeForm(FactsForm):
    document = forms.ModelChoiceField(label=_("文书"), queryset=Document.objects.none(), empty_label="")
    party = forms.ModelChoiceField(label=_("受送达人"), queryset=None, empty_label="")
    method = ChosenField(label=_("送达方式"), choices=ServiceRecord.Method.choices)
    served_on = _today_or_before(_("送达日期"))
    receiver = SpokenCharField(label=_("签收人"), max_length=60, required=False)
    proof = TextField(label=_("送达证明"), max_length=300, help_text=_("签收、邮件单号、照片编号"))

    def prepare(self) -> None:
        outward = [
            kind.id for kind in KINDS if kind.track == MEDIATION and kind.addressee != Addressee.INTERNAL
        ]
        self.fields["document"].queryset = Document.objects.filter(
            case=self.case, state="issued", kind__in=outward
        )
        self.fields["party"].queryset = self.case.parties.select_related("person", "employer")
        for name in ("document", "party"):
            self.fields[name].error_messages["required"] = about(
                gettext_noop("还没选%(label)s"), self.fields[name].label
            )
