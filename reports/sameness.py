"""同数检查: whether a number is the same wherever it is said: counted, listed, as a file, and over HTTP."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder

from agencies.models import User
from agencies.rights import Right
from reports.answers import document, full_entry
from reports.case_files import as_csv, in_order, rows_in
from reports.definitions import COUNTS, INDICATORS, Indicator
from reports.indicators import cases_behind, measure
from reports.parts import PARTS, Part
from reports.periods import Period

EVERY = (*INDICATORS, *COUNTS)
PAGE_SIZE = 50


@dataclass(frozen=True)
class Line:
    """One number of an indicator as it was found in each of the four places."""

    indicator: Indicator
    name: str
    part: Part
    counted: int
    listed: int
    exported: int
    told: int

    @property
    def is_same(self) -> bool:
        return self.counted == self.listed == self.exported == self.told


def rows_to_read(period: Period, user: User | None) -> int:
    """How many rows a check of everything fetches."""
    return sum(sum(figure.parts.values()) for figure in measure(EVERY, **_days(period), user=user))


def check(period: Period, user: User | None, ids: Iterable[str] = EVERY) -> list[Line]:
    """Every part of the indicators as the person finds it; two queries for each part beside those of `measure`."""
    figures = measure(ids, **_days(period), user=user)
    answer = json.dumps(document(map(full_entry, figures), period), cls=DjangoJSONEncoder)
    told = {each["id"]: each["parts"] for each in json.loads(answer)["indicators"]}
    return [
        _line(figure.definition, name, counted, told[figure.definition.id][name], period, user)
        for figure in figures
        for name, counted in figure.parts.items()
    ]


def _line(
    definition: Indicator, name: str, counted: int, told: int, period: Period, user: User | None
) -> Line:
    cases = in_order(cases_behind(definition.id, name, **_days(period), user=user))
    return Line(
        definition,
        name,
        PARTS[definition.id][name],
        counted=counted,
        listed=Paginator(cases, PAGE_SIZE).count,
        exported=rows_in(as_csv(cases.select_related("agency"), period)),
        told=told,
    )


def _days(period: Period) -> dict[str, Any]:
    return {"from_on": period.from_on, "as_of": period.as_of, "moment": period.moment}


def one_of_each_role() -> list[User]:
    """One person who signs in for every role and body that looks at figures."""
    people = User.objects.filter(is_active=True).select_related("agency").order_by("-username")
    looking = [each for each in people if each.has_right(Right.VIEW_INDICATORS)]
    return list({(each.role, each.agency_id): each for each in looking}.values())
