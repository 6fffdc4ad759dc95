"""The sums of an offer, so simple that anybody can check them by hand. Plain Python, fen in and fen out.

A discount is claim × percent, half a fen rounded up. Of instalments each is sum × percent without what is below one
yuan, and the last one is what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.money import yuan

FEN = 100
MOST_INSTALMENTS = 6


@dataclass(frozen=True)
class Part:
    """One instalment: the day and how many hundredths of the sum."""

    due_on: date
    percent: int


@dataclass(frozen=True)
class Due:
    """What is to be paid on one day, in fen, with the line that shows how it came about."""

    due_on: date
    fen: int
    shown: str


def discounted(claim_fen: int, percent: int) -> int:
    """So many hundredths of the claim, to the fen."""
    return (claim_fen * percent * 2 + FEN) // (2 * FEN)


def discount_shown(claim_fen: int, percent: int) -> str:
    """18,600.00 × 90% = 16,740.00."""
    return f"{yuan(claim_fen)} × {percent}% = {yuan(discounted(claim_fen, percent))}"


def instalments(sum_fen: int, parts: Sequence[Part]) -> list[Due]:
    """The sum in its parts, in the order given; those of nothing are left out, the last takes what is left."""
    found, left = [], sum_fen
    for position, part in enumerate(parts, start=1):
        if position == len(parts):
            fen, shown = left, f"{yuan(sum_fen)} − {yuan(sum_fen - left)} = {yuan(left)}"
        else:
            fen = sum_fen * part.percent // (FEN * FEN) * FEN
            shown = f"{yuan(sum_fen)} × {part.percent}% → {yuan(fen)}"
        left -= fen
        if fen:
            found.append(Due(part.due_on, fen, shown))
    return found


def share(part_fen: int, whole_fen: int) -> str:
    """How many hundredths of the whole, with two digits; a dash of nothing."""
    if not whole_fen:
        return "—"
    hundredths = part_fen * FEN * FEN // whole_fen
    return f"{hundredths // FEN}.{hundredths % FEN:02}%"
