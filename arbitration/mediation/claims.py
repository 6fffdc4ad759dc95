"""What a claim must say: a sum where one is asked for, the months of what is owed month by month."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.states import PERIOD_NEEDED, WITHOUT_AMOUNT, ClaimType


def check_claim(form: forms.Form, data: dict[str, Any]) -> None:
    """Faults of the claim typed in ``type``, ``amount``, ``from_month`` and ``to_month`` stand at their fields."""
    kind, errors = data["type"], form.errors
    first, last = data.get("from_month"), data.get("to_month")
    if kind not in WITHOUT_AMOUNT and data.get("amount") is None and "amount" not in errors:
        form.add_error("amount", _("“%(label)s”要写金额") % {"label": ClaimType(kind).label})
    if kind in PERIOD_NEEDED:
        for name in ("from_month", "to_month"):
            if not data.get(name) and name not in errors:
                form.add_error(name, _("“%(label)s”要写起止月份") % {"label": ClaimType(kind).label})
    elif bool(first) != bool(last):
        form.add_error("to_month" if first else "from_month", _("起始月和截止月要一起填"))
    if first and last and last < first:
        form.add_error("to_month", _("截止月早于起始月"))
