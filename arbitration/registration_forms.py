"""The application page: the applicant, the unit, what is asked for, the facts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Town
from arbitration.forms import BLANK, claim_faults
from arbitration.mediation.roster import MOST_WORKERS, read_roster
from arbitration.models import Dispute
from arbitration.services import Application, Asked, Unit, Worker
from arbitration.states import ClaimType, InterruptionKind, Origin, Residence, Side, Vulnerable
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
from cases.models.people import ChainRole, IdType

OLDEST_RECEIPT = timedelta(days=180)
CLAIM_ROWS = 4
ROSTER_LENGTH = 60_000
CHECKLIST = (
    ("contract", _("劳动合同")),
    ("attendance", _("考勤记录")),
    ("pay", _("工资支付记录")),
    ("deduction", _("扣款凭证")),
    ("receipt", _("收条")),
    ("iou", _("欠条")),
    ("chat", _("工作群记录")),
    ("witness", _("证人")),
)
# What is not chosen at the window: these come by themselves.
AT_THE_WINDOW = [row for row in Origin.choices if row[0] not in (Origin.INSPECTION, Origin.MEDIATION)]


class ClaimForm(forms.Form):
    """One thing asked for; an empty row asks for nothing."""

    use_required_attribute = False

    type = ChosenField(label=_("请求事项"), choices=[*BLANK, *ClaimType.choices], required=False)
    amount = MoneyField(label=_("金额（元）"), required=False, max_length=40)
    from_month = MonthField(label=_("起始月"), required=False, max_length=20)
    to_month = MonthField(label=_("截止月"), required=False, max_length=20)
    formula = SpokenCharField(label=_("计算方法和依据"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = any(data.get(name) for name in ("amount", "from_month", "to_month", "formula"))
        if typed and not data.get("type") and "type" not in self.errors:
            self.add_error("type", _("这一行还没选请求事项"))
        for field, sentence in claim_faults(data):
            if field not in self.errors:
                self.add_error(field, sentence)
        return data

    @property
    def asked(self) -> Asked | None:
        """What the row asks for."""
        data = self.cleaned_data
        if not data.get("type"):
            return None
        return Asked(
            data["type"], data["amount"], data["from_month"] or "", data["to_month"] or "", data["formula"]
        )


class SomeClaims(forms.BaseFormSet):
    def clean(self) -> None:
        """At least one row asks for something."""
        if not any(self.errors) and not any(form.asked for form in self.forms):
            self.forms[0].add_error("type", _("还没选请求事项"))


ClaimFormSet = forms.formset_factory(
    ClaimForm, formset=SomeClaims, extra=CLAIM_ROWS, max_num=20, absolute_max=20
)


class ApplicationForm(forms.Form):
    """Everything about an application but what is asked for; ``roster`` names further workers, one a line."""

    use_required_attribute = False

    side = ChosenField(label=_("谁申请"), choices=Side.choices, initial=Side.WORKER, widget=forms.RadioSelect)
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "data-device": "id", "data-check-if": "id_type=resident"}
        ),
    )
    name = NameField(label=_("劳动者姓名"), max_length=200)
    phone = PhoneField(label=_("手机号"), max_length=60, required=False)
    is_migrant = TestField(label=_("农民工"), initial="yes")
    residence = ChosenField(label=_("户籍类型"), choices=Residence.choices, initial=Residence.RURAL)
    address = SpokenCharField(label=_("送达地址"), max_length=160, required=False)
    id_type = forms.ChoiceField(
        label=_("证件类型"), choices=IdType.choices, required=False, initial=IdType.RESIDENT
    )
    no_id_reason = SpokenCharField(label=_("暂无证件的原因"), max_length=80, required=False)
    contact = SpokenCharField(label=_("没有手机的，写联系人及电话"), max_length=80, required=False)
    vulnerable = ChosenField(label=_("特殊群体"), choices=Vulnerable.choices, required=False)
    takes_electronic = forms.BooleanField(label=_("同意电子送达"), required=False)
    agent_name = SpokenCharField(label=_("代理人"), max_length=50, required=False)
    agent_power = SpokenCharField(label=_("代理权限"), max_length=120, required=False)

    unit = SpokenCharField(label=_("用人单位"), max_length=120)
    uscc = UsccField(label=_("统一社会信用代码"), max_length=40, required=False)
    unit_address = SpokenCharField(label=_("单位地址"), max_length=160, required=False)
    unit_phone = PhoneField(label=_("单位电话"), max_length=40, required=False)
    second_unit = SpokenCharField(label=_("共同被申请人"), max_length=120, required=False)
    second_role = ChosenField(
        label=_("共同被申请人的责任身份"),
        choices=ChainRole.choices,
        initial=ChainRole.MAIN_CONTRACTOR,
        required=False,
    )

    job = SpokenCharField(label=_("岗位"), max_length=40, required=False)
    hired_on = DayField(label=_("入职日期"), past_only=True, required=False)
    left_on = DayField(label=_("劳动关系终止日期"), past_only=True, required=False)
    monthly = MoneyField(label=_("月工资"), max_length=40, required=False)
    contract = ChosenField(label=_("劳动合同"), choices=[*BLANK, *Dispute.Contract.choices], required=False)
    workplace = SpokenCharField(label=_("实际工作地点"), max_length=160, required=False)
    town = forms.ModelChoiceField(
        label=_("用工镇街"), queryset=Town.objects.in_use(), empty_label="", required=False
    )
    checklist = forms.MultipleChoiceField(
        label=_("手上有的证据"), choices=CHECKLIST, required=False, widget=forms.CheckboxSelectMultiple
    )
    facts_text = TextField(label=_("事实和理由"), max_length=4000)
    roster = forms.CharField(
        label=_("其他劳动者"),
        max_length=ROSTER_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "wrap": "off"}),
        help_text=_(
            "一行一人，可以从表格粘贴：姓名、证件号码、手机号、金额、起始月、截止月；请求事项和第一行相同"
        ),
    )

    origin = ChosenField(label=_("来源"), choices=AT_THE_WINDOW, initial=Origin.WALK_IN)
    received_on = DayField(label=_("收到日期"), past_only=True)
    external_no = SpokenCharField(label=_("外部编号"), max_length=60, required=False)
    complained_on = DayField(label=_("向劳动监察投诉的日期"), past_only=True, required=False)
    mediation_no = SpokenCharField(label=_("调解编号"), max_length=60, required=False)
    court_no = SpokenCharField(label=_("法院案号"), max_length=60, required=False)
    right_known_on = DayField(label=_("知道权利被侵害的日期"), past_only=True, required=False)
    wants_aid = forms.BooleanField(label=_("希望法律援助"), required=False)
    wants_preservation = forms.BooleanField(label=_("希望财产保全"), required=False)
    wants_advance = forms.BooleanField(label=_("希望先予执行"), required=False)
    address_confirmed = forms.BooleanField(label=_("已签送达地址确认书"), required=False)
    materials = TextField(
        label=_("收到的材料"), max_length=1000, required=False, help_text=_("每行一种，如：欠条复印件1份")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        self.listed: list[Worker] = []

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        oldest = timezone.localdate() - OLDEST_RECEIPT
        if day < oldest:
            raise ValidationError(_("收到日期早于%(day)s，核对年份") % {"day": oldest})
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_identity(data)
        if not data.get("phone") and not data.get("contact") and "phone" not in self.errors:
            self.add_error("phone", _("还没填手机号，没有手机就写联系人及电话"))
        hired, left = data.get("hired_on"), data.get("left_on")
        if hired and left and left < hired:
            self.add_error("left_on", _("终止日期早于入职日期"))
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

    def read_others(self, kind: str) -> bool:
        """Whether the further workers could be read, each asking for the same kind of thing; faults say their line."""
        data = self.cleaned_data
        text = data.get("roster") or ""
        if not text.strip() or not kind:
            return True
        found, faults = read_roster(text, kind=kind, is_migrant=data.get("is_migrant") is True)
        if len(found) + 1 > MOST_WORKERS:
            faults = [gettext("一件最多登记%(n)d名劳动者，分两件登记") % {"n": MOST_WORKERS}]
        given = [each.id_number for each in found if each.id_number] + [data.get("id_number") or ""]
        if len(set(given)) != len(given):
            faults.append(gettext("有两行的证件号码相同，一人只写一次"))
        for fault in faults[:10]:
            self.add_error("roster", fault)
        self.listed = [
            Worker(
                name=each.name,
                id_number=each.id_number,
                sex=each.sex,
                birth_on=each.birth_on,
                phone=each.phone,
                is_migrant=each.is_migrant,
                residence=data.get("residence") or Residence.UNKNOWN,
                claims=tuple(
                    Asked(ask.type, ask.amount_fen, ask.from_month, ask.to_month) for ask in each.asks
                ),
            )
            for each in found
        ]
        return not faults

    def application(self, claims: tuple[Asked, ...]) -> Application:
        """The page in its stored form; an employer's claims are its own."""
        data = self.cleaned_data
        by_worker = data["side"] == Side.WORKER
        unit = Unit(
            name=data["unit"],
            uscc=data["uscc"],
            address=data["unit_address"],
            phone=data["unit_phone"],
            claims=() if by_worker else claims,
        )
        more = (Unit(name=data["second_unit"], chain_role=data["second_role"] or "employer"),)
        complained_on = data["complained_on"]
        return Application(
            workers=(self._first(claims if by_worker else ()), *self.listed),
            units=(unit, *(more if data["second_unit"] else ())),
            side=data["side"],
            origin=data["origin"],
            external_no=data["external_no"],
            received_on=data["received_on"],
            town_id=data["town"].pk if data["town"] else None,
            vulnerable=data["vulnerable"],
            materials=data["materials"],
            detail=self._detail(),
            interruptions=(((InterruptionKind.COMPLAINT, complained_on, ""),) if complained_on else ()),
        )

    def _first(self, claims: tuple[Asked, ...]) -> Worker:
        data = self.cleaned_data
        return Worker(
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
            residence=data["residence"],
            job=data["job"],
            hired_on=data["hired_on"],
            left_on=data["left_on"],
            monthly_fen=data["monthly"],
            takes_electronic=data["takes_electronic"],
            is_representative=bool(self.listed),
            claims=claims,
        )

    def _detail(self) -> dict[str, Any]:
        data = self.cleaned_data
        plain = (
            "facts_text",
            "checklist",
            "contract",
            "workplace",
            "agent_name",
            "agent_power",
            "mediation_no",
            "court_no",
            "wants_aid",
            "wants_preservation",
            "wants_advance",
            "address_confirmed",
            "right_known_on",
        )
        return {name: data[name] for name in plain} | {"employment_ended_on": data["left_on"]}
