"""Names and readings found anywhere inside: an index of every two neighbouring characters.

Chinese names have two or three characters, which is too short for an index of three. On PostgreSQL an index holds the
pairs of the texts named here (migration 0007); on SQLite, where an installation is small, the texts are read through.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, Func, QuerySet, Value

from cases.models import Case, Person

TEXTS: dict[Any, tuple[str | Expression, ...]] = {
    Case: ("applicant_name", "respondent_name", "respondent_pinyin"),
    Person: ("name", "pinyin", Value("")),
}
"""What the index of a table is made of, in its order."""


class HoldsPairs(Func):
    """Whether the texts together hold every pair of the wanted text: they may hold it, and nothing else does."""

    function = "huxin_pairs"
    output_field = BooleanField()

    def __init__(self, *texts: str | Expression, wanted: tuple[str, ...]) -> None:
        super().__init__(*texts)
        self.wanted = wanted

    def as_sql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]  # the stubs know no list among parameters
        sql, params = super().as_sql(compiler, connection, **options)
        return f"({sql} @> %s::text[])", (*params, list(self.wanted))


def may_hold(rows: QuerySet, text: str) -> QuerySet:
    """The rows that can hold the text, and others perhaps: the caller still asks for the column that must hold it."""
    pairs = pairs_of(text)
    if connection.vendor != "postgresql" or not pairs:
        return rows
    return rows.filter(HoldsPairs(*TEXTS[rows.model], wanted=pairs))


def pairs_of(text: str) -> tuple[str, ...]:
    """Every two neighbouring characters of the text, each once; none of a single character."""
    return tuple(dict.fromkeys(text[start : start + 2] for start in range(len(text) - 1)))
