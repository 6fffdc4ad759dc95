"""What people type about time limits and about the calendar."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from calendars import catalogue, services
from calendars.clock import Clock, ClockError, Pause
from calendars.enquiry import Enquiry, is_by_the_clock, known_parts
from calendars.official_years import Break, entries
from calendars.working_days import DayEntry, statutory_days

DAY_FORMATS = ["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"]
TIME_FORMATS = ["%H:%M", "%H：%M", "%H%M"]
DAY_TEXT = r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?"
FAMILIES = {
    "T": _("欠薪投诉"),
    "TASK": _("协办"),
    "MED": _("调解"),
    "ARB": _("仲裁"),
    "AFT": _("裁决以后"),
    "LIM": _("仲裁时效"),
    "PRI": _("快速通道"),
    "LA": _("法律援助"),
}


def rule_choices() -> list[tuple[str, Any]]:
    """Every rule of the catalogue by its code, in groups."""
    groups: list[tuple[str, Any]] = [("", _("请选择"))]
    for family, rules in known_parts():
        groups.append(
            (FAMILIES.get(family, family), [(rule.code, f"{rule.code} {rule.label}") for rule in rules])
        )
    return groups


def typed_day(text: str) -> date:
    """The day of 2026-04-10, 20260410 or 2026年4月10日. ValidationError with a sentence."""
    match = re.fullmatch(DAY_TEXT, text.strip())
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
    raise forms.ValidationError(
        _t("日期看不懂：“%(text)s”，可写2026-04-10或者20260410"), params={"text": text.strip()}
    )


class CalculatorForm(forms.Form):
    """A question to the calculator; `enquiry` is the answerable form of it."""

    rule = forms.ChoiceField(
        label=_("期限"), choices=rule_choices, error_messages={"required": _("还没选期限")}
    )
    start = forms.DateField(
        label=_("起算日"),
        input_formats=DAY_FORMATS,
        help_text=_("事情发生的那一天，当天不计"),
        error_messages={
            "required": _("还没填起算日"),
            "invalid": _("日期看不懂，可写20261123或者2026-11-23"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    at = forms.TimeField(
        label=_("几点"),
        required=False,
        input_formats=TIME_FORMATS,
        help_text=_("只用于按小时计算的期限；不填从零点起算"),
        error_messages={"invalid": _("时间看不懂，可写14:30")},
        widget=forms.TextInput,
    )
    pauses = forms.CharField(
        label=_("中止"),
        required=False,
        help_text=_("每行一段：中止日 恢复日，例如 2026-04-10 2026-06-01"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    extend = forms.IntegerField(
        label=_("延长"),
        required=False,
        min_value=0,
        max_value=9999,
        help_text=_("批准延长的数量，单位和期限相同"),
        error_messages={"invalid": _("延长要填整数")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    restart = forms.DateField(
        label=_("重新起算日"),
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": _("日期看不懂，可写20261123或者2026-11-23")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    official_only = forms.BooleanField(label=_("只按已公布的放假安排计算"), required=False)

    def clean_pauses(self) -> tuple[Pause, ...]:
        return tuple(_typed_pause(line) for line in self.cleaned_data["pauses"].splitlines() if line.strip())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                data["enquiry"] = self._enquiry(data)
            except ClockError as error:
                raise forms.ValidationError(str(error)) from error
        return data

    def _enquiry(self, data: dict[str, Any]) -> Enquiry:
        rule = services.effective_rule(data["rule"])
        start: date | datetime = data["start"]
        if is_by_the_clock(rule) and data["at"]:
            start = datetime.combine(start, data["at"])
        clock = Clock(
            rule=rule,
            start=start,
            pauses=data["pauses"],
            extended_by=data["extend"] or 0,
            restart_on=data["restart"],
        )
        return Enquiry(catalogue.rule(data["rule"]).code, rule, clock, data["official_only"])


def _typed_pause(line: str) -> Pause:
    days = re.findall(DAY_TEXT, line)
    if len(days) != 2:
        raise forms.ValidationError(
            _t("中止一行写两个日期：中止日 恢复日；现在是“%(line)s”"), params={"line": line.strip()}
        )
    try:
        first, resumed = (date(*map(int, day)) for day in days)
        return Pause(first, resumed)
    except ClockError as error:
        raise forms.ValidationError(str(error)) from error
    except ValueError as error:
        raise forms.ValidationError(_t("没有这一天：“%(line)s”"), params={"line": line.strip()}) from error


class YearForm(forms.Form):
    """The arrangement of one year as the State Council's notice states it."""

    off = forms.CharField(
        label=_("放假"),
        help_text=_("每行一个节日：节日 第一天 最后一天，例如 春节 2026-02-15 2026-02-23"),
        error_messages={"required": _("还没填放假的日子")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    worked = forms.CharField(
        label=_("调休上班"),
        required=False,
        help_text=_("每行一天：日期 节日，例如 2026-02-14 春节"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    official = forms.BooleanField(
        label=_("以上是国务院办公厅公布的全年安排"),
        required=False,
        help_text=_("没有公布的年份，算到的日期都标明预计"),
    )
    reason = forms.CharField(
        label=_("依据和理由"),
        max_length=200,
        help_text=_("例如 国务院办公厅关于2027年部分节假日安排的通知"),
        error_messages={"required": _("还没填依据和理由")},
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, year: int, official_years: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.official_years = official_years

    def clean_off(self) -> tuple[Break, ...]:
        return tuple(self._break(line) for line in _lines(self.cleaned_data["off"]))

    def clean_worked(self) -> tuple[Break, ...]:
        return tuple(self._worked_day(line) for line in _lines(self.cleaned_data["worked"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        off, worked = entries(data["off"]), entries(data["worked"])
        if both := sorted(off.keys() & worked.keys()):
            raise forms.ValidationError(_t("%(day)s既放假又上班，核对一下"), params={"day": both[0]})
        if data["official"] and (missing := self._statutory_day_not_off(off)):
            raise forms.ValidationError(_t("%(day)s是法定节假日，没有写进放假"), params={"day": missing})
        if not data["official"] and self.official_years - {self.year} == frozenset():
            raise forms.ValidationError(_t("至少要有一年是已公布的安排"))
        if (
            not data["official"]
            and self.year in self.official_years
            and self.year != max(self.official_years)
        ):
            raise forms.ValidationError(_t("只有最后一年可以改为未公布"))
        data["days"] = off | worked
        return data

    @staticmethod
    def conflict() -> forms.ValidationError:
        """What is said when somebody else saved in between."""
        return forms.ValidationError(_("你打开之后，有人改过日历；重新打开，核对以后再保存"), code="conflict")

    def _statutory_day_not_off(self, off: dict[date, DayEntry]) -> date | None:
        return next((day for day in statutory_days(self.year) if day not in off), None)

    def _break(self, line: str) -> Break:
        days = [self._in_year(typed_day("-".join(found))) for found in re.findall(DAY_TEXT, line)]
        name = _name(line)
        if not name or len(days) not in (1, 2):
            raise forms.ValidationError(
                _t("放假一行写节日和起止日期，例如 春节 2026-02-15 2026-02-23；现在是“%(line)s”"),
                params={"line": line},
            )
        first, last = days[0], days[-1]
        if not timedelta() <= last - first <= timedelta(days=30):
            raise forms.ValidationError(_t("“%(line)s”的起止日期不对，核对一下"), params={"line": line})
        return Break(name, first, last)

    def _worked_day(self, line: str) -> Break:
        days = [self._in_year(typed_day("-".join(found))) for found in re.findall(DAY_TEXT, line)]
        if len(days) != 1:
            raise forms.ValidationError(
                _t("调休上班一行写一天，例如 2026-02-14 春节；现在是“%(line)s”"), params={"line": line}
            )
        day = days[0]
        if day.weekday() < 5:
            raise forms.ValidationError(_t("%(day)s不是周末，本来就上班"), params={"day": day})
        return Break(_name(line) or _t("调休"), day + timedelta(days=1), day, (day,))

    def _in_year(self, day: date) -> date:
        if day.year != self.year:
            raise forms.ValidationError(_t("%(day)s不在%(year)s年"), params={"day": day, "year": self.year})
        return day


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _name(line: str) -> str:
    return re.sub(r"[\s\-~—–至到:：,，（）()]+", "", re.sub(DAY_TEXT, "", line))[:40]


def year_initial(year: int) -> dict[str, Any]:
    """The form's first values: the year as it is now."""
    calendar = services.current_calendar()
    days = {day: entry for day, entry in sorted(calendar.days.items()) if day.year == year}
    off: list[list[Any]] = []
    for day, entry in days.items():
        if entry.kind.value == "workday":
            continue
        if off and off[-1][0] == entry.name and day - off[-1][2] == timedelta(days=1):
            off[-1][2] = day
        else:
            off.append([entry.name, day, day])
    return {
        "off": "\n".join(f"{name} {first} {last}" for name, first, last in off),
        "worked": "\n".join(
            f"{day} {entry.name}" for day, entry in days.items() if entry.kind.value == "workday"
        ),
        "official": year in calendar.official_years or year == timezone.localdate().year + 1,
        "expected_version": calendar.version,
    }
