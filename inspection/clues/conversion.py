"""What a clue already says, as the first values of the registration of a complaint."""

from typing import Any

from django.utils.translation import gettext as _

from cases import money
from inspection.clues.models import Clue


def registration_initial(clue: Clue) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Initial values of the registration form and of its grid: nothing the clue says has to be typed again.

    The day of receipt stays today's: a complaint is received when the worker makes it, and the five days of acceptance
    run from there. A sum reported for several workers is no claim of the first one; it goes into the facts.
    """
    form = {
        "employer_name": clue.employer_name,
        "project_name": clue.site,
        "town": clue.town_id,
        "channel": clue.channel,
        "external_no": clue.external_no,
        "headcount": clue.worker_count,
        "facts_text": _facts(clue),
    }
    row: dict[str, Any] = {
        "name": clue.reporter_name,
        "id_number": clue.reporter_id_number,
        "phone": clue.reporter_phone,
        "job": clue.job,
        "from_month": clue.from_month,
        "to_month": clue.to_month,
    }
    if clue.amount_fen and clue.worker_count == 1:
        row["owed"] = clue.amount_fen
    return _said(form), [_said(row)]


def _facts(clue: Clue) -> str:
    """The text of the clue, with what the grid has no place for."""
    if clue.worker_count == 1:
        return clue.content
    amount = _("，合计%(sum)s元") % {"sum": money.yuan(clue.amount_fen)} if clue.amount_fen else ""
    return _("反映涉及%(n)d人%(amount)s。%(text)s") % {
        "n": clue.worker_count,
        "amount": amount,
        "text": clue.content,
    }


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None)}
