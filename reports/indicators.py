"""The indicators themselves: what is counted, and the cases behind each number.

Every number is a part of an indicator, and every part is one condition over `reports.facts`. The same
condition is counted by `measure` and listed by `cases_behind`, so a count and its list cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import reduce
from math import ceil
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.utils import timezone

from agencies.models import Agency, User
from cases.models import CaseQuerySet
from reports.definitions import K1, K6, K8, PRIORITY_TIME, Gap, Indicator, indicator
from reports.facts import Scope, brought_in, complaints_closed_by, filed_complaints, payments
from reports.parts import DENOMINATOR, NUMERATOR, PARTS, closed_in_period, part_of
from reports.periods import Period, period


@dataclass(frozen=True)
class Figure:
    """An indicator measured. ``parts`` are numbers of cases, each the length of what `cases_behind` lists.

    ``numerator`` and ``denominator`` are cases; for K6 fen and nothing, for K8 calendar days and cases.
    ``beside`` holds what is reported next to them: persons, the median.
    """

    definition: Indicator
    numerator: int
    denominator: int | None
    parts: Mapping[str, int] = field(default_factory=dict)
    beside: Mapping[str, int | Fraction | None] = field(default_factory=dict)

    @property
    def rate(self) -> Fraction | None:
        """The exact quotient; None when there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def target(self) -> Fraction | None:
        share = self.definition.target_share
        return None if share is None else Fraction(share)

    @property
    def met(self) -> bool | None:
        """Whether the exact quotient reaches the target; None without a quotient or a target."""
        return None if self.rate is None or self.target is None else self.rate >= self.target

    @property
    def missing(self) -> int | None:
        """How many more closures reach the target, 0 when it is met; None when no number of them would."""
        if self.met is None or self.target is None or self.denominator is None:
            return None
        if self.met:
            return 0
        short = ceil(self.target * self.denominator) - self.numerator
        if self.definition.gap is Gap.NUMERATOR:
            return short
        still_possible = self.parts["due_today"]
        if short <= still_possible:
            return short
        if self.target == 1:
            return None
        remaining = self.target * self.denominator - self.numerator - still_possible
        return still_possible + ceil(remaining / (1 - self.target))

    @property
    def spare(self) -> int | None:
        """How many closures stand above the target where it is met."""
        if not self.met or self.target is None or self.denominator is None:
            return None
        return self.numerator - ceil(self.target * self.denominator)

    def without(self, part: str) -> Fraction | None:
        """The quotient as if the cases of the part had never been there, in numerator and denominator."""
        left = (self.denominator or 0) - self.parts[part]
        return Fraction(self.numerator - self.parts[part], left) if left else None


def measure(
    ids: Iterable[str],
    *,
    from_on: date,
    as_of: date,
    user: User | None = None,
    agency: Agency | None = None,
) -> list[Figure]:
    """The indicators of those ids, in that order, over what the person may see (without one, everything).

    Both ends of the period are included. At most three queries: one for all shares and counts of cases, one
    for payments, one for durations. Raises UnknownIndicatorError and PeriodError.
    """
    scope = Scope(period(from_on, as_of, today=timezone.localdate()), user, agency)
    asked = [indicator(id_).id for id_ in ids]
    counted = count_parts(asked, scope)
    return figures(asked, counted[0][1] if counted else {}, scope)


def cases_behind(
    id_: str,
    part: str,
    *,
    from_on: date,
    as_of: date,
    user: User | None = None,
    agency: Agency | None = None,
    only: Mapping[str, int | str] | None = None,
) -> CaseQuerySet:
    """Exactly the cases that `measure` counts as that part, each with the columns of `facts.complaints_then`.

    ``only`` narrows to a part of `facts.DIVISIONS`. Raises UnknownIndicatorError, UnknownPartError, PeriodError.
    """
    condition = part_of(id_, part).condition
    checked = period(from_on, as_of, today=timezone.localdate())
    scope = Scope(checked, user, agency, tuple((only or {}).items()))
    return filed_complaints(scope).filter(condition(scope.period))


Counts = dict[str, dict[str, int]]
"""The number of cases of each part: by the id of the indicator, then by the name of the part."""


def count_parts(ids: Iterable[str], scope: Scope, by: tuple[str, ...] = ()) -> list[tuple[tuple, Counts]]:
    """The number of cases for every part of the indicators, in one query, by the values of some columns.

    Without columns there is one row, for no values. K6 counts its cases with its money.
    """
    places = [(id_, name) for id_ in ids if id_ != K6.id for name in PARTS[id_]]
    if not places:
        return []
    columns = {
        f"{id_}_{name}": Count("pk", filter=PARTS[id_][name].condition(scope.period)) for id_, name in places
    }
    cases = filed_complaints(scope).order_by()
    rows = cases.values(*by).annotate(**columns) if by else [cases.aggregate(**columns)]
    return [(tuple(row[name] for name in by), _by_place(row, places)) for row in rows]


def _by_place(row: Mapping[str, int], places: Iterable[tuple[str, str]]) -> Counts:
    counts: Counts = {}
    for id_, name in places:
        counts.setdefault(id_, {})[name] = row[f"{id_}_{name}"]
    return counts


def figures(ids: Iterable[str], counted: Counts, scope: Scope) -> list[Figure]:
    """The figures of those ids, in that order, with what is counted in cases given.

    One query where payments are asked for, one where durations are.
    """
    asked = list(ids)
    taken = _days_taken(scope) if {K8.id, PRIORITY_TIME.id} & set(asked) else []
    return [_figure(indicator(id_), counted, taken, scope) for id_ in asked]


def _figure(definition: Indicator, counted: Counts, taken: list["Taken"], scope: Scope) -> Figure:
    if definition is K6:
        return recovered_wages(scope, [scope.period])[0]
    parts = counted[definition.id]
    if definition is K8:
        return _handling_time(definition, parts, taken)
    if definition is PRIORITY_TIME:
        return _handling_time(definition, parts, [each for each in taken if each.is_priority])
    return Figure(definition, parts[NUMERATOR], parts.get(DENOMINATOR), parts)


def closure_rates(periods: list[Period], user: User | None = None) -> list[Figure]:
    """K1 in each of the periods, in one query; each is what `measure` says of that period.

    The periods are in the order of their cut-offs. The figures have numerator and denominator only.
    """
    parts = (NUMERATOR, DENOMINATOR)
    scope = Scope(periods[-1], user)
    cut_offs = {f"closed_{n}": each.as_of for n, each in enumerate(periods)}
    columns = {
        f"{part}_{n}": Count("pk", filter=Q(filed_on__lte=each.as_of) & _asked_of(f"closed_{n}", part, each))
        for n, each in enumerate(periods)
        for part in parts
    }
    found = complaints_closed_by(scope, cut_offs).aggregate(**columns)
    return [
        Figure(
            K1,
            found[f"{NUMERATOR}_{n}"],
            found[f"{DENOMINATOR}_{n}"],
            {part: found[f"{part}_{n}"] for part in parts},
        )
        for n in range(len(periods))
    ]


def _asked_of(column: str, part: str, at: Period) -> Q:
    """The condition of the part of K1, with the closing day read from that column."""
    return _renamed(PARTS[K1.id][part].condition(at), "closed_then", column)


def _renamed(condition: Q, old: str, new: str) -> Q:
    """The same condition over a column of another name."""
    children: list[Any] = [
        _renamed(child, old, new) if isinstance(child, Q) else _renamed_test(child, old, new)
        for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def _renamed_test(test: Any, old: str, new: str) -> tuple[str, Any]:
    lookup, value = test
    return (lookup.replace(old, new), value)


def recovered_wages(scope: Scope, periods: list[Period]) -> list[Figure]:
    """K6 in each of the periods, none of which ends after the scope's; one query."""
    inside = {f"p{n}": brought_in(each) for n, each in enumerate(periods)}
    columns: dict[str, Any] = {}
    for name, condition in inside.items():
        columns |= {
            f"{name}_fen": Sum("amount_fen", filter=condition, default=0),
            f"{name}_persons": Count("worker", distinct=True, filter=condition),
            f"{name}_cases": Count("case", distinct=True, filter=condition),
        }
    found = payments(scope).filter(reduce(or_, inside.values())).aggregate(**columns)
    return [
        Figure(
            K6,
            found[f"{name}_fen"],
            None,
            {NUMERATOR: found[f"{name}_cases"]},
            {"persons": found[f"{name}_persons"]},
        )
        for name in inside
    ]


class Taken(NamedTuple):
    """How many cases took so many days from filing to closing."""

    days: int
    cases: int
    is_priority: bool


def _days_taken(scope: Scope) -> list[Taken]:
    """The cases closed in the period by the days they took."""
    at = scope.period
    closed = complaints_closed_by(scope, {"closed_then": at.as_of}).filter(closed_in_period(at)).order_by()
    taken = ExpressionWrapper(F("closed_then") - F("filed_on"), output_field=DurationField())
    rows = closed.annotate(taken=taken).values("taken", "is_priority").annotate(n=Count("pk"))
    return [Taken(row["taken"].days, row["n"], row["is_priority"]) for row in rows]


def _handling_time(definition: Indicator, parts: Mapping[str, int], taken: list[Taken]) -> Figure:
    by_days = sorted((each.days, each.cases) for each in taken)
    total = sum(days * cases for days, cases in by_days)
    return Figure(definition, total, parts[DENOMINATOR], parts, {"median": _median(by_days)})


def _median(counts: list[tuple[int, int]]) -> Fraction | None:
    """The middle of the values, each given with how often it occurs, ascending; the mean of two middles."""
    size = sum(n for _value, n in counts)
    if not size:
        return None
    return Fraction(_value_at(counts, (size - 1) // 2) + _value_at(counts, size // 2), 2)


def _value_at(counts: list[tuple[int, int]], position: int) -> int:
    """The value that stands at the position, from 0, when each is written out as often as it occurs."""
    for value, n in counts:
        if position < n:
            return value
        position -= n
    raise IndexError(position)
