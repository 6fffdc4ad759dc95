"""The period and the definition of a page of figures as they stand in the address; the change of the definition."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms import DayField, TextField
from reports.definitions import SHARES, Indicator
from reports.headline import BY_ID
from reports.periods import Period, PeriodError, month_to_date, period, quarter_to_date, year_to_date

YEAR, QUARTER, MONTH, CUSTOM = "year", "quarter", "month", "custom"
CHOICES = ((YEAR, _("本年累计")), (QUARTER, _("本季")), (MONTH, _("本月")), (CUSTOM, _("自选")))
STARTS = {YEAR: year_to_date, QUARTER: quarter_to_date, MONTH: month_to_date}


class PeriodForm(forms.Form):
    """本年累计 unless the address says otherwise; ``chosen`` is the period, once the form is valid."""

    use_required_attribute = False

    period = forms.ChoiceField(label=_("期间"), choices=CHOICES, required=False)
    from_on = DayField(label=_("开始日期"), required=False)
    as_of = DayField(label=_("截止日期"), required=False)
    basis = forms.ChoiceField(
        label=_("口径"), choices=[(each.id, each.label) for each in SHARES], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].error_messages["invalid_choice"] = _(
            "期间里没有这一项，选本年累计、本季、本月或自选"
        )
        self.fields["basis"].error_messages["invalid_choice"] = _("口径里没有这一项，选K1、K2或K3")

    @classmethod
    def filled(cls, chosen: Period) -> "PeriodForm":
        """The form as it stands when just that period was typed."""
        return cls({"period": CUSTOM, "from_on": str(chosen.from_on), "as_of": str(chosen.as_of)})

    @property
    def choice(self) -> str:
        """Which of the four is chosen."""
        return (self.cleaned_data.get("period") if self.is_valid() else "") or YEAR

    @property
    def basis_asked(self) -> Indicator | None:
        """The definition that the address asks for; only after the form was found valid."""
        return BY_ID.get(self.cleaned_data["basis"])

    def chosen(self) -> Period:
        """The period; only after the form was found valid."""
        return self.cleaned_data["chosen"]

    def clean(self) -> dict[str, Any]:
        given, today = self.cleaned_data, timezone.localdate()
        if given.get("period") != CUSTOM:
            start = STARTS[given.get("period") or YEAR]
            return {**given, "chosen": Period(start(today), today)}
        for name in ("from_on", "as_of"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("还没填%(label)s") % {"label": self.fields[name].label})
        if self.errors:
            return given
        return {**given, "chosen": self._checked(given["from_on"], given["as_of"], today)}

    def _checked(self, from_on: date, as_of: date, today: date) -> Period | None:
        try:
            return period(from_on, as_of, today=today)
        except PeriodError as error:
            self.add_error("as_of", str(error))
            return None


class DefinitionForm(forms.Form):
    """Another definition to report by, with the reason."""

    use_required_attribute = False

    new = forms.ChoiceField(
        label=_("报送口径"),
        choices=[(each.id, each.id) for each in SHARES],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("还没选报送口径"),
            "invalid_choice": _("口径里没有这一项，选K1、K2或K3"),
        },
    )
    reason = TextField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].choices = [  # type: ignore[attr-defined]
            (each.id, f"{each.id} {each.label}（{each.basis}）") for each in SHARES
        ]

    @property
    def chosen(self) -> Indicator:
        """The definition; only after the form was found valid."""
        return BY_ID[self.cleaned_data["new"]]
