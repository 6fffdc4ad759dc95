"""What the pages of clues ask for, read as people type it; the import reads its columns through the same form."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.code_lists import choices, chooser, every_choice, label
from agencies.models import Town, User
from agencies.rights import Role
from cases import days, identity, names
from cases.forms import (
    ChosenField,
    FactsForm,
    MoneyField,
    MonthField,
    NameField,
    PhoneField,
    SpokenCharField,
    StaffField,
    TestField,
    TextField,
)
from cases.identity import InvalidValue
from cases.models import Case
from inspection.states import Channel

EMPTY_CHOICE = [("", "")]
OLDEST_RECEIPT = timedelta(days=180)
LONGEST_EXTENSION = 60  # working days; more was mistyped

# Channels that give every item a number of their own; without it the same item could come in twice.
NUMBERED = (Channel.NATIONAL, Channel.CITY, Channel.H12345, Channel.H12333)


class Verdict(models.TextChoices):
    """How a clue was found to be; a list the district may change."""

    PAID = "paid", _("属实已支付")
    IN_HAND = "in_hand", _("属实正在处理（已立案）")
    PARTLY = "partly", _("部分属实")
    UNTRUE = "untrue", _("不属实")
    DISPUTE = "dispute", _("属劳动争议，引导仲裁")
    NOT_WAGES = "not_wages", _("非工资（工程款、材料款）")
    ELSEWHERE = "elsewhere", _("非本辖区，转办")
    REPEATED = "repeated", _("重复")
    UNREACHABLE = "unreachable", _("无法联系")
    RETRACTED = "retracted", _("反映人撤回")


# The verdicts of a clue that belongs to a case which is there already.
WITH_A_CASE = (Verdict.IN_HAND, Verdict.REPEATED, Verdict.PAID)


class ContactMethod(models.TextChoices):
    """How somebody tried to reach the person."""

    PHONE = "phone", _("电话")
    VISIT = "visit", _("上门或到工地")
    AT_WINDOW = "window", _("来窗口")
    MESSAGE = "message", _("短信或平台留言")


class MomentField(SpokenCharField):
    """A day, with the time if it is known: 1123 9:30, 2026-11-23 09:30, 今天. Without a time: 9:00, or now today."""

    OPENING = time(9)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "text", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value
        typed = super().clean(value).replace("T", " ").replace("：", ":").replace("／", "/")
        if not typed:
            return None
        now = timezone.localtime()
        day_text, clock_text = self._parts(typed)
        try:
            day = days.parse_day(day_text, now.date())
        except ValueError as error:
            raise ValidationError(str(error)) from error
        moment = timezone.make_aware(datetime.combine(day, self._time(clock_text)))
        if not clock_text and day == now.date():
            moment = now.replace(second=0, microsecond=0)
        if moment > now:
            raise ValidationError(_("%(label)s不能晚于现在") % {"label": self.label})
        if day < now.date() - OLDEST_RECEIPT:
            raise ValidationError(_("%(label)s离今天太远，核对年份") % {"label": self.label})
        return moment

    @staticmethod
    def _parts(typed: str) -> tuple[str, str]:
        """The day and the time; a time is what holds a colon."""
        head, _space, tail = typed.rpartition(" ")
        return (head, tail) if ":" in tail else (typed, "")

    def _time(self, text: str) -> time:
        if not text:
            return self.OPENING
        numbers = text.split(":")
        try:
            return time(*(int(number) for number in numbers[:2]))
        except ValueError:
            raise ValidationError(_("时间看不懂，可写9:30")) from None


class YesNoBox(forms.BooleanField):
    """A box to tick that never has to be."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class ClueForm(forms.Form):
    """A clue on one page of twenty fields."""

    use_required_attribute = False

    channel = ChosenField(label=_("来源"), choices=chooser("channel", blank=True))
    external_no = SpokenCharField(label=_("外部编号"), max_length=60, required=False)
    received_at = MomentField(label=_("收到时间"))
    dispatched_at = MomentField(
        label=_("派发时间"), required=False, help_text=_("平台派到区里的时间，期限从这天起算；不填按收到时间")
    )
    reporter_name = NameField(label=_("反映人"), max_length=200, required=False)
    reporter_phone = PhoneField(label=_("反映人电话"), max_length=60, required=False)
    reporter_id_number = SpokenCharField(
        label=_("反映人证件号码"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-device": "id"}),
    )
    employer_name = SpokenCharField(label=_("用人单位"), max_length=120, required=False)
    site = SpokenCharField(label=_("工程项目或地点"), max_length=160, required=False)
    town = forms.ModelChoiceField(
        label=_("用工镇街"), queryset=Town.objects.in_use(), required=False, empty_label=""
    )
    amount = MoneyField(label=_("反映金额"), max_length=40, required=False)
    worker_count = forms.IntegerField(
        label=_("涉及人数"), min_value=1, max_value=100_000, initial=1, required=False
    )
    job = SpokenCharField(label=_("工种"), max_length=40, required=False)
    from_month = MonthField(label=_("欠薪起始月"), max_length=20, required=False)
    to_month = MonthField(label=_("欠薪截止月"), max_length=20, required=False)
    handler = StaffField(label=_("核查人"), queryset=User.objects.none(), required=False, empty_label="")
    content = TextField(label=_("反映内容"), max_length=4000)
    is_public_project = YesNoBox(label=_("政府或国企项目"))
    threatens_harm = YesNoBox(label=_("扬言自残、跳楼等极端行为"))
    threatens_blocking = YesNoBox(label=_("堵路、堵门、集体上访"))

    def __init__(self, *args: Any, by: User | None = None, clue: Any = None, **kwargs: Any) -> None:
        """``clue`` is the one being corrected: its numbers of persons are not shown, and stay when left empty."""
        if clue is not None:
            kwargs["initial"] = initial_of(clue)
        super().__init__(*args, **kwargs)
        self.clue = clue
        self.fields["received_at"].initial = lambda: timezone.now()
        self.fields["town"].error_messages["invalid_choice"] = _("用工镇街不在列表里，重新选")
        count = self.fields["worker_count"]
        count.error_messages |= {
            "invalid": _("涉及人数要写数字，如12"),
            "min_value": _("涉及人数至少是1"),
            "max_value": _("涉及人数太多，核对一下"),
        }
        if by is not None:
            self.fields["handler"].queryset = officers_of(by)  # type: ignore[attr-defined]
        for name, mask in SEALED.items():
            if kept := getattr(clue, name, ""):
                self.fields[name].help_text = _("已填%(masked)s，不改就留空") % {"masked": mask(kept)}

    def clean_worker_count(self) -> int:
        return self.cleaned_data["worker_count"] or 1

    def clean_reporter_id_number(self) -> str:
        typed = self.cleaned_data["reporter_id_number"]
        try:
            return identity.check_id_number(typed).number if typed else ""
        except InvalidValue as error:
            raise ValidationError(error.sentence(gettext)) from error

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("channel") in NUMBERED and not data.get("external_no") and "external_no" in data:
            self.add_error("external_no", _("这个来源的线索要填外部编号，照平台或工单上的编号填"))
        received, sent = data.get("received_at"), data.get("dispatched_at")
        if received and sent and sent > received:
            self.add_error("dispatched_at", _("派发时间晚于收到时间，核对这两个时间"))
        self._check_months(data)
        return data

    def _check_months(self, data: dict[str, Any]) -> None:
        first, last = data.get("from_month"), data.get("to_month")
        if first and last and last < first:
            self.add_error("to_month", _("截止月早于起始月"))
        elif last and last > f"{timezone.localdate():%Y-%m}":
            self.add_error("to_month", _("截止月不能晚于本月"))

    def values(self) -> dict[str, Any]:
        """Column values in their stored form."""
        data = dict(self.cleaned_data)
        data["amount_fen"] = data.pop("amount")
        kept = [name for name in SEALED if self.clue is not None and not data[name]]
        return {name: value for name, value in data.items() if name not in kept}

    def text_of(self, name: str, value: Any) -> str:
        """The value in words, for the two columns of a conflict."""
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return gettext("是") if value else gettext("否")
        if isinstance(field, forms.ModelChoiceField):
            found = field.queryset.filter(pk=value).first() if str(value or "").isdecimal() else None
            return str(found or "")
        words = dict(getattr(field, "choices", None) or [])
        return str(words.get(value, field.prepare_value(value) or ""))


# Numbers of persons, and how they are shown.
SEALED = {"reporter_phone": names.mask_phone, "reporter_id_number": names.mask_id}


def initial_of(clue: Any) -> dict[str, Any]:
    """The form's values for a clue as it stands, but for the numbers of persons."""
    named = [name for name in ClueForm.base_fields if name not in SEALED and name != "amount"]
    values = {name: getattr(clue, name) for name in named}
    return values | {"amount": clue.amount_fen, "town": clue.town_id, "handler": clue.handler_id}


def officers_of(by: User) -> Any:
    """Who may look into a clue: window clerks and inspectors of the office."""
    roles = [Role.WINDOW, Role.INSPECTOR]
    return User.objects.filter(agency_id=by.agency_id, role__in=roles, is_active=True)


# Steps


class VerdictForm(FactsForm):
    verdict = ChosenField(label=_("核处结论"), choices=chooser("verdict", blank=True))
    transferred_to = SpokenCharField(
        label=_("转办单位"), max_length=120, required=False, help_text=_("结论是“非本辖区，转办”时填")
    )
    result = TextField(label=_("核处情况"), max_length=1000)
    reply = TextField(
        label=_("答复平台"), max_length=1000, required=False, help_text=_("回填平台的话；不填就用核处情况")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("verdict") == Verdict.ELSEWHERE and not data.get("transferred_to"):
            self.add_error("transferred_to", _("写明转给哪个单位"))
        return data


class TransferForm(FactsForm):
    transferred_to = SpokenCharField(label=_("转办单位"), max_length=120)
    result = TextField(label=_("告知反映人的情况"), max_length=1000)
    reply = TextField(label=_("答复平台"), max_length=1000, required=False)


class ContactForm(FactsForm):
    at = MomentField(label=_("联系时间"))
    method = ChosenField(label=_("联系方式"), choices=ContactMethod.choices, initial=ContactMethod.PHONE)
    reached = TestField(label=_("联系上了"))
    result = TextField(label=_("联系结果"), max_length=500)

    def prepare(self) -> None:
        self.fields["at"].initial = lambda: timezone.now()

    def clean_at(self) -> datetime:
        """Not before the clue came in: it could not have been about this clue."""
        at = self.cleaned_data["at"]
        arrived = self.case.dispatched_at or self.case.received_at
        if timezone.localdate(at) < timezone.localdate(arrived):
            raise ValidationError(_("联系时间早于线索派发的日子，核对一下"))
        return at


class ExtensionForm(FactsForm):
    days = forms.IntegerField(label=_("延长（工作日）"), min_value=1, max_value=LONGEST_EXTENSION, initial=5)
    approval = SpokenCharField(
        label=_("批准依据"),
        max_length=120,
        required=False,
        help_text=_("平台或热线批准的单号；本单位审批的不填"),
    )
    reason = TextField(label=_("延期理由"), max_length=500)

    def prepare(self) -> None:
        self.fields["days"].error_messages |= {
            "required": _("还没填延长几个工作日"),
            "invalid": _("延长几个工作日要写数字，如5"),
            "min_value": _("至少延长1个工作日"),
            "max_value": _("延长的工作日太多，核对一下"),
        }


class ReportForm(FactsForm):
    told = SpokenCharField(label=_("向谁报告"), max_length=120)
    how = TextField(label=_("报告的情况和要求"), max_length=500)


class JoinForm(FactsForm):
    number = SpokenCharField(
        label=_("案号或登记号"), max_length=60, help_text=_("写全号，如铜人社监案〔2026〕12号，也可以只写12")
    )
    verdict = ChosenField(
        label=_("核处结论"),
        choices=lambda: [row for row in choices("verdict") if row[0] in WITH_A_CASE],
        initial=Verdict.IN_HAND,
    )
    result = TextField(label=_("核处情况"), max_length=1000)

    def clean_number(self) -> str:
        """The number names exactly one case of the person's agency; the case itself is ``complaint``."""
        typed = self.cleaned_data["number"]
        found = list(self._cases(typed)[:2])
        if not found:
            raise ValidationError(_("没有这个号的案件，对照案件页上的登记号或案号再填"))
        if len(found) > 1:
            raise ValidationError(_("这个号对应几件案子，写全登记号或案号"))
        self.complaint = found[0]
        return typed

    def _cases(self, typed: str) -> Any:
        seen = Case.objects.readable_by(self.by).filter(agency_id=self.case.agency_id).order_by("pk")
        number = identity.normalise_number(typed)
        whole = seen.filter(models.Q(case_no=number) | models.Q(receipt_no=number))
        if "〔" in number:
            return whole
        wanted = models.Q(pk__in=[])
        for fragment in identity.number_fragments(typed):
            wanted |= models.Q(case_no__endswith=fragment) | models.Q(receipt_no__endswith=fragment)
        return seen.filter(wanted)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        return data | {"complaint": getattr(self, "complaint", None)}


# The list


class ClueFilter(forms.Form):
    """What the list is narrowed to. A value that cannot be read narrows nothing."""

    use_required_attribute = False

    channel = forms.ChoiceField(
        label=_("来源"), choices=lambda: [("", _("全部来源")), *every_choice("channel")], required=False
    )
    town = forms.ModelChoiceField(
        label=_("用工镇街"), queryset=Town.objects.all(), required=False, empty_label=_("全部镇街")
    )
    hot = YesNoBox(label=_("紧急线索"))

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.is_valid()

    def apply(self, clues: Any) -> Any:
        """The clues that match what was chosen."""
        chosen = self.cleaned_data
        if chosen.get("channel"):
            clues = clues.filter(channel=chosen["channel"])
        if chosen.get("town"):
            clues = clues.filter(town=chosen["town"])
        if chosen.get("hot"):
            clues = clues.filter(hot_at__isnull=False)
        return clues

    @property
    def chips(self) -> list[str]:
        """What is chosen, in words."""
        chosen, found = self.cleaned_data, []
        if chosen.get("channel"):
            found.append(f"{self.fields['channel'].label} {label('channel', chosen['channel'])}")
        if chosen.get("town"):
            found.append(f"{self.fields['town'].label} {chosen['town']}")
        if chosen.get("hot"):
            found.append(str(self.fields["hot"].label))
        return found
