"""The period of a page of figures, as it stands in the address."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms import DayField
from reports.periods import Period, PeriodError, month_to_date, period, year_to_date

YEAR, MONTH, CUSTOM = "year", "month", "custom"
CHOICES = ((YEAR, _("本年累计")), (MONTH, _("本月")), (CUSTOM, _("自定义")))


class PeriodForm(forms.Form):
    """本年累计 unless the address says otherwise; ``period`` is what was chosen, once the form is valid."""

    use_required_attribute = False

    period = forms.ChoiceField(label=_("期间"), choices=CHOICES, required=False)
    from_on = DayField(label=_("开始日期"), required=False)
    as_of = DayField(label=_("截止日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].error_messages["invalid_choice"] = _(
            "期间里没有这一项，选本年累计、本月或自定义"
        )

    @classmethod
    def filled(cls, chosen: Period) -> "PeriodForm":
        """The form as it stands when just that period was typed."""
        return cls({"period": CUSTOM, "from_on": str(chosen.from_on), "as_of": str(chosen.as_of)})

    @property
    def choice(self) -> str:
        """Which of the three is chosen."""
        return (self.cleaned_data.get("period") if self.is_valid() else "") or YEAR

    def chosen(self) -> Period:
        """The period; only after the form was found valid."""
        return self.cleaned_data["chosen"]

    def clean(self) -> dict[str, Any]:
        given, today = self.cleaned_data, timezone.localdate()
        if given.get("period") != CUSTOM:
            start = month_to_date(today) if given.get("period") == MONTH else year_to_date(today)
            return {**given, "chosen": Period(start, today)}
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
