"""The indicators themselves: what is counted, and the cases behind each number.

Every number is a part of an indicator, and every part is one condition over `reports.facts`. The same
condition is counted by `measure` and listed by `cases_behind`, so a count and its list cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from functools import reduce
from math import ceil
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.utils import timezone

from agencies.models import Agency, User
from cases.models import CaseKind, CaseQuerySet
from reports.definitions import (
    A1,
    A6,
    A11,
    A13,
    A14,
    K1,
    K6,
    K8,
    L1,
    L4,
    PRIORITY_TIME,
    Gap,
    Indicator,
    Unit,
    indicator,
)
from reports.facts import Scope, awards, brought_in, cases_then, closed_by, payments
from reports.parts import DENOMINATOR, NUMERATOR, PARTS, Condition, part_of
from reports.parts.disputes import FINAL, awards_in
from reports.periods import Period, period


@dataclass(frozen=True)
class Figure:
    """An indicator measured. ``parts`` are numbers of cases, each the length of what `cases_behind` lists.

    ``numerator`` and ``denominator`` are cases; of money fen and nothing, of times calendar days and cases, of A6
    papers. ``beside`` holds what is reported next to them: persons, the median. ``year`` is that of the target.
    """

    definition: Indicator
    numerator: int
    denominator: int | None
    parts: Mapping[str, int] = field(default_factory=dict)
    beside: Mapping[str, int | Fraction | None] = field(default_factory=dict)
    year: int | None = None

    @property
    def rate(self) -> Fraction | None:
        """The exact quotient; None when there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def target_text(self) -> str | None:
        """The target of the year of the cut-off, as an exact share."""
        return self.definition.target if self.year is None else self.definition.target_in(self.year)

    @property
    def target(self) -> Fraction | None:
        return None if self.target_text is None else Fraction(self.target_text)

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

    def without_open(self, part: str) -> Fraction | None:
        """The quotient as if the open cases of the part had not been in the denominator."""
        left = (self.denominator or 0) - self.parts[part]
        return Fraction(self.numerator, left) if left else None


def measure(
    ids: Iterable[str],
    *,
    from_on: date,
    as_of: date,
    user: User | None = None,
    agency: Agency | None = None,
    moment: datetime | None = None,
) -> list[Figure]:
    """The indicators of those ids, in that order, over what the person may see (without one, everything).

    Both ends of the period are included. With a ``moment`` they are what the record said right before that instant.
    One query for all shares and counts of one kind of cases, and those of `figures`. Raises UnknownIndicatorError and
    PeriodError.
    """
    scope = Scope(period(from_on, as_of, today=timezone.localdate(), moment=moment), user, agency)
    asked = [indicator(id_).id for id_ in ids]
    return figures(asked, count_kinds(asked, scope), scope)


def cases_behind(
    id_: str,
    part: str,
    *,
    from_on: date,
    as_of: date,
    user: User | None = None,
    agency: Agency | None = None,
    only: Mapping[str, int | str] | None = None,
    moment: datetime | None = None,
) -> CaseQuerySet:
    """Exactly the cases that `measure` counts as that part, each with the columns of `facts.cases_then`.

    ``only`` narrows to a part of `facts.DIVISIONS`. Raises UnknownIndicatorError, UnknownPartError, PeriodError.
    """
    condition = part_of(id_, part).condition
    checked = period(from_on, as_of, today=timezone.localdate(), moment=moment)
    scope = Scope(checked, user, agency, tuple((only or {}).items()))
    return cases_then(scope, indicator(id_).kind).filter(condition(scope.period))


Counts = dict[str, dict[str, int]]
"""The number of cases of each part: by the id of the indicator, then by the name of the part."""


def count_kinds(ids: Iterable[str], scope: Scope) -> Counts:
    """The number of cases for every part of the indicators; one query for each kind of case asked for."""
    asked, counted = list(ids), Counts()
    for kind in CaseKind.values:
        of_kind = [id_ for id_ in asked if indicator(id_).kind == kind]
        for _values, counts in count_parts(of_kind, scope):
            counted |= counts
    return counted


def count_parts(ids: Iterable[str], scope: Scope, by: tuple[str, ...] = ()) -> list[tuple[tuple, Counts]]:
    """The number of cases for every part of the indicators, in one query, by the values of some columns.

    The indicators are of one kind of cases. Without columns there is one row, for no values. K6 counts its cases with
    its money.
    """
    places = [(id_, name) for id_ in ids if id_ != K6.id for name in PARTS[id_]]
    if not places:
        return []
    columns = {
        f"{id_}_{name}": Count("pk", filter=PARTS[id_][name].condition(scope.period)) for id_, name in places
    }
    cases = cases_then(scope, indicator(places[0][0]).kind).order_by()
    rows = cases.values(*by).annotate(**columns) if by else [cases.aggregate(**columns)]
    return [(tuple(row[name] for name in by), _by_place(row, places)) for row in rows]


def _by_place(row: Mapping[str, int], places: Iterable[tuple[str, str]]) -> Counts:
    counts: Counts = {}
    for id_, name in places:
        counts.setdefault(id_, {})[name] = row[f"{id_}_{name}"]
    return counts


TIMES: dict[str, Callable[["Taken"], bool]] = {
    K8.id: lambda taken: True,
    PRIORITY_TIME.id: lambda taken: taken.is_priority,
    A11.id: lambda taken: taken.is_priority,
}
"""The figures of durations, and which of the cases closed each is about."""


def figures(ids: Iterable[str], counted: Counts, scope: Scope) -> list[Figure]:
    """The figures of those ids, in that order, with what is counted in cases given.

    One query for payments, for awards, and of each kind for durations and for persons and money, where asked for.
    """
    asked = [indicator(id_) for id_ in ids]
    timed = {each.kind for each in asked if each.id in TIMES}
    taken = {kind: days_taken(scope, kind) for kind in sorted(timed)}
    sums: dict[str, Sums] = {}
    for kind in CaseKind.values:
        if summed := [each.id for each in asked if each.kind == kind and each.id in SUMMED]:
            sums |= _sums(summed, scope)
    return [
        replace(_figure(each, counted, taken, sums, scope), year=scope.period.as_of.year) for each in asked
    ]


def _figure(
    definition: Indicator,
    counted: Counts,
    taken: Mapping[str, list["Taken"]],
    sums: Mapping[str, "Sums"],
    scope: Scope,
) -> Figure:
    if definition.id == K6.id:
        return recovered_wages(scope, [scope.period])[0]
    if definition.id == A6.id:
        return _final_awards(scope, counted[A6.id])
    parts = counted[definition.id]
    if definition.id in TIMES:
        return _handling_time(definition, parts, list(filter(TIMES[definition.id], taken[definition.kind])))
    if definition.id in sums:
        found = sums[definition.id]
        numerator = found.fen if definition.unit is Unit.MONEY else parts[NUMERATOR]
        return Figure(definition, numerator, None, parts, {"persons": found.persons})
    return Figure(definition, parts[NUMERATOR], parts.get(DENOMINATOR), parts)


def closure_rates(definition: Indicator, periods: list[Period], user: User | None = None) -> list[Figure]:
    """A closure rate (K1, A1) in each of the periods, in one query; each is what `measure` says of that period.

    The periods are in the order of their cut-offs. The figures have numerator and denominator only.
    """
    parts = (NUMERATOR, DENOMINATOR)
    scope = Scope(periods[-1], user)
    cut_offs = {f"closed_{n}": each.as_of for n, each in enumerate(periods)}
    columns = {
        f"{part}_{n}": Count(
            "pk", filter=Q(filed_then__lte=each.as_of) & _asked_of(definition, f"closed_{n}", part, each)
        )
        for n, each in enumerate(periods)
        for part in parts
    }
    found = closed_by(scope, definition.kind, cut_offs).aggregate(**columns)
    return [
        Figure(
            definition,
            found[f"{NUMERATOR}_{n}"],
            found[f"{DENOMINATOR}_{n}"],
            {part: found[f"{part}_{n}"] for part in parts},
            year=each.as_of.year,
        )
        for n, each in enumerate(periods)
    ]


def _asked_of(definition: Indicator, column: str, part: str, at: Period) -> Q:
    """The condition of the part of the rate, with the closing day read from that column."""
    return _renamed(PARTS[definition.id][part].condition(at), "closed_then", column)


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


def _final_awards(scope: Scope, parts: Mapping[str, int]) -> Figure:
    """A6: the awards made in the period, and how many of them are final; its parts are their cases."""
    made = awards(scope).filter(awards_in(scope.period))
    found = made.aggregate(final=Count("pk", filter=FINAL), all=Count("pk"))
    return Figure(indicator(A6.id), found["final"], found["all"], parts)


class Sums(NamedTuple):
    """What a figure says in persons and in fen."""

    persons: int
    fen: int


SUMMED: dict[str, tuple[Condition, str]] = {
    L1.id: (PARTS[L1.id][NUMERATOR].condition, ""),
    L4.id: (PARTS[L4.id][DENOMINATOR].condition, "aid__obtained_fen"),
    A13.id: (PARTS[A13.id][DENOMINATOR].condition, "claimed_fen"),
    A14.id: (PARTS[A14.id][DENOMINATOR].condition, "confirmed_fen"),
}
"""The figures of persons and money: of which cases, and the column of the money, if any."""


def _sums(ids: Iterable[str], scope: Scope) -> dict[str, Sums]:
    """Workers and money of the cases that those of the figures are about, which are of one kind; one query."""
    columns: dict[str, Any] = {}
    for id_ in ids:
        condition, money = SUMMED[id_]
        inside = condition(scope.period)
        columns[f"{id_}_persons"] = Sum("worker_count", filter=inside, default=0)
        if money:
            columns[f"{id_}_fen"] = Sum(money, filter=inside, default=0)
    found = cases_then(scope, indicator(next(iter(ids))).kind).aggregate(**columns)
    return {id_: Sums(found[f"{id_}_persons"], found.get(f"{id_}_fen", 0)) for id_ in ids}


class Taken(NamedTuple):
    """How many cases took so many days from filing to closing."""

    days: int
    cases: int
    is_priority: bool


def days_taken(scope: Scope, kind: str) -> list[Taken]:
    """The cases of the kind closed in the period by the days they took; a dispute passed on is not closed."""
    rate = {CaseKind.INSPECTION: K1, CaseKind.ARBITRATION: A1}[CaseKind(kind)]
    in_period = PARTS[rate.id][NUMERATOR].condition(scope.period)
    closed = closed_by(scope, kind, {"closed_then": scope.period.as_of}).filter(in_period).order_by()
    taken = ExpressionWrapper(F("closed_then") - F("filed_then"), output_field=DurationField())
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
