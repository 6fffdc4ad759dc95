"""The district's own amounts: the hardship standard and the subsidies, each from a day on."""

from datetime import date

from django.apps import apps

from calendars import memo


def rate_on(code: str, on: date) -> int | None:
    """The amount in fen that holds on the day, None before any was set; asked once per request."""

    def ask() -> int | None:
        rows = apps.get_model("legal_aid.Rate").objects.filter(code=code, from_on__lte=on)
        found: int | None = rows.order_by("-from_on").values_list("amount_fen", flat=True).first()
        return found

    return memo.remember(f"rate:{code}:{on}", ask)
