"""A list of workers as it is pasted from a table: one a line, read with the rules of the single fields."""

import re
from typing import Any

from django.utils.translation import gettext

from arbitration.mediation.services import Ask, Worker
from arbitration.states import PERIOD_NEEDED, WITHOUT_AMOUNT
from cases import identity, money, months, names
from cases.identity import InvalidValue
from cases.models.people import IdType

MOST_WORKERS = 500
_BETWEEN = re.compile(r"[,，;；\s]+")
COLUMNS = 6


def read_roster(text: str, *, kind: str, is_migrant: bool) -> tuple[list[Worker], list[str]]:
    """The workers of the lines, and a sentence for each that cannot be read; blank lines and a head are skipped."""
    found, faults = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(line)
        if not any(cells) or cells[0] == "姓名":
            continue
        try:
            found.append(_worker(cells, kind, is_migrant))
        except InvalidValue as error:
            faults.append(gettext("第%(n)d行：%(fault)s") % {"n": number, "fault": error.sentence(gettext)})
        except ValueError as error:
            faults.append(gettext("第%(n)d行：%(fault)s") % {"n": number, "fault": error})
    return found, faults


def _cells(line: str) -> list[str]:
    """The cells of a line: between tabs, where empty ones keep their place, else between spaces and commas."""
    if "\t" in line:
        return [cell.strip() for cell in line.rstrip().split("\t")]
    return _BETWEEN.split(line.strip())


def _worker(cells: list[str], kind: str, is_migrant: bool) -> Worker:
    """One line in its stored form. ValueError and InvalidValue say what is wrong."""
    if len(cells) > COLUMNS:
        raise ValueError(gettext("有%(n)d格，最多6格") % {"n": len(cells)})
    given = cells + [""] * (COLUMNS - len(cells))
    checked = identity.check_document(IdType.RESIDENT, given[1])
    return Worker(
        name=names.check_name(given[0], label=gettext("姓名")),
        id_number=checked.number,
        sex=checked.sex,
        birth_on=checked.birth_date,
        phone=identity.normalise_phone(given[2]) if given[2] else "",
        is_migrant=is_migrant,
        asks=(_ask(kind, *given[3:]),),
    )


def _ask(kind: Any, amount: str, first: str, last: str) -> Ask:
    if not amount and kind not in WITHOUT_AMOUNT:
        raise ValueError(gettext("还没写金额"))
    if kind in PERIOD_NEEDED and not (first and last):
        raise ValueError(gettext("还没写起止月份"))
    from_month = months.parse_month(first, label=gettext("起始月")) if first else ""
    to_month = months.parse_month(last, label=gettext("截止月")) if last else from_month
    if to_month < from_month:
        raise ValueError(gettext("截止月早于起始月"))
    fen = money.parse_amount(amount, label=gettext("金额")) if amount else None
    return Ask(kind, fen, from_month, to_month)
