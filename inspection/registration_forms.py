"""The registration page: one form for the complaint, a formset with a row for each worker.

One worker is shown as fields, several as a grid; both send the same names, so that nothing is lost between the two.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.code_lists import chooser
from agencies.models import Town, User
from cases import identity, money, names
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
    whole_number,
)
from cases.identity import InvalidValue
from cases.models import Case
from cases.models.people import IdType
from inspection.clues.models import Clue
from inspection.hints import MOST_ROWS, case_to_join
from inspection.merging import MOST_REPRESENTATIVES, REPRESENTATIVES_FROM
from inspection.models import Complaint
from inspection.services import Registration, WorkerEntry
from inspection.states import Channel, Industry, Path

MOST_WORKERS = MOST_ROWS
CONSTRUCTION = (Industry.E47, Industry.E48, Industry.E49, Industry.E50)
OLDEST_RECEIPT = timedelta(days=180)
EMPTY_CHOICE = [("", "")]
# What a row must hold before it counts: months, job and ticks may be carried down into a row that stays empty.
OF_THE_PERSON = ("name", "id_number", "phone", "contact", "address", "owed", "due", "already_paid")
# Sentences that come up at every window, chosen with a key in 情况说明; Chinese in either language, they go on file.
PHRASES = (
    "工资按月结算，从欠薪起始月起一直没有发。",
    "约定完工后结清，完工后多次催要没有付。",
    "有考勤记录、工资结算单，金额双方认可。",
    "有欠条，欠条原件由投诉人保管。",
    "没有书面合同，由班组长招用，可提供工友证言。",
    "单位不承认劳动关系。",
    "工资数额双方说法不一。",
    "单位负责人电话不通，去向不明。",
    "工地已停工。",
    "现场有多名工友情况相同，将陆续投诉。",
)


class RegisterForm(forms.Form):
    """Everything about the complaint but its workers."""

    use_required_attribute = False

    employer_name = SpokenCharField(label=_("单位名称"), max_length=120)
    uscc = UsccField(label=_("统一社会信用代码"), max_length=40, required=False)
    project_name = SpokenCharField(label=_("工程项目"), max_length=120, required=False)
    project_type = forms.ChoiceField(
        label=_("工程类别"), choices=chooser("project_type", blank=True), required=False
    )
    industry = ChosenField(label=_("行业"), choices=chooser("industry", blank=True), required=False)
    town = forms.ModelChoiceField(label=_("用工镇街"), queryset=Town.objects.in_use(), empty_label="")
    employer_contact = SpokenCharField(label=_("单位联系人"), max_length=50, required=False)
    employer_phone = PhoneField(label=_("单位电话"), max_length=40, required=False)
    employer_address = SpokenCharField(label=_("单位地址"), max_length=160, required=False)
    legal_representative = SpokenCharField(label=_("法定代表人"), max_length=50, required=False)
    headcount = SpokenCharField(label=_("涉及人数"), max_length=6, required=False, initial="1")
    contract = forms.ChoiceField(
        label=_("劳动合同"), choices=Complaint.Contract.choices, widget=forms.RadioSelect, required=False
    )
    facts_text = TextField(label=_("情况说明"), max_length=2000, required=False)
    other_proceeding = TestField(label=_("已仲裁或起诉"), initial="no")
    other_proceeding_note = SpokenCharField(label=_("仲裁或诉讼案号、机构"), max_length=120, required=False)
    path = ChosenField(label=_("办理途径"), choices=Path.choices, initial=Path.INSPECTION)
    channel = ChosenField(label=_("来源"), choices=chooser("channel"), initial=Channel.WINDOW)
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
    with_due = forms.BooleanField(label=_("填应发、已发"), required=False)
    join = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    clue = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["employer_name"].widget.attrs["data-typeahead"] = "employer"
        self.fields["project_name"].widget.attrs["data-typeahead"] = "project"
        self.fields["facts_text"].widget.attrs["data-phrases"] = "phrases"
        self.fields["headcount"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
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

    def clean_headcount(self) -> int:
        """How many workers are concerned; 1 where the roster says it."""
        typed = identity.half_width(self.cleaned_data["headcount"]).strip().removesuffix("人") or "1"
        count = whole_number(typed)
        if not count or count > MOST_WORKERS:
            raise ValidationError(
                _("涉及人数写1到%(most)d的整数，人更多时分成几件登记") % {"most": MOST_WORKERS}
            )
        return count

    def clean_join(self) -> Case | None:
        """The case that this complaint is to be merged into."""
        typed = self.cleaned_data["join"]
        case = case_to_join(self.user, typed) if typed else None
        if typed and case is None:
            self.add_error(None, _("要并入的案件已经办结，或不归本机构办理，在提示栏里重新选"))
        return case

    def clean_clue(self) -> Clue | None:
        """The clue that this complaint comes from."""
        typed = self.cleaned_data["clue"]
        clue = clue_of(self.user, typed) if typed else None
        if typed and clue is None:
            self.add_error(None, _("这条线索找不到了，从线索页重新点“转为投诉”"))
        return clue

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("industry") in CONSTRUCTION and not data.get("project_name"):
            self.add_error("project_name", _("建筑业要填工程项目，写工地名也行"))
        if data.get("other_proceeding") and not data.get("other_proceeding_note"):
            self.add_error("other_proceeding_note", _("写上仲裁或诉讼的案号和机构，不知道案号就写机构"))
        if data.get("other_proceeding") and data.get("path") == Path.INSPECTION:
            self.add_error("path", _("同一请求已在仲裁或诉讼中，监察一般不再立案，途径选仲裁或法院"))
        return data


def clue_of(user: User, public_id: str) -> Clue | None:
    """The clue with that public id, if the person may see it."""
    try:
        return Clue.objects.visible_to(user).filter(public_id=UUID(public_id)).first()
    except ValueError:
        return None


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
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "data-device": "id", "data-check-if": "id_type=resident"}
        ),
    )
    no_id_reason = SpokenCharField(label=_("暂无证件的原因"), max_length=80, required=False)
    phone = PhoneField(label=_("手机号"), max_length=60, required=False)
    contact = SpokenCharField(label=_("没有手机的，写联系人及电话"), max_length=80, required=False)
    address = SpokenCharField(label=_("住址"), max_length=160, required=False)
    is_migrant = TestField(label=_("农民工"), initial="yes")
    job = SpokenCharField(label=_("工种"), max_length=40, required=False)
    from_month = MonthField(label=_("起始月"), max_length=20)
    to_month = MonthField(label=_("截止月"), max_length=20)
    due = MoneyField(label=_("应发金额"), max_length=40, required=False)
    already_paid = MoneyField(label=_("已发金额"), max_length=40, required=False, allow_zero=True)
    owed = MoneyField(label=_("欠薪金额"), max_length=40, required=False)
    is_representative = forms.BooleanField(label=_("代表"), required=False)

    def has_changed(self) -> bool:
        """Whether the row holds anything of a person: an empty row of the grid is passed over."""
        typed = (self[name].data for name in OF_THE_PERSON) if self.is_bound else ()
        return any(str(value or "").strip() for value in typed)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._check_identity(data)
        self._check_reachable(data)
        self._check_months(data)
        self._check_sums(data)
        return data

    def _check_reachable(self, data: dict[str, Any]) -> None:
        if not data.get("phone") and not data.get("contact") and "phone" not in self.errors:
            self.add_error("phone", _("还没填手机号，没有手机就写联系人及电话"))

    def _check_months(self, data: dict[str, Any]) -> None:
        first, last = data.get("from_month"), data.get("to_month")
        this_month = f"{timezone.localdate():%Y-%m}"
        if first and first > this_month:
            self.add_error("from_month", _("起始月不能晚于本月"))
        if first and last and last < first:
            self.add_error("to_month", _("截止月早于起始月"))
        elif last and last > this_month:
            self.add_error("to_month", _("截止月不能晚于本月"))

    def _check_sums(self, data: dict[str, Any]) -> None:
        """What is owed is what was due less what was paid; it need not be typed where the other two are."""
        if "owed" in self.errors or "due" in self.errors or "already_paid" in self.errors:
            return
        owed, due, paid = data.get("owed"), data.get("due"), data.get("already_paid") or 0
        if due is not None and due <= paid:
            self.add_error("due", _("应发金额应大于已发金额，核对这两个数"))
        elif owed is None and due is not None:
            data["owed"] = due - paid
        elif owed is None:
            self.add_error("owed", _("还没填欠薪金额"))
        elif due is not None and owed != due - paid:
            self.add_error(
                "owed",
                _("欠薪金额应等于应发减已发：%(due)s−%(paid)s＝%(left)s元，改其中一个数")
                % {"due": money.yuan(due), "paid": money.yuan(paid), "left": money.yuan(due - paid)},
            )

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
            address=data["address"],
            contact=data["contact"],
            no_id_reason=data["no_id_reason"] if data["id_type"] == IdType.NONE else "",
        )


class BaseWorkerFormSet(forms.BaseFormSet):
    """The grid: at least one worker, nobody twice, one to five representatives from five workers on."""

    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_many_forms": _("一次最多登记%(num)d人，分成几件登记"),
        "missing_management_form": _("名册没有传全，返回上一页再登记"),
    }

    def _construct_form(self, i: int, **kwargs: Any) -> WorkerForm:
        """Any row of a roster may stay empty; the fields of a single worker may not."""
        if self.is_bound and self.total_form_count() > 1:
            kwargs["empty_permitted"] = True
        return super()._construct_form(i, **kwargs)

    def clean(self) -> None:
        """What only the rows together can tell; said at once with what is wrong in each row."""
        kept = [form for form in self.forms if not self._should_delete_form(form)]
        rows = [(number, form) for number, form in enumerate(kept, start=1) if form.has_changed()]
        if not rows:
            if len(kept) != 1 or kept[0].is_valid():
                raise ValidationError(_("还没填劳动者，至少填一行"))
            return
        self._refuse_twice_the_same(rows)
        count = sum(bool(form.cleaned_data.get("is_representative")) for _number, form in rows)
        if len(rows) >= REPRESENTATIVES_FROM and not 1 <= count <= MOST_REPRESENTATIVES:
            raise ValidationError(
                _("%(n)d人投诉，要勾选1到%(most)d名代表（《若干规定》第十二条），现在勾了%(count)d名")
                % {"n": len(rows), "most": MOST_REPRESENTATIVES, "count": count}
            )

    def _refuse_twice_the_same(self, rows: list[tuple[int, WorkerForm]]) -> None:
        seen: dict[str, int] = {}
        for number, form in rows:
            id_number = form.cleaned_data.get("id_number")
            if not id_number or "id_number" in form.errors:
                continue
            if id_number in seen:
                words = _("与第%(n)d行是同一个证件号码，改正号码，或删掉重复的一行") % {"n": seen[id_number]}
                form.add_error("id_number", words)
            seen.setdefault(id_number, number)

    def filled(self) -> list[WorkerForm]:
        """The rows that hold a worker."""
        return [f for f in self.forms if f.has_changed() and not self._should_delete_form(f)]

    def entries(self) -> tuple[WorkerEntry, ...]:
        return tuple(form.entry() for form in self.filled())


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


def _dispatched_on(clue: Clue | None) -> date | None:
    """The day the platform or hotline sent the clue that the complaint comes from."""
    return timezone.localdate(clue.dispatched_at) if clue and clue.dispatched_at else None


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
        employer_address=data["employer_address"],
        legal_representative=data["legal_representative"],
        project_name=data["project_name"],
        project_type=data["project_type"],
        industry=data["industry"],
        external_no=data["external_no"],
        dispatched_on=_dispatched_on(data.get("clue")),
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
