"""What must be asked before a document is issued by hand."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calendars.services import current_calendar, effective_rule
from cases.forms import DayField, FactsForm, NameField, SpokenCharField, TextField
from cases.models import Party, PartyRole
from inspection import deadlines as d


class ReceiptForm(FactsForm):
    """The papers that were handed in, one a line; none leaves rows for the pen."""

    materials = TextField(
        label=_("收到的材料"),
        max_length=2000,
        required=False,
        help_text=_("一行一件，例如：工资条复印件3份"),
    )


# D09


class LetterForm(FactsForm):
    """Whom the letter is for when it is not the authority of the last request, and what goes with it."""

    fits_many = True

    to = SpokenCharField(
        label=_("受文单位"),
        max_length=80,
        required=False,
        help_text=_("不填的，发给协办任务的接收单位，或告知去向里的机构"),
    )
    enclosed = TextField(label=_("附送的材料"), max_length=1000, required=False, help_text=_("一行一件"))


# D11


@dataclass(frozen=True)
class Paper:
    """One line of the list of papers; ``who`` has to bring it: 建 developer, 总 main contractor, 分 subcontractor."""

    code: str
    label: Promise
    who: tuple[str, ...] = ()
    by_month: bool = False
    only_construction: bool = False


ALL, UPPER, LOWER = ("建", "总", "分"), ("建", "总"), ("总", "分")
PAPERS = (
    Paper("licence", _("营业执照复印件"), ALL),
    Paper("representative", _("法定代表人（负责人）身份证复印件"), ALL),
    Paper("power", _("授权委托书和受托人身份证复印件"), ALL),
    Paper("roster", _("劳动者花名册和用工管理台账"), LOWER),
    Paper("contracts", _("劳动合同或者书面用工协议"), LOWER),
    Paper("wages", _("工资支付表"), LOWER, by_month=True),
    Paper("attendance", _("考勤记录"), LOWER, by_month=True),
    Paper("rules", _("劳动规章制度"), ("分",)),
    Paper("insurance", _("工伤保险参保证明"), UPPER),
    Paper("to_main", _("向总承包单位拨付人工费用的凭证"), ("建",), only_construction=True),
    Paper("to_sub", _("向分包单位拨付人工费用的凭证"), ("总",), only_construction=True),
    Paper("deposit", _("工资保证金存储资料"), LOWER, only_construction=True),
    Paper("account", _("农民工工资专用账户资料"), LOWER, only_construction=True),
    Paper("agreement", _("与承包人、班组长签订的书面协议"), ("分",), only_construction=True),
)
USUALLY_ASKED = ("licence", "representative", "power", "roster", "contracts", "wages", "attendance")


class HourField(SpokenCharField):
    """A time of the day typed as 9:30 or 930; the cleaned value is 9时30分."""

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        return spoken_hour(value) if value else ""


def spoken_hour(text: str) -> str:
    """9时30分 for 9:30, 09：30, 930 or 9时30分. ValidationError when there is no such time."""
    match = re.fullmatch(r"(\d{1,2}?)\s*[:：时点.]?\s*(\d{2})?分?", text.strip())
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return f"{int(match[1])}时{int(match[2] or 0)}分"
    raise ValidationError(_("时间看不懂，可写9:30"))


class InquiryForm(FactsForm):
    """When and where the employer is to appear, and which papers to bring."""

    fits_many = True

    appear_on = DayField(label=_("到场日期"))
    appear_at = HourField(label=_("到场时间"), max_length=10)
    place = SpokenCharField(label=_("到场地点"), max_length=120)
    papers = forms.MultipleChoiceField(
        label=_("要携带的材料"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("还没选要携带的材料")},
    )
    other = TextField(label=_("其他材料"), max_length=200, required=False)

    def prepare(self) -> None:
        papers, usual = self.fields["papers"], effective_rule(d.ANSWER_ENQUIRY.code).period
        assert isinstance(papers, forms.MultipleChoiceField)
        assert usual is not None
        offered = [paper for paper in PAPERS if self.case.project_id or not paper.only_construction]
        papers.choices = [(paper.code, paper.label) for paper in offered]
        papers.initial = list(USUALLY_ASKED)
        summoned_on = current_calendar().nth_working_day(timezone.localdate(), usual.length)
        self.fields["appear_on"].initial = summoned_on
        self.fields["appear_at"].initial = "9:30"
        self.fields["place"].initial = self.case.agency.address

    def clean_appear_on(self):
        day = self.cleaned_data["appear_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("到场日期要晚于今天"))
        return day


# D12


class HoursField(SpokenCharField):
    """From when to when, typed as 9:30-10:20; the cleaned value is both in words."""

    def clean(self, value: Any) -> tuple[str, str] | None:
        value = super().clean(value)
        if not value:
            return None
        parts = re.split(r"\s*(?:-|—|－|~|至|到)+\s*", value.strip())
        if len(parts) != 2:
            raise ValidationError(_("起止时间看不懂，可写9:30-10:20"))
        return spoken_hour(parts[0]), spoken_hour(parts[1])


class InterviewForm(FactsForm):
    """Who is asked, when and where; what was said can be typed or is left for the pen."""

    worker = forms.ModelChoiceField(
        label=_("被询问的劳动者"),
        queryset=Party.objects.none(),
        required=False,
        empty_label=_("不是本案劳动者"),
    )
    name = NameField(label=_("其他被询问人的姓名"), max_length=60, required=False)
    post = SpokenCharField(label=_("单位和职务"), max_length=80, required=False)
    asked_on = DayField(label=_("询问日期"))
    hours = HoursField(
        label=_("起止时间"), max_length=20, required=False, help_text=_("如9:30-10:20；不填的手写")
    )
    place = SpokenCharField(label=_("询问地点"), max_length=120)
    content = TextField(
        label=_("问答内容"),
        max_length=6000,
        required=False,
        help_text=_("一行一段，以“问：”“答：”开头；不填的留出手写的行"),
    )

    def prepare(self) -> None:
        field = self.fields["worker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = self.case.parties.filter(role=PartyRole.WORKER).select_related("person")
        self.fields["asked_on"].initial = timezone.localdate()
        self.fields["place"].initial = self.case.agency.address

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "name" in data and bool(data.get("worker")) == bool(data["name"]):
            self.add_error("name", _("选一名劳动者，或填其他被询问人的姓名，只填一处"))
        return data


# D19


class RecheckForm(FactsForm):
    """When and where it was checked whether the order was performed, and what was found."""

    checked_on = DayField(label=_("复查日期"), past_only=True)
    place = SpokenCharField(label=_("复查地点"), max_length=120)
    findings = TextField(label=_("复查情况"), max_length=1000)

    def prepare(self) -> None:
        self.fields["checked_on"].initial = timezone.localdate()
