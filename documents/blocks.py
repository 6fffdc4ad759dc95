"""The cells, opinions and lines that forms and notices of several kinds of case are made of, as finished values.

`templates/documents/_aid_form.html`, `_aid_notice.html` and `_aid_record.html` put them in place.
"""

import re
from typing import Any

from cases.identity import FEMALE, MALE
from documents.context import Matter
from documents.wording import NOTHING, cn_date, paragraphs

SEXES = {MALE: "男", FEMALE: "女"}
NOBODY = {"name": "", "day": ""}
BLANK_DAY = "　　年　　月　　日"
_NUMBERED = re.compile(r"^\d{1,2}[.．、]\s*")


def cell(label: str, value: Any, *, span: int = 1, tall: bool = False) -> dict[str, Any]:
    """One label and its value of a form; ``span`` 3 fills the row."""
    lines = paragraphs(value) if isinstance(value, str) else [str(each) for each in value]
    return {"label": label, "lines": lines, "span": span, "is_tall": tall}


def pair(*cells: dict[str, Any]) -> list[dict[str, Any]]:
    return list(cells)


def wide(label: str, value: Any, *, tall: bool = False) -> list[dict[str, Any]]:
    """A row of one value."""
    return [cell(label, value, span=3, tall=tall)]


def line(label: str, text: Any) -> dict[str, str]:
    """A row of a record: label and text."""
    return {"label": label, "text": str(text) if text else NOTHING}


def opinion(label: str, lines: Any, role: str, who: dict[str, str] | None = None) -> dict[str, Any]:
    """An opinion with the place for its signature; ``who`` where the name and the day are on record."""
    texts = paragraphs(lines) if isinstance(lines, str) else list(lines)
    return {"label": label, "lines": texts, "role": role, "who": who or NOBODY}


def signed(user: Any, day: Any) -> dict[str, str]:
    return {"name": str(user) if user else "", "day": cn_date(day)}


def contact(matter: Matter) -> str:
    """Who answers questions, as a sentence."""
    office = matter.case.agency
    said = f"联系部门：{office.name}"
    said += f"，地址：{office.address}" if office.address else ""
    return said + (f"，联系电话：{office.phone}。" if office.phone else "。")


def items(text: str) -> list[str]:
    """The entries of a typed list, without numbers of their own."""
    return [_NUMBERED.sub("", entry).rstrip("。；;") + "。" for entry in paragraphs(text.replace("；", "\n"))]


def proposed_and_decided(matter: Matter) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """Who proposed the step behind the form and who took it, with the days; None where it is not on record."""
    event = matter.event
    if event is None:
        return None, None
    decided = {"name": event.by_name, "day": cn_date(event.acted_on)}
    proposals = matter.case.proposals.filter(step=event.step, proposed_at__lte=event.at)
    found = proposals.select_related("proposed_by").order_by("-proposed_at").first()
    return (signed(found.proposed_by, found.proposed_at) if found else None), decided
