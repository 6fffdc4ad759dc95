"""What the mediator types on the table: the round as a whole, and a line for every worker."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arbitration.mediation.arithmetic import MOST_INSTALMENTS, Part
from arbitration.mediation.rounds import Bid, Proposal
from arbitration.mediation.states import OfferKind, ProposedBy
from arbitration.mediation.workspace import Row
from calendars.services import current_calendar
from cases import money
from cases.forms import ChosenField, DayField, TextField, about, gettext_noop
from cases.identity import InvalidValue

PERCENT = 90
PAY_WITHIN = timedelta(days=15)


class PercentField(forms.IntegerField):
    """Whole hundredths from 1 to 100."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=100, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        for code in ("invalid", "min_value", "max_value"):
            self.error_messages[code] = about(gettext_noop("%(label)s写1到100的整数"), self.label)
        self.error_messages["required"] = about(gettext_noop("还没填%(label)s"), self.label)


class RoundForm(forms.Form):
    """The round: who proposes it, the percentage of a discount, the day, the days and parts of instalments."""

    use_required_attribute = False

    proposed_by = ChosenField(label=_("谁提的方案"), choices=ProposedBy.choices, initial=ProposedBy.MEDIATOR)
    percent = PercentField(label=_("打折比例"), initial=PERCENT)
    pay_on = DayField(label=_("一次付清的日期"))
    note = TextField(label=_("说明"), max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["pay_on"].initial = current_calendar().roll(today + PAY_WITHIN)
        for n in range(1, MOST_INSTALMENTS + 1):
            self.fields[f"day_{n}"] = DayField(label=_("第%(n)d期日期") % {"n": n}, required=False)
            self.fields[f"part_{n}"] = PercentField(label=_("第%(n)d期比例") % {"n": n}, required=False)

    @property
    def instalments(self) -> list[tuple[int, Any, Any]]:
        """The fields of the instalments, pair by pair, for the page."""
        return [(n, self[f"day_{n}"], self[f"part_{n}"]) for n in range(1, MOST_INSTALMENTS + 1)]

    def clean_pay_on(self) -> date:
        return self._not_past(self.cleaned_data["pay_on"])

    @staticmethod
    def _not_past(day: date) -> date:
        if day < timezone.localdate() - timedelta(days=30):
            raise ValidationError(_("支付日期早于今天一个月以上，核对年份"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in range(1, MOST_INSTALMENTS + 1):
            day, part = data.get(f"day_{n}"), data.get(f"part_{n}")
            if day and part is None and f"part_{n}" not in self.errors:
                self.add_error(f"part_{n}", _("第%(n)d期还没填比例") % {"n": n})
            if part is not None and not day and f"day_{n}" not in self.errors:
                self.add_error(f"day_{n}", _("第%(n)d期还没填日期") % {"n": n})
        return data

    def parts(self) -> list[Part]:
        data = self.cleaned_data
        pairs = [(data.get(f"day_{n}"), data.get(f"part_{n}")) for n in range(1, MOST_INSTALMENTS + 1)]
        return [Part(day, part) for day, part in pairs if day and part is not None]


def initial_of(table: Any) -> dict[str, Any]:
    """The round on the table as the page shows it."""
    if table is None:
        return {}
    values = {"proposed_by": table.proposed_by, "percent": table.percent, "pay_on": table.pay_on}
    for n, (day, part) in enumerate(table.schedule, start=1):
        values |= {f"day_{n}": date.fromisoformat(day), f"part_{n}": part}
    return values


def read_rows(rows: list[Row], typed: Mapping[str, str]) -> list[Bid]:
    """The bids as typed, the rows filled with what was typed; a sum that cannot be read stands as the row's error."""
    found = []
    for row in rows:
        place = row.party.position
        kind = typed.get(f"kind-{place}", row.kind)
        row.kind = kind if kind in OfferKind.values else OfferKind.NONE
        row.typed, row.is_accepted = typed.get(f"sum-{place}", "").strip()[:40], f"yes-{place}" in typed
        amount = None
        if row.typed and row.kind != OfferKind.NONE:
            try:
                amount = money.parse_amount(row.typed, label=gettext("金额"), allow_zero=True)
            except InvalidValue as error:
                row.error = error.sentence(gettext)
        found.append(Bid(row.party.pk, row.kind, amount, row.is_accepted))
    return found


def proposal_of(form: RoundForm, bids: list[Bid]) -> Proposal:
    data = form.cleaned_data
    return Proposal(
        proposed_by=data["proposed_by"],
        percent=data["percent"],
        pay_on=data["pay_on"],
        schedule=tuple((part.due_on, part.percent) for part in form.parts()),
        bids=tuple(bids),
        note=data["note"],
    )
