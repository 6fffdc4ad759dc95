"""Cases as a file: what a spreadsheet may be told, and the record that it was told."""

import csv
import io
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.origin import request_id
from cases import names
from cases.models import Case, Export
from cases.money import yuan
from cases.preferences import Column

MOST = 5000
BOM = "\ufeff"  # with it the usual spreadsheet reads the file as UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: Any) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(_FORMULA) else text


def _plain_yuan(fen: int) -> str:
    return yuan(fen).replace(",", "")


def _day(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if value else ""


_CELLS: dict[str, Callable[[Any], Any]] = {
    "due": lambda case: case.lamp.text if case.lamp else "",
    "applicant": lambda case: "" if case.is_shared else names.mask_name(case.applicant_name),
    "respondent": lambda case: case.respondent_name,
    "amount": lambda case: _plain_yuan(case.claimed_fen),
    "state": lambda case: case.state_label,
    "lane": lambda case: "、".join(_lanes(case)),
    "handler": lambda case: case.handler or "",
    "registered": lambda case: _day(timezone.localtime(case.registered_at)),
    "town": lambda case: case.town or "",
    "filed": lambda case: _day(case.filed_on),
    "due_on": lambda case: "" if case.is_shared else _day(case.due_on),
    "paid": lambda case: _plain_yuan(case.paid_fen),
    "receipt": lambda case: case.receipt_no,
}


def _lanes(case: Case) -> Iterable[str]:
    if case.is_priority:
        yield _("农民工优先")
    if case.is_group:
        yield _("群体案件（%(n)d人）") % {"n": case.worker_count}


def as_csv(rows: Iterable[Case], columns: list[Column]) -> bytes:
    """The rows (with ``lamp`` and ``is_shared``) as CSV, UTF-8 with its mark; names of workers are masked."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("案号"), *(str(column.label) for column in columns)])
    for case in rows:
        writer.writerow([safe(case.number), *(safe(_CELLS[column.code](case)) for column in columns)])
    return (BOM + text.getvalue()).encode()


def record(user: User, *, purpose: str, query: str, count: int, content: bytes) -> Export:
    """The record says who took how many cases out of the site, when and what for."""
    return Export.objects.create(
        user=user,
        agency=user.agency,
        made_at=timezone.now(),
        purpose=purpose,
        query=query[:1000],
        case_count=count,
        sha256=sha256(content).hexdigest(),
        request_id=request_id.get(),
    )
