"""Who should take the next case: firms by weighted shares, with what each has had. A person decides.

The ideal share of a firm is its weight among those that take cases; what it has had is counted over the twelve months
before. The firm that lies furthest below its share comes first; knowing the matter counts as twenty points below it,
open cases as up to ten above. One without room or with a tie to the other side comes last.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from legal_aid.conflicts import ties

WINDOW_YEARS = 1
KNOWS_THE_MATTER = Fraction(1, 5)  # a firm that knows the matter is put so far below its share
LOAD = Fraction(1, 10)  # one whose room is all taken so far above it


@dataclass(frozen=True)
class Standing:
    """A firm with its part: what it has had and has open, ideal and achieved share."""

    firm: Any
    had: int
    open: int
    ideal: Fraction
    achieved: Fraction

    @property
    def ideal_percent(self) -> int:
        return round(self.ideal * 100)

    @property
    def achieved_percent(self) -> int:
        return round(self.achieved * 100)

    @property
    def is_full(self) -> bool:
        return self.open >= self.firm.most_open


@dataclass(frozen=True)
class Candidate(Standing):
    """A firm for one case: whether it knows the matter, and what speaks against it."""

    is_special: bool
    ties: tuple[Any, ...]

    @property
    def order(self) -> tuple[Any, ...]:
        """What the proposal sorts by."""
        distance = self.achieved - self.ideal - (KNOWS_THE_MATTER if self.is_special else 0)
        load = LOAD * Fraction(self.open, max(self.firm.most_open, 1))
        return bool(self.ties) or self.is_full, distance + load, self.firm.name


def shares(weights: list[int], had: list[int]) -> list[tuple[Fraction, Fraction]]:
    """The ideal and the achieved share of each, from its weight and how many it has had. Achieved is ideal at first."""
    total, given = sum(weights) or 1, sum(had)
    return [
        (ideal, Fraction(count, given) if given else ideal)
        for ideal, count in (
            (Fraction(weight, total), count) for weight, count in zip(weights, had, strict=True)
        )
    ]


def firms_of(agency: Any) -> QuerySet[Any]:
    """The firms of a centre that take cases, with how many they have open and had in the last year; one query."""
    since = _a_year_before(timezone.localdate())
    is_open = Q(assignments__ended_on=None, assignments__case__ended_on=None)
    return (
        apps.get_model("legal_aid.Firm")
        .objects.filter(agency=agency, is_active=True)
        .annotate(
            open_count=Count("assignments", filter=is_open),
            had_count=Count("assignments", filter=Q(assignments__assigned_on__gt=since)),
        )
    )


def standings(agency: Any) -> list[Standing]:
    """Every firm of the centre that takes cases, with its shares."""
    firms = list(firms_of(agency).prefetch_related("lawyers__user", "ties__lawyer__user"))
    parts = shares([firm.weight for firm in firms], [firm.had_count for firm in firms])
    return [
        Standing(firm, firm.had_count, firm.open_count, ideal, achieved)
        for firm, (ideal, achieved) in zip(firms, parts, strict=True)
    ]


def candidates(case: Any) -> list[Candidate]:
    """Every firm that takes cases, the one whose turn it is first."""
    found = [
        Candidate(
            each.firm,
            each.had,
            each.open,
            each.ideal,
            each.achieved,
            is_special=case.aid.matter in each.firm.specialities,
            ties=tuple(ties(case, each.firm)),
        )
        for each in standings(case.agency)
    ]
    return sorted(found, key=lambda each: each.order)


def firms_for(case: Any) -> QuerySet[Any]:
    """The firms that may be chosen, in the order of the proposal."""
    order = [each.firm.pk for each in candidates(case)]
    places = models.Case(*(models.When(pk=pk, then=n) for n, pk in enumerate(order)), default=len(order))
    return firms_of(case.agency).order_by(places) if order else firms_of(case.agency)


def lawyers_for(case: Any) -> QuerySet[Any]:
    """The lawyers of the firm that has the case, those with the fewest open cases first."""
    standing = case.aid.standing_assignment
    is_open = Q(assignments__ended_on=None, assignments__case__ended_on=None)
    return (
        apps.get_model("legal_aid.Lawyer")
        .objects.filter(firm=standing.firm if standing else None, is_active=True, user__is_active=True)
        .select_related("user", "firm")
        .annotate(open_count=Count("assignments", filter=is_open))
        .order_by("open_count", "user__username")
    )


def _a_year_before(day: date) -> date:
    """The same day a year earlier; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - WINDOW_YEARS)
    except ValueError:
        return day.replace(year=day.year - WINDOW_YEARS, day=28)
