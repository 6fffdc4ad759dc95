"""Everything the leader's page shows, measured in eight queries whatever the number of months, towns and industries."""

from collections.abc import Iterable
from dataclasses import dataclass

from agencies.models import User
from reports.definitions import (
    A1,
    A2,
    A3,
    A4,
    AGE,
    GROUP,
    K1,
    K2,
    K3,
    K6,
    K8,
    L1,
    OVERDUE,
    PRIORITY_TIME,
    Indicator,
)
from reports.facts import DIVISIONS, Scope
from reports.indicators import (
    Counts,
    Figure,
    closure_rates,
    count_kinds,
    count_parts,
    figures,
    recovered_wages,
)
from reports.parts import DENOMINATOR, NUMERATOR, PARTS
from reports.periods import Period, year_before, years_to_date_by_month

COUNTED = (K1.id, K2.id, K3.id, OVERDUE.id, K8.id, PRIORITY_TIME.id, GROUP.id, AGE.id)
BESIDE = (A1.id, A2.id, A3.id, A4.id, L1.id)
"""Figures of the other tracks, which are not divided by town and industry."""

MONTHS = 12


@dataclass(frozen=True)
class Share:
    """The counts of one part of a division: of one town, of one industry; ``value`` is empty for those without."""

    value: int | str | None
    counts: Counts

    def figure(self, definition: Indicator) -> Figure:
        """A closure rate, or a count, of that part alone."""
        parts = self.counts[definition.id]
        return Figure(definition, parts[NUMERATOR], parts.get(DENOMINATOR), parts)


@dataclass(frozen=True)
class Board:
    """What was measured. ``wages_before`` is K6 in the same days of the year before; ``months`` has K1 and A1 as of
    month ends.
    """

    figures: dict[str, Figure]
    wages_before: Figure
    months: list[tuple[Period, Figure, Figure]]
    divisions: dict[str, list[Share]]


def look(chosen: Period, user: User) -> Board:
    """The figures of the period among what the person may see.

    Eight queries: counts of complaints, of disputes and of aid, durations, payments, what aid brought, and the month
    ends of both rates.
    """
    scope = Scope(chosen, user)
    rows = count_parts(COUNTED, scope, tuple(DIVISIONS.values()))
    total = _sum(counts for _values, counts in rows)
    measured = {each.definition.id: each for each in figures(COUNTED, total, scope)}
    beside = figures(BESIDE, count_kinds(BESIDE, scope), scope)
    measured |= {each.definition.id: each for each in beside}
    wages, wages_before = recovered_wages(scope, [chosen, year_before(chosen)])
    month_ends = years_to_date_by_month(chosen.as_of, MONTHS)
    return Board(
        figures={**measured, K6.id: wages},
        wages_before=wages_before,
        months=list(
            zip(
                month_ends,
                closure_rates(K1, month_ends, user),
                closure_rates(A1, month_ends, user),
                strict=True,
            )
        ),
        divisions={name: _divided(rows, place) for place, name in enumerate(DIVISIONS)},
    )


def _divided(rows: list[tuple[tuple, Counts]], place: int) -> list[Share]:
    """The rows added up by the value at the place."""
    by_value: dict[int | str | None, list[Counts]] = {}
    for values, counts in rows:
        by_value.setdefault(values[place] or None, []).append(counts)
    return [Share(value, _sum(counts)) for value, counts in by_value.items()]


def _sum(many: Iterable[Counts]) -> Counts:
    """Part by part; zeros for nothing."""
    total = no_counts()
    for counts in many:
        for id_, parts in counts.items():
            for name, n in parts.items():
                total[id_][name] += n
    return total


def no_counts() -> Counts:
    """Zero for every part that is counted."""
    return {id_: dict.fromkeys(PARTS[id_], 0) for id_ in COUNTED}
