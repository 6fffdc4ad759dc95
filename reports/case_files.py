"""The cases of a number as a file for a spreadsheet: numbers, days and states, nobody's name."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from cases.exports import BOM, safe
from cases.models import CaseQuerySet
from reports.periods import Period


def in_order(cases: CaseQuerySet) -> CaseQuerySet:
    """The cases as page and file have them: those due first on top."""
    return cases.order_by(F("due_then").asc(nulls_last=True), "received_on", "pk")


def as_csv(cases: Iterable[Any], period: Period) -> bytes:
    """The cases, fetched with what was true of them at the cut-off, as CSV in UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [_("案号"), _("办理机构"), _("收到日期"), _("立案日期"), _("办结期限"), _("办结日期"), _("状态")]
    )
    for case in cases:
        closed_on = case.closed_then if case.closed_then and case.closed_then <= period.as_of else None
        days = (case.received_on, case.filed_then, case.due_then, closed_on)
        row = [case.number, case.agency, *(_day(day) for day in days), case.state_label]
        writer.writerow([safe(cell) for cell in row])
    return (BOM + text.getvalue()).encode()


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def rows_in(content: bytes) -> int:
    """How many cases a file of `as_csv` holds."""
    return sum(1 for _row in csv.reader(io.StringIO(content.decode().removeprefix(BOM)))) - 1
