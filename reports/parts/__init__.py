"""The numbers of every indicator: what each is called, and the condition over `reports.facts` that its cases meet."""

from reports.definitions import indicator
from reports.parts.aid import PARTS as OF_AID
from reports.parts.complaints import PARTS as OF_COMPLAINTS
from reports.parts.disputes import PARTS as OF_DISPUTES
from reports.parts.part import DENOMINATOR, GAP, NUMERATOR, Condition, Part, Parts, closed_in_period

__all__ = [
    "DENOMINATOR",
    "GAP",
    "NUMERATOR",
    "PARTS",
    "Condition",
    "Part",
    "UnknownPartError",
    "closed_in_period",
    "part_of",
]

PARTS: Parts = {**OF_COMPLAINTS, **OF_DISPUTES, **OF_AID}
"""The parts of each indicator by its id."""


class UnknownPartError(KeyError):
    """The indicator has no part of that name."""


def part_of(id_: str, part: str) -> Part:
    """The part of that name. Raises UnknownIndicatorError and UnknownPartError."""
    parts = PARTS[indicator(id_).id]
    if part not in parts:
        raise UnknownPartError(part)
    return parts[part]
