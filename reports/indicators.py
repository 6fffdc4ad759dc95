"""The indicators themselves: what is counted, and the cases behind each number.

Every number is a part of an indicator, and every part is one condition over `reports.facts`. The same
condition is counted by `measure` and listed by `cases_behind`, so a count and its list cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from cases.models import CaseQuerySet
from inspection.states import ClosingCode
from reports.definitions import K1, K2, K3, K6, K8, OVERDUE, Gap, Indicator, Text, indicator
from reports.facts import Scope, filed_complaints, payments_in, verified_payments
from reports.periods import Period, period

Condition = Callable[[Period], Q]

NUMERATOR, DENOMINATOR, GAP = "numerator", "denominator", "gap"


class UnknownPartError(KeyError):
    """The indicator has no part of that name."""


def _open(at: Period) -> Q:
    return Q(closed_then__isnull=True) | Q(closed_then__gt=at.as_of)


def _closed_in_period(at: Period) -> Q:
    return Q(closed_then__range=(at.from_on, at.as_of))


def _handled_in_period(at: Period) -> Q:
    """Open at the start, or filed since: whatever was not closed before the period."""
    return Q(closed_then__isnull=True) | Q(closed_then__gte=at.from_on)


def _filed_in_period(at: Period) -> Q:
    return Q(filed_on__gte=at.from_on)


def _reopened_in_period(at: Period) -> Q:
    return Q(reopened_then__range=(at.from_on, at.as_of))


def _closed_as(code: ClosingCode) -> Condition:
    return lambda at: _closed_in_period(at) & Q(outcome_then=code)


def _due_in_period(at: Period) -> Q:
    return Q(due_then__range=(at.from_on, at.as_of))


def _paid_in_period(at: Period) -> Q:
    return Q(Exists(payments_in(at).filter(case=OuterRef("pk"))))


def _due_on_last_day(at: Period) -> Q:
    return Q(due_then=at.as_of)


def _closed_on_time(at: Period) -> Q:
    return _due_in_period(at) & Q(closed_then__lte=F("due_then"))


def _not_closed_on_time(at: Period) -> Q:
    return _due_in_period(at) & (Q(closed_then__isnull=True) | Q(closed_then__gt=F("due_then")))


@dataclass(frozen=True)
class Part:
    """One number of an indicator: what it is called, and the condition that its cases meet."""

    label: Text
    condition: Condition


PARTS: dict[str, dict[str, Part]] = {
    K1.id: {
        "opening": Part(_("期初未结"), lambda at: _handled_in_period(at) & Q(filed_on__lt=at.from_on)),
        "filed": Part(_("本期立案"), lambda at: _handled_in_period(at) & _filed_in_period(at)),
        DENOMINATOR: Part(_("应办"), _handled_in_period),
        NUMERATOR: Part(_("本期办结"), _closed_in_period),
        GAP: Part(_("期末未结"), _open),
        "suspended": Part(_("期末未结中现为中止"), lambda at: _open(at) & Q(is_suspended=True)),
        "withdrawn": Part(_("本期办结中撤回投诉"), _closed_as(ClosingCode.WITHDRAWN)),
        "unfounded": Part(_("本期办结中事实不成立"), _closed_as(ClosingCode.CANCELLED_UNFOUNDED)),
        "reopened": Part(_("本期恢复办理"), lambda at: _handled_in_period(at) & _reopened_in_period(at)),
    },
    K2.id: {
        NUMERATOR: Part(
            _("本期立案且已办结"), lambda at: _filed_in_period(at) & Q(closed_then__lte=at.as_of)
        ),
        DENOMINATOR: Part(_("本期立案"), _filed_in_period),
        GAP: Part(_("本期立案未办结"), lambda at: _filed_in_period(at) & _open(at)),
    },
    K3.id: {
        NUMERATOR: Part(_("按期办结"), _closed_on_time),
        DENOMINATOR: Part(_("本期到期"), _due_in_period),
        GAP: Part(_("到期未按期办结"), _not_closed_on_time),
        "due_today": Part(_("截止日到期、未办结"), lambda at: _due_on_last_day(at) & _open(at)),
    },
    K6.id: {NUMERATOR: Part(_("本期有工资到账"), _paid_in_period)},
    K8.id: {DENOMINATOR: Part(_("本期办结"), _closed_in_period)},
    OVERDUE.id: {NUMERATOR: Part(_("超期在办"), lambda at: _open(at) & Q(due_then__lt=at.as_of))},
}


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
    asked = [indicator(id_) for id_ in ids]
    scope = Scope(period(from_on, as_of, today=timezone.localdate()), user, agency)
    counted = _count_parts([each.id for each in asked], scope)
    return [_figure(each, counted, scope) for each in asked]


def cases_behind(
    id_: str,
    part: str,
    *,
    from_on: date,
    as_of: date,
    user: User | None = None,
    agency: Agency | None = None,
) -> CaseQuerySet:
    """Exactly the cases that `measure` counts as that part, each with the columns of `facts.complaints_then`.

    Raises UnknownIndicatorError, UnknownPartError, PeriodError.
    """
    condition = part_of(id_, part).condition
    scope = Scope(period(from_on, as_of, today=timezone.localdate()), user, agency)
    return filed_complaints(scope).filter(condition(scope.period))


def part_of(id_: str, part: str) -> Part:
    """The part of that name. Raises UnknownIndicatorError and UnknownPartError."""
    parts = PARTS[indicator(id_).id]
    if part not in parts:
        raise UnknownPartError(part)
    return parts[part]


def _count_parts(ids: list[str], scope: Scope) -> dict[str, dict[str, int]]:
    """Number of cases for every part of the indicators, in one query. K6 counts its cases with its money."""
    columns = {
        f"{id_}_{name}": Count("pk", filter=part.condition(scope.period))
        for id_ in ids
        if id_ != K6.id
        for name, part in PARTS[id_].items()
    }
    if not columns:
        return {}
    found = filed_complaints(scope).aggregate(**columns)
    return {id_: {name: found[f"{id_}_{name}"] for name in PARTS[id_]} for id_ in ids if id_ != K6.id}


def _figure(definition: Indicator, counted: Mapping[str, Mapping[str, int]], scope: Scope) -> Figure:
    if definition is K6:
        return _recovered_wages(scope)
    parts = counted[definition.id]
    if definition is K8:
        return _handling_time(parts, scope)
    return Figure(definition, parts[NUMERATOR], parts.get(DENOMINATOR), parts)


def _recovered_wages(scope: Scope) -> Figure:
    found = verified_payments(scope).aggregate(
        fen=Sum("amount_fen"), persons=Count("worker", distinct=True), cases=Count("case", distinct=True)
    )
    return Figure(K6, found["fen"] or 0, None, {NUMERATOR: found["cases"]}, {"persons": found["persons"]})


def _handling_time(parts: Mapping[str, int], scope: Scope) -> Figure:
    taken = ExpressionWrapper(F("closed_then") - F("filed_on"), output_field=DurationField())
    closed = filed_complaints(scope).filter(_closed_in_period(scope.period)).order_by()
    rows = closed.annotate(taken=taken).values("taken").annotate(n=Count("pk")).values_list("taken", "n")
    by_days = sorted((duration.days, n) for duration, n in rows)
    total = sum(days * n for days, n in by_days)
    return Figure(K8, total, parts[DENOMINATOR], parts, {"median": _median(by_days)})


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
