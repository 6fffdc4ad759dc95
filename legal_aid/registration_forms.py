"""The application page: one form for the person, the matter and the means."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases import identity
from cases.forms import (
    ChosenField,
    DayField,
    MoneyField,
    MonthField,
    NameField,
    PhoneField,
    SpokenCharField,
    TestField,
    TextField,
    UsccField,
)
from cases.identity import InvalidValue
from cases.models.people import IdType
from legal_aid.forms import BLANK, NumberField
from legal_aid.services import Applicant, Application, Means
from legal_aid.states import AidForm, Category, Channel, Matter, SpecialStatus, Stage

OLDEST_RECEIPT = timedelta(days=180)
MATTER_CHOICES = [*BLANK, *Matter.choices]
# What is asked for first at a labour dispute's window.
ON_REFERRAL = [choice for choice in Channel.choices if choice[0] not in (Channel.COMPLAINT, Channel.DISPUTE)]


class MeansForm(forms.Form):
    """What the applicant says of income and property; left empty where no check of means is made."""

    use_required_attribute = False

    household = NumberField(label=_("家庭成员（人）"), min_value=1, max_value=30, required=False)
    income = MoneyField(label=_("家庭每月收入"), max_length=40, required=False, allow_zero=True)
    has_stable_income = TestField(label=_("有固定生活来源"), required=False)
    special_status = ChosenField(label=_("特殊身份"), choices=SpecialStatus.choices, required=False)
    income_note = SpokenCharField(label=_("收入来源"), max_length=200, required=False)
    assets_note = SpokenCharField(label=_("资产"), max_length=200, required=False)
    proof = SpokenCharField(label=_("证明材料"), max_length=200, required=False)
    exempt_by_law = forms.BooleanField(label=_("法律、法规规定免予核查"), required=False)
    pledged = forms.BooleanField(label=_("已签个人诚信承诺"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("income") is not None and not data.get("pledged"):
            self.add_error("pledged", _("写了收入的，要有本人签字的诚信承诺"))
        return data

    @property
    def is_filled(self) -> bool:
        """Whether anything was said."""
        data = self.cleaned_data
        told = [
            data.get(name) for name in ("income", "has_stable_income", "income_note", "assets_note", "proof")
        ]
        other = data.get("special_status") not in ("", None, SpecialStatus.NONE)
        return other or data["exempt_by_law"] or data["pledged"] or any(v not in (None, "") for v in told)

    def means(self) -> Means:
        """What was typed, in its stored form."""
        data = self.cleaned_data
        return Means(
            household=data["household"] or 1,
            income_fen=data["income"],
            income_note=data["income_note"],
            assets_note=data["assets_note"],
            has_stable_income=data["has_stable_income"],
            special_status=data["special_status"] or SpecialStatus.NONE,
            exempt_by_law=data["exempt_by_law"],
            proof=data["proof"],
            pledged=data["pledged"],
        )


class ApplicationForm(forms.Form):
    """Everything about an application but the means."""

    use_required_attribute = False

    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "data-device": "id", "data-check-if": "id_type=resident"}
        ),
    )
    name = NameField(label=_("姓名"), max_length=200)
    phone = PhoneField(label=_("手机号"), max_length=60, required=False)
    is_migrant = TestField(label=_("农民工"), initial="yes")
    id_type = forms.ChoiceField(
        label=_("证件类型"), choices=IdType.choices, required=False, initial=IdType.RESIDENT
    )
    no_id_reason = SpokenCharField(label=_("暂无证件的原因"), max_length=80, required=False)
    contact = SpokenCharField(label=_("没有手机的，写联系人及电话"), max_length=80, required=False)
    address = SpokenCharField(label=_("住址"), max_length=160, required=False)
    category = ChosenField(label=_("受援人类别"), choices=Category.choices, initial=Category.MIGRANT)
    agent_name = SpokenCharField(label=_("代理申请人"), max_length=50, required=False)
    agent_relation = SpokenCharField(label=_("与申请人的关系"), max_length=40, required=False)

    opponent = SpokenCharField(label=_("对方当事人"), max_length=120)
    uscc = UsccField(label=_("统一社会信用代码"), max_length=40, required=False)
    matter = ChosenField(label=_("申请事项"), choices=MATTER_CHOICES, required=False)
    form = ChosenField(label=_("援助形式"), choices=AidForm.choices, initial=AidForm.ARBITRATION)
    stage = ChosenField(label=_("案件阶段"), choices=Stage.choices, initial=Stage.NONE)
    forum = SpokenCharField(label=_("案件办理机关"), max_length=120, required=False)
    forum_case_no = SpokenCharField(label=_("办理机关案号"), max_length=60, required=False)
    limit_on = DayField(label=_("时效或者期限届满日"), required=False)
    owed = MoneyField(label=_("涉及金额"), max_length=40, required=False)
    from_month = MonthField(label=_("欠薪起始月"), max_length=20, required=False)
    to_month = MonthField(label=_("欠薪截止月"), max_length=20, required=False)
    facts_text = TextField(label=_("案情和请求"), max_length=2000, required=False)

    wish = ChosenField(
        label=_("办理"),
        choices=[("apply", _("申请援助")), ("consult", _("只咨询"))],
        initial="apply",
        widget=forms.RadioSelect,
    )
    channel = ChosenField(label=_("申请途径"), choices=ON_REFERRAL, initial=Channel.WINDOW)
    external_no = SpokenCharField(label=_("外部编号"), max_length=60, required=False)
    received_on = DayField(label=_("收到日期"), past_only=True)
    detained_asked_on = DayField(label=_("在押人员提出的日期"), past_only=True, required=False)
    materials = TextField(
        label=_("收到的材料"), max_length=1000, required=False, help_text=_("每行一种，如：欠条复印件1份")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate

    def clean_received_on(self) -> Any:
        day, oldest = self.cleaned_data["received_on"], timezone.localdate() - OLDEST_RECEIPT
        if day < oldest:
            raise ValidationError(_("收到日期早于%(day)s，核对年份") % {"day": oldest})
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_identity(data)
        if not data.get("phone") and not data.get("contact") and "phone" not in self.errors:
            self.add_error("phone", _("还没填手机号，没有手机就写联系人及电话"))
        if data.get("wish") == "apply" and not data.get("matter") and "matter" not in self.errors:
            self.add_error("matter", _("还没选申请事项；只是来问问的，选“只咨询”"))
        self._check_months(data)
        if data.get("agent_name") and not data.get("agent_relation"):
            self.add_error("agent_relation", _("还没填代理申请人与申请人的关系"))
        if data.get("channel") == Channel.DETENTION and not data.get("detained_asked_on"):
            self.add_error("detained_asked_on", _("还没填在押人员提出的日期"))
        asked_on, received_on = data.get("detained_asked_on"), data.get("received_on")
        if asked_on and received_on and asked_on > received_on:
            self.add_error("detained_asked_on", _("在押人员提出的日期不能晚于收到日期"))
        return data

    def _check_identity(self, data: dict[str, Any]) -> None:
        kind = data.get("id_type") or IdType.RESIDENT
        if kind == IdType.NONE and not data.get("no_id_reason"):
            self.add_error("no_id_reason", _("写上暂无证件的原因，证件补来后再填号码"))
        try:
            checked = identity.check_document(kind, data.get("id_number") or "")
        except InvalidValue as error:
            self.add_error("id_number", error.sentence(gettext))
            return
        data["id_number"], data["id_type"] = checked.number, kind
        data["sex"], data["birth_on"] = checked.sex, checked.birth_date

    def _check_months(self, data: dict[str, Any]) -> None:
        first, last, owed = data.get("from_month"), data.get("to_month"), data.get("owed")
        if bool(first) != bool(last):
            self.add_error("to_month" if first else "from_month", _("起始月和截止月要一起填"))
        elif first and last and last < first:
            self.add_error("to_month", _("截止月早于起始月"))
        elif first and owed is None and "owed" not in self.errors:
            self.add_error("owed", _("填了月份，还没填金额"))

    def application(self, means: Means | None) -> Application:
        """The page in its stored form."""
        data = self.cleaned_data
        months = bool(data["from_month"] and data["owed"])
        return Application(
            applicants=(
                Applicant(
                    name=data["name"],
                    id_type=data["id_type"],
                    id_number=data["id_number"],
                    phone=data["phone"],
                    contact=data["contact"],
                    no_id_reason=data["no_id_reason"] if data["id_type"] == IdType.NONE else "",
                    sex=data["sex"],
                    birth_on=data["birth_on"],
                    address=data["address"],
                    is_migrant=data["is_migrant"],
                    owed=((data["from_month"], data["to_month"], data["owed"]),) if months else (),
                ),
            ),
            opponent=data["opponent"],
            channel=data["channel"],
            matter=data["matter"],
            stage=data["stage"],
            form=data["form"],
            category=data["category"],
            facts_text=data["facts_text"],
            forum=data["forum"],
            forum_case_no=data["forum_case_no"],
            limit_on=data["limit_on"],
            agent_name=data["agent_name"],
            agent_relation=data["agent_relation"],
            external_no=data["external_no"],
            uscc=data["uscc"],
            received_on=data["received_on"],
            detained_asked_on=data["detained_asked_on"],
            materials=data["materials"],
            is_consultation=data["wish"] == "consult",
            claimed_fen=data["owed"] or 0,
            means=means,
        )


class ConsentForm(forms.Form):
    """Who of a case agreed that it goes on to the centre, when and how."""

    use_required_attribute = False

    people = forms.ModelMultipleChoiceField(
        label=_("谁申请法律援助"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    form = ChosenField(label=_("援助形式"), choices=AidForm.choices, initial=AidForm.ARBITRATION)
    consent_on = DayField(label=_("本人同意的日期"), past_only=True)
    how = SpokenCharField(
        label=_("怎样同意的"), max_length=200, help_text=_("如：当面签字的同意书，编号12；电话录音，10:32")
    )
    agreed = forms.BooleanField(
        label=_("已告诉本人：姓名、证件号码、电话、住址、欠薪月份和金额、情况说明转给法律援助中心，本人同意"),
        error_messages={"required": _("没有本人同意不能转交；征得同意以后再勾选")},
    )

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workers = case.parties.filter(role="worker").select_related("person").prefetch_related("claims")
        field = self.fields["people"]
        field.queryset = workers
        field.error_messages |= {
            "required": _("还没选谁申请法律援助"),
            "invalid_choice": _("选的人不在这件案子里，重新选"),
            "invalid_pk_value": _("选的人不在这件案子里，重新选"),
        }
        if workers.count() == 1:
            field.initial = [workers[0].pk]
        self.fields["consent_on"].initial = timezone.localdate
