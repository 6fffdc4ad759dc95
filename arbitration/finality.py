"""Whether what is decided is final, item by item. Plain values.

《劳动争议调解仲裁法》第四十七条、法释〔2020〕26号第十八条至第二十条.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from arbitration.states import FINAL_BY_MATTER, TESTED_BY_AMOUNT, ClaimType, Finality, Side


@dataclass(frozen=True)
class Item:
    """One claim as the test sees it, with what is awarded; sums in fen."""

    key: int
    type: str
    awarded_fen: int | None = None


def may_be_final(kind: str) -> bool:
    """Whether a claim of the kind belongs to those that can be decided finally."""
    return kind in TESTED_BY_AMOUNT or kind in FINAL_BY_MATTER


def is_final(item: Item, threshold_fen: int | None) -> bool:
    """Whether the item alone is final: a national standard, or not above twelve monthly minimum wages."""
    if item.type in FINAL_BY_MATTER:
        return True
    if item.type not in TESTED_BY_AMOUNT or threshold_fen is None:
        return False
    return (item.awarded_fen or 0) <= threshold_fen


def sort_out(items: Iterable[Item], threshold_fen: int | None, *, confirms: bool) -> Mapping[int, bool]:
    """Per item whether it is final. Where the case decides whether employment existed, nothing of it is.

    人社部发〔2022〕9号. ``confirms`` says that such a claim stands in the case, decided now or earlier.
    """
    rows = list(items)
    if confirms or any(row.type == ClaimType.CONFIRM for row in rows):
        return {row.key: False for row in rows}
    return {row.key: is_final(row, threshold_fen) for row in rows}


@dataclass(frozen=True)
class Remedy:
    """What one side may do against an award, within how many days, where, under which article."""

    who: str
    what: str
    rule: str
    days: int
    article: str


def remedy(finality: str, side: str) -> Remedy:
    """The remedy of a side 救济 by the kind of award; each counts from the day on which it received the award."""
    if finality == Finality.NONFINAL:
        return Remedy(side, "suit", "AFT-01", 15, "《劳动争议调解仲裁法》第五十条")
    if side == Side.WORKER:
        return Remedy(side, "suit", "AFT-02", 15, "《劳动争议调解仲裁法》第四十八条")
    return Remedy(side, "set_aside", "AFT-03", 30, "《劳动争议调解仲裁法》第四十九条")
