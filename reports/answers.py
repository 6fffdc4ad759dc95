"""Figures for other programs: the same document from the command line and over HTTP."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from agencies.models import Agency
from reports.definitions import Unit
from reports.indicators import Figure
from reports.parts import NUMERATOR
from reports.periods import Period
from reports.wording import six_places, two_places


def document(
    entries: Iterable[dict[str, Any]], period: Period, agency: Agency | None = None
) -> dict[str, Any]:
    """The figures with what they are of; ``as_of`` is an instant where the record of one was asked for."""
    return {
        "as_of": (period.moment or period.as_of).isoformat(),
        "from": period.from_on.isoformat(),
        "agency": agency.code if agency else None,
        "indicators": list(entries),
    }


def entry(figure: Figure) -> dict[str, Any]:
    """Rate (a number of six decimals), target (text) and verdict are null without a denominator.

    Money is fen in the numerator, with persons and cases beside it; times are calendar days, with their median; a count
    has its parts.
    """
    definition = figure.definition
    said: dict[str, Any] = {
        "id": definition.id,
        "label": str(definition.label),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "rate": None if figure.rate is None else float(six_places(figure.rate)),
        "target": None if figure.rate is None else figure.target_text,
        "met": figure.met,
    }
    if definition.unit is Unit.MONEY:
        said |= {"persons": figure.beside["persons"], "cases": figure.parts[NUMERATOR]}
    if definition.unit is Unit.CASES:
        said |= {"parts": dict(figure.parts)}
    if definition.unit is Unit.DAYS:
        median = figure.beside["median"]
        said["median"] = None if median is None else two_places(Fraction(median))
    return said


def full_entry(figure: Figure) -> dict[str, Any]:
    """The same with the version of the definition and the number of cases of every part."""
    return {**entry(figure), "version": figure.definition.version, "parts": dict(figure.parts)}
