"""The registration page S04: one form for the complaint, a grid with a row for each worker."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Town
from cases import identity, names
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
from cases.models.people import IdType, ProjectType
from inspection.models import Complaint
from inspection.services import MOST_REPRESENTATIVES, REPRESENTATIVES_FROM, Registration, WorkerEntry
from inspection.states import Channel, Industry, Path

MOST_WORKERS = 600
CONSTRUCTION = (Industry.E47, Industry.E48, Industry.E49, Industry.E50)
OLDEST_RECEIPT = timedelta(days=180)
EMPTY_CHOICE = [("", "")]


class RegisterForm(forms.Form):
    """Everything about the complaint but its workers."""

    use_required_attribute = False

    employer_name = SpokenCharField(label=_("单位名称"), max_length=120)
    uscc = UsccField(label=_("统一社会信用代码"), max_length=40, required=False)
    project_name = SpokenCharField(label=_("工程项目"), max_length=120, required=False)
    project_type = forms.ChoiceField(
        label=_("工程类别"), choices=EMPTY_CHOICE + ProjectType.choices, required=False
    )
    industry = ChosenField(label=_("行业"), choices=EMPTY_CHOICE + Industry.choices, required=False)
    town = forms.ModelChoiceField(label=_("用工镇街"), queryset=Town.objects.all(), empty_label="")
    employer_contact = SpokenCharField(label=_("单位联系人"), max_length=50, required=False)
    employer_phone = PhoneField(label=_("单位电话"), max_length=40, required=False)
    contract = forms.ChoiceField(
        label=_("劳动合同"), choices=Complaint.Contract.choices, widget=forms.RadioSelect, required=False
    )
    facts_text = TextField(label=_("情况说明"), max_length=2000, required=False)
    other_proceeding = TestField(label=_("已仲裁或起诉"), initial="no")
    other_proceeding_note = SpokenCharField(label=_("仲裁或诉讼案号、机构"), max_length=120, required=False)
    path = ChosenField(label=_("办理途径"), choices=Path.choices, initial=Path.INSPECTION)
    channel = ChosenField(label=_("来源"), choices=Channel.choices, initial=Channel.WINDOW)
    external_no = SpokenCharField(label=_("外部编号"), max_length=60, required=False)
    received_on = DayField(label=_("收到日期"), past_only=True)
    within_two_years = TestField(label=_("未超过两年"), initial="yes")
    respondent_clear = TestField(label=_("被投诉单位明确"), initial="yes")
    within_mandate = TestField(label=_("属于职权和管辖"), initial="yes")
    materials = TextField(
        label=_("收到的材料"), max_length=1000, required=False, help_text=_("每行一种，如：欠条复印件1份")
    )
    identity_withheld = forms.BooleanField(
        label=_("为投诉人保密（发给单位的文书不出现姓名）"), required=False
    )
    without_receipt = forms.BooleanField(label=_("不打印回执，手写一份交给来访人"), required=False)
    duplicate_reason = SpokenCharField(label=_("另行登记的理由"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        town = self.fields["town"]
        town.error_messages |= {
            "required": _("还没选用工镇街"),
            "invalid_choice": _("用工镇街不在列表里，重新选"),
        }

    def clean_received_on(self) -> date:
        """Not before the calendar the office works with, nor a year that was mistyped."""
        day, oldest = self.cleaned_data["received_on"], timezone.localdate() - OLDEST_RECEIPT
        if day < oldest:
            raise ValidationError(_("收到日期早于%(day)s，核对年份") % {"day": oldest})
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("industry") in CONSTRUCTION and not data.get("project_name"):
            self.add_error("project_name", _("建筑业要填工程项目，写工地名也行"))
        if data.get("other_proceeding") and not data.get("other_proceeding_note"):
            self.add_error("other_proceeding_note", _("写上仲裁或诉讼的案号和机构，不知道案号就写机构"))
        if data.get("other_proceeding") and data.get("path") == Path.INSPECTION:
            self.add_error("path", _("同一请求已在仲裁或诉讼中，监察一般不再立案，途径选仲裁或法院"))
        return data


class WorkerForm(forms.Form):
    """One row of the grid: a worker and what is owed."""

    use_required_attribute = False

    name = NameField(label=_("姓名"), max_length=200)
    id_type = forms.ChoiceField(
        label=_("证件类型"), choices=IdType.choices, required=False, initial=IdType.RESIDENT
    )
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-device": "id"}),
    )
    phone = PhoneField(label=_("手机号"), max_length=60)
    is_migrant = TestField(label=_("农民工"), initial="yes")
    job = SpokenCharField(label=_("工种"), max_length=40, required=False)
    from_month = MonthField(label=_("起始月"), max_length=20)
    to_month = MonthField(label=_("截止月"), max_length=20)
    due = MoneyField(label=_("应发金额"), max_length=40, required=False)
    already_paid = MoneyField(label=_("已发金额"), max_length=40, required=False, allow_zero=True)
    owed = MoneyField(label=_("欠薪金额"), max_length=40)
    is_representative = forms.BooleanField(label=_("代表"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_identity(data)
        first, last, this_month = (
            data.get("from_month"),
            data.get("to_month"),
            f"{timezone.localdate():%Y-%m}",
        )
        if first and last and last < first:
            self.add_error("to_month", _("截止月早于起始月"))
        elif last and last > this_month:
            self.add_error("to_month", _("截止月不能晚于本月"))
        owed, due, paid = data.get("owed"), data.get("due"), data.get("already_paid") or 0
        if owed is not None and due is not None and owed != due - paid:
            self.add_error("owed", _("欠薪金额应等于应发减已发，核对这三个数"))
        return data

    def _check_identity(self, data: dict[str, Any]) -> None:
        kind = data.get("id_type") or IdType.RESIDENT
        try:
            checked = identity.check_document(kind, data.get("id_number") or "")
        except InvalidValue as error:
            self.add_error("id_number", error.sentence(gettext))
            return
        data["id_number"], data["id_type"] = checked.number, kind
        data["sex"], data["birth_on"] = checked.sex, checked.birth_date

    def entry(self) -> WorkerEntry:
        """The row in its stored form."""
        data = self.cleaned_data
        return WorkerEntry(
            name=data["name"],
            from_month=data["from_month"],
            to_month=data["to_month"],
            owed_fen=data["owed"],
            id_type=data["id_type"],
            id_number=data["id_number"],
            phone=data["phone"],
            sex=data["sex"],
            birth_on=data["birth_on"],
            is_migrant=data["is_migrant"],
            is_representative=data["is_representative"],
            job=data["job"],
            due_fen=data["due"],
            already_paid_fen=data["already_paid"] or 0,
        )


class BaseWorkerFormSet(forms.BaseFormSet):
    """The grid: at least one worker, nobody twice, one to five representatives from five workers on."""

    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_many_forms": _("一次最多登记%(num)d人，分成几件登记"),
        "missing_management_form": _("名册没有传全，返回上一页再登记"),
    }

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]
        if not rows:
            raise ValidationError(_("还没填劳动者，至少填一行"))
        seen: dict[str, int] = {}
        for number, form in enumerate(rows, start=1):
            index = form.cleaned_data["id_number"]
            if index and index in seen:
                form.add_error(
                    "id_number", _("与第%(n)d行是同一个证件号码，核对是不是重复") % {"n": seen[index]}
                )
            seen.setdefault(index, number)
        count = sum(form.cleaned_data["is_representative"] for form in rows)
        if len(rows) >= REPRESENTATIVES_FROM and not 1 <= count <= MOST_REPRESENTATIVES:
            raise ValidationError(
                _("%(n)d人投诉，要勾选1到%(most)d名代表（《若干规定》第十二条）")
                % {"n": len(rows), "most": MOST_REPRESENTATIVES}
            )

    def entries(self) -> tuple[WorkerEntry, ...]:
        return tuple(
            form.entry() for form in self.forms if form.has_changed() and not self._should_delete_form(form)
        )


WorkerFormSet = forms.formset_factory(
    WorkerForm,
    formset=BaseWorkerFormSet,
    extra=0,
    min_num=1,
    validate_min=False,
    max_num=MOST_WORKERS,
    validate_max=True,
    can_delete=True,
)


def registration(form: RegisterForm, workers: BaseWorkerFormSet) -> Registration:
    """What both parts say together, in its stored form."""
    data = form.cleaned_data
    tests = {name: data[name] for name in ("within_two_years", "respondent_clear", "within_mandate")}
    return Registration(
        employer_name=names.normalise_name(data["employer_name"]),
        workers=workers.entries(),
        channel=data["channel"],
        town=data["town"],
        uscc=data["uscc"],
        employer_contact=data["employer_contact"],
        employer_phone=data["employer_phone"],
        project_name=data["project_name"],
        project_type=data["project_type"],
        industry=data["industry"],
        external_no=data["external_no"],
        facts_text=data["facts_text"],
        contract=data["contract"],
        other_proceeding=data["other_proceeding"],
        other_proceeding_note=data["other_proceeding_note"],
        path=data["path"],
        path_reason=data["duplicate_reason"],
        received_on=data["received_on"],
        tests=tests if all(tests.values()) else {},
        materials=data["materials"],
        identity_withheld=data["identity_withheld"],
        without_receipt=data["without_receipt"],
    )


def hints(entry: Registration, today: date) -> list[str]:
    """What the clerk should look at although nothing stops the registration."""
    found = []
    for worker in entry.workers:
        began = date.fromisoformat(f"{worker.from_month}-01")
        if worker.birth_on and identity.age_on(worker.birth_on, began) < 16:
            found.append(
                gettext("%(name)s：按出生日期，当时未满16周岁。照常登记，并立即报告") % {"name": worker.name}
            )
        if worker.to_month < f"{today.year - 2}-{today.month:02d}":
            found.append(
                gettext("%(name)s：欠薪截止已超过两年，核对一下是否一直在追讨") % {"name": worker.name}
            )
    return found
