"""A new length for a time limit that the law leaves open."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from calendars.forms import DAY_FORMATS
from calendars.models import UnitChoice
from calendars.rules import Direction, Period, Rule, Unit

LONGEST = 999
LATEST_YEARS = 5


def _day(label: Any, missing: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=DAY_FORMATS,
        error_messages={"required": missing, "invalid": _("日期看不懂，可写20261123或者2026-11-23")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        **options,
    )


class RuleForm(forms.Form):
    """Length, kind of days, from when, why; and the day with which the example is reckoned."""

    use_required_attribute = False

    length = forms.IntegerField(
        label=_("长度"),
        max_value=LONGEST,
        error_messages={
            "required": _("还没填长度"),
            "invalid": _("长度要填整数，例如10"),
            "max_value": _("长度最多填999，核对一下"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(label=_("单位"), error_messages={"required": _("还没选单位")})
    valid_from = _day(_("生效日期"), _("还没填生效日期"), help_text=_("从这一天起按新的算；正在计时的也重算"))
    reason = forms.CharField(
        label=_("依据和理由"),
        max_length=200,
        help_text=_("例如 市平台2026年12月通知，办理期限改为10个工作日"),
        error_messages={"required": _("还没填依据和理由"), "max_length": _("依据和理由最多写200个字")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    example = _day(_("假设起算日"), _("还没填假设起算日"), help_text=_("只用于试算，当天不计"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    checked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data: Any = None, *, rule: Rule, saving: bool = True, **options: Any) -> None:
        """``saving``: whether a reason is asked for, which a mere example does not need."""
        super().__init__(data, **options)
        self.rule = rule
        self.fields["reason"].required = saving
        units = _units(rule)
        self.fields["unit"].choices = [(unit, UnitChoice(unit).label) for unit in units]  # type: ignore[attr-defined]
        self.fields["unit"].error_messages["invalid_choice"] = _("这条期限只能选列出的单位")
        if not rule.configurable:
            self.fields["length"].disabled = True
            self.fields["length"].help_text = _("长度由法律规定，只能改怎么数天")

    def clean_length(self) -> int:
        """Nought means the very day, which only a rule may say that says so now."""
        length: int = self.cleaned_data["length"]
        least = 0 if self.rule.period and self.rule.period.length == 0 else 1
        if length < least:
            raise forms.ValidationError(
                _t("长度至少是%(n)d，现在是%(typed)d") % {"n": least, "typed": length}
            )
        return length

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_t("生效日期不能早于今天；过去的日子已经按当时的规则算过了"))
        if day.year > today.year + LATEST_YEARS:
            raise forms.ValidationError(_t("生效日期离今天太远，核对年份"))
        return day

    @property
    def is_reckonable(self) -> bool:
        """Whether everything that the example needs could be read."""
        return not {"length", "unit", "valid_from", "example"} & set(self.errors)

    def refuse(self, field: str | None, sentence: str) -> None:
        """Why it cannot be reckoned; said of what was typed only."""
        if self.is_bound:
            self.add_error(field, sentence)

    @staticmethod
    def conflict() -> forms.ValidationError:
        """What is said when somebody else set the rule in between."""
        return forms.ValidationError(
            _t("你打开之后，有人改过这条规则；看下面的修改记录，重新打开再改"), code="conflict"
        )

    @property
    def period(self) -> Period:
        """The length that was typed."""
        return Period(self.cleaned_data["length"], Unit(self.cleaned_data["unit"]))

    @property
    def digest(self) -> str:
        """What was typed of the setting itself, to see whether it was reckoned before it is saved."""
        data = self.cleaned_data
        return f"{data['length']} {data['unit']} {data['valid_from']}"


def _units(rule: Rule) -> list[Unit]:
    """In what the rule may be counted: backward in working days only, hours where it is in hours now."""
    now = rule.period.unit if rule.period else Unit.WORKING_DAYS
    if rule.direction is Direction.BACKWARD or not rule.unit_configurable:
        return [now]
    if now is Unit.HOURS:
        return [Unit.HOURS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]
    if rule.configurable:
        return [Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS]
    return [Unit.WORKING_DAYS, Unit.CALENDAR_DAYS]
