"""The grid of payments: a row for each worker who is still owed something."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms import ChosenField, DayField, MoneyField, SpokenCharField, whole_number
from cases.models.people import PaymentSource
from cases.services.payments import PaymentRow, unpaid_by_worker


class PaymentForm(forms.Form):
    """One payment. A row without amount says nothing."""

    use_required_attribute = False

    worker = forms.IntegerField(widget=forms.HiddenInput)
    amount = MoneyField(label=_("金额"), max_length=40, required=False)
    paid_on = DayField(label=_("支付日期"), past_only=True, required=False)
    source = ChosenField(label=_("支付来源"), choices=PaymentSource.choices, required=False)
    payer_name = SpokenCharField(label=_("付款人"), max_length=120, required=False)
    voucher_no = SpokenCharField(label=_("凭证号"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("amount"):
            for name in ("paid_on", "payer_name", "voucher_no"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("还没填%(label)s") % {"label": self.fields[name].label})
        return data


class BasePaymentFormSet(forms.BaseFormSet):
    """Rows in the order of the workers, with what each is still owed."""

    def __init__(self, data: Any = None, *, case: Any, prefix: str) -> None:
        left = unpaid_by_worker(case)
        self.workers = [p for p in case.parties.all() if p.person_id and left.get(p.pk, 0) > 0]
        self.left = left
        payer = case.respondent_name
        initial = [
            {
                "worker": party.pk,
                "paid_on": timezone.localdate(),
                "source": PaymentSource.EMPLOYER,
                "payer_name": payer,
            }
            for party in self.workers
        ]
        super().__init__(data, initial=initial, prefix=prefix)

    def lines(self) -> list[tuple[Any, int, forms.Form]]:
        """Worker, sum still owed in fen, form."""
        by_id = {party.pk: party for party in self.workers}
        shown = []
        for form in self.forms:
            raw = form["worker"].value()
            party = by_id.get(whole_number(raw) or 0)
            shown.append((party, self.left.get(party.pk, 0) if party else 0, form))
        return shown

    def rows(self) -> list[PaymentRow]:
        """The payments that were filled in."""
        return [
            PaymentRow(
                worker_id=data["worker"],
                amount_fen=data["amount"],
                paid_on=data["paid_on"],
                source=data["source"] or PaymentSource.EMPLOYER,
                payer_name=data["payer_name"],
                voucher_no=data["voucher_no"],
            )
            for data in (form.cleaned_data for form in self.forms)
            if data.get("amount")
        ]


PaymentFormSet = forms.formset_factory(PaymentForm, formset=BasePaymentFormSet, extra=0, max_num=1000)
