"""The request for mediation: one page for one worker, or with a list for many."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arbitration.mediation.claims import check_claim
from arbitration.mediation.roster import MOST_WORKERS, read_roster
from arbitration.mediation.services import Ask, Request, Worker
from arbitration.mediation.states import Body
from arbitration.states import ClaimType, Side
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

BLANK = [("", "")]
OLDEST_RECEIPT = timedelta(days=180)
ROSTER_LENGTH = 60_000


class RequestForm(forms.Form):
    """Everything about a request; ``roster`` names further workers, one a line."""

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
    address = SpokenCharField(label=_("住址"), max_length=160, required=False)
    id_type = forms.ChoiceField(
        label=_("证件类型"), choices=IdType.choices, required=False, initial=IdType.RESIDENT
    )
    no_id_reason = SpokenCharField(label=_("暂无证件的原因"), max_length=80, required=False)
    contact = SpokenCharField(label=_("没有手机的，写联系人及电话"), max_length=80, required=False)

    employer = SpokenCharField(label=_("用人单位"), max_length=120)
    uscc = UsccField(label=_("统一社会信用代码"), max_length=40, required=False)
    employer_contact = SpokenCharField(label=_("单位联系人"), max_length=50, required=False)
    employer_phone = PhoneField(label=_("单位电话"), max_length=40, required=False)
    employer_address = SpokenCharField(label=_("单位地址"), max_length=160, required=False)

    type = ChosenField(label=_("请求事项"), choices=[*BLANK, *ClaimType.choices], required=False)
    amount = MoneyField(label=_("金额"), max_length=40, required=False)
    from_month = MonthField(label=_("起始月"), max_length=20, required=False)
    to_month = MonthField(label=_("截止月"), max_length=20, required=False)
    formula = SpokenCharField(label=_("计算方法"), max_length=200, required=False)
    facts_text = TextField(label=_("争议事项和理由"), max_length=2000, required=False)
    roster = forms.CharField(
        label=_("其他劳动者"),
        max_length=ROSTER_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "wrap": "off"}),
        help_text=_(
            "一行一人，可以从表格粘贴：姓名、证件号码、手机号、金额、起始月、截止月；请求事项和上面相同"
        ),
    )

    side = ChosenField(label=_("谁申请"), choices=Side.choices, initial=Side.WORKER, widget=forms.RadioSelect)
    wish = ChosenField(
        label=_("办理"),
        choices=[("apply", _("书面申请")), ("oral", _("口头申请")), ("inquire", _("只咨询"))],
        initial="apply",
        widget=forms.RadioSelect,
    )
    body = ChosenField(label=_("调解组织"), choices=Body.choices, initial=Body.INSTITUTE)
    received_on = DayField(label=_("收到日期"), past_only=True)
    external_no = SpokenCharField(label=_("外部编号"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        self.listed: list[Worker] = []

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
        asks = data.get("wish") != "inquire"
        if data.get("type"):
            check_claim(self, data)
        elif asks and "type" not in self.errors:
            self.add_error("type", _("还没选请求事项；只是来问问的，选“只咨询”"))
        if asks and not data.get("facts_text"):
            self.add_error("facts_text", _("还没写争议事项和理由"))
        self._read_roster(data)
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

    def _read_roster(self, data: dict[str, Any]) -> None:
        """The further workers; every fault says its line."""
        text = data.get("roster") or ""
        if not text.strip() or not data.get("type"):
            return
        found, faults = read_roster(text, kind=data["type"], is_migrant=data.get("is_migrant") is True)
        if len(found) + 1 > MOST_WORKERS:
            faults = [str(_("一件最多登记%(n)d名劳动者，分两件登记") % {"n": MOST_WORKERS})]
        numbers = [data.get("id_number"), *(worker.id_number for worker in found)]
        given = [number for number in numbers if number]
        if len(given) != len(set(given)):
            faults.append(str(_("有两行的证件号码相同，一人只写一次")))
        for fault in faults[:10]:
            self.add_error("roster", fault)
        self.listed = found

    def request(self) -> Request:
        """The page in its stored form."""
        data = self.cleaned_data
        ask = Ask(
            data["type"],
            data["amount"],
            data["from_month"] if data["to_month"] else "",
            data["to_month"],
            data["formula"],
        )
        first = Worker(
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
            asks=(ask,) if data["type"] else (),
        )
        return Request(
            workers=(first, *self.listed),
            employer=data["employer"],
            uscc=data["uscc"],
            employer_contact=data["employer_contact"],
            employer_phone=data["employer_phone"],
            employer_address=data["employer_address"],
            side=data["side"],
            body=data["body"],
            is_oral=data["wish"] == "oral",
            is_inquiry=data["wish"] == "inquire",
            facts_text=data["facts_text"],
            external_no=data["external_no"],
            received_on=data["received_on"],
        )
