"""The amounts of the place that decide whether an item is final and a case simple, each from a day on."""

from datetime import date

from django.apps import apps
from django.conf import settings

from calendars import memo

MINIMUM_WAGE = "minimum_wage"
AVERAGE_WAGE = "average_wage"
MONTHS = 12

# Published by the city for the districts of the first class; what the institute registers goes before these.
PUBLISHED = {MINIMUM_WAGE: ((date(2025, 1, 1), 233_000), (date(2022, 4, 1), 210_000))}
BY_APPLICATION = "application"


def rate_on(code: str, on: date) -> int | None:
    """The amount in fen that holds on the day; None before any was set. Asked once per request."""

    def ask() -> int | None:
        rows = apps.get_model("arbitration.Rate").objects.filter(code=code, from_on__lte=on)
        found = rows.order_by("-from_on").values_list("from_on", "amount_fen").first()
        known = [row for row in PUBLISHED.get(code, ()) if row[0] <= on]
        held = [*known, found] if found else known
        # Of one day, the registered amount comes last and counts.
        return max(enumerate(held), key=lambda row: (row[1][0], row[0]))[1][1] if held else None

    return memo.remember(f"arbitration-rate:{code}:{on}", ask)


def threshold(received_on: date, decided_on: date) -> int | None:
    """Twelve monthly minimum wages in fen, of the day of the application or of the award, as the setting says.

    劳动争议调解仲裁法第四十七条第一项. None where no amount holds on that day.
    """
    day = received_on if settings.FINAL_AWARD_WAGE_OF == BY_APPLICATION else decided_on
    wage = rate_on(MINIMUM_WAGE, day)
    return None if wage is None else wage * MONTHS
