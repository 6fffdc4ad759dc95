"""The rows of one case as they lie in the database, ready to be written once more for other people.

Which tables belong to a case is asked of the models, so that a new table is copied without a word here.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import models
from django.db.models.base import ModelState

from cases.models import Case, Claim, Employer, Party, Payment, Person, Project

Table = type[models.Model]
Keys = dict[Table, dict[int, int]]
"""For each table the new key of each old one."""


def tables_of_a_case() -> list[Table]:
    """Every table whose rows belong to a case, directly or through another such row; the case comes first.

    A row belongs where it must point: a clue, which may point to the complaint it became, is nobody's row.
    """
    found: list[Table] = [Case]
    waiting = [model for model in apps.get_models() if not model._meta.proxy and model is not Case]
    while more := [model for model in waiting if belonging(model, found)]:
        found += more
        waiting = [model for model in waiting if model not in more]
    return found


def belonging(model: Table, targets: Iterable[Table]) -> list[tuple[str, Table]]:
    """The columns of the table that must point to one of the targets, each with its target."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [(name, to) for name, to in links(model, targets) if not fields[name].null]


def links(model: Table, targets: Iterable[Table]) -> list[tuple[str, Table]]:
    """The columns of the table that point to one of the targets, each with its target."""
    wanted = set(targets)
    found = []
    for field in model._meta.concrete_fields:
        to: Any = field.remote_field and field.remote_field.model._meta.concrete_model
        if to in wanted:
            found.append((field.attname, to))
    return found


def read(cases: Iterable[int]) -> list["History"]:
    """The histories of the cases with those keys, in the order of the keys."""
    tables = tables_of_a_case()
    first = {case.pk: case for case in Case._base_manager.filter(pk__in=list(cases)).order_by("pk")}
    owner: Keys = {Case: {pk: pk for pk in first}}
    rows: dict[int, dict[Table, list[models.Model]]] = {pk: {Case: [case]} for pk, case in first.items()}
    for model in tables[1:]:
        owner[model] = {}
        columns = [pair for pair in belonging(model, tables) if owner.get(pair[1])]
        if not columns:
            continue
        wanted = reduce(or_, (models.Q(**{f"{name}__in": list(owner[to])}) for name, to in columns))
        for row in model._base_manager.filter(wanted).order_by("pk"):
            case = next(owner[to][key] for name, to in columns if (key := getattr(row, name)) in owner[to])
            owner[model][row.pk] = case
            rows[case].setdefault(model, []).append(row)
    people = {person.pk: person for person in Person.objects.filter(parties__case__in=list(first)).distinct()}
    return [History(rows[pk], people) for pk in first]


@dataclass(frozen=True)
class _Row:
    """One row: what stays, and which columns are new in every copy."""

    table: Table
    key: int
    values: dict[str, Any]
    references: tuple[tuple[str, Table, int], ...]
    ids: tuple[str, ...]
    texts: tuple[tuple[str, str, bool], ...]


class History:
    """One case with everything that belongs to it."""

    def __init__(self, rows: Mapping[Table, list[models.Model]], people: Mapping[int, Person]) -> None:
        self.case: Case = rows[Case][0]  # type: ignore[assignment]
        self.parties: list[Party] = rows[Party]  # type: ignore[assignment]
        self.people = [people[party.person_id] for party in self.parties if party.person_id]
        self.respondent = next(party.employer_id for party in self.parties if party.employer_id)
        self.tables = {table: [row.pk for row in found] for table, found in rows.items()}
        own = _own_words(rows, self.people)
        self._pattern = re.compile("|".join(map(re.escape, sorted(own, key=len, reverse=True))))
        self._rows = [self._row(table, row) for table, found in rows.items() for row in found]
        self.vouchers = sorted({payment.voucher_no for payment in rows.get(Payment, [])})  # type: ignore[attr-defined]

    def _row(self, table: Table, row: models.Model) -> _Row:
        # By attribute, so that a sealed value is opened here and sealed anew for the copy's own row.
        values = {field.attname: getattr(row, field.attname) for field in table._meta.concrete_fields}
        inside: list[Table] = [*self.tables, Person, Employer, Project]
        references = [(name, to, values[name]) for name, to in links(table, inside) if values[name]]
        ids = [f.attname for f in table._meta.concrete_fields if isinstance(f, models.UUIDField) and f.unique]
        texts = []
        for field in table._meta.concrete_fields:
            text = _text_of(field, values[field.attname])
            if self._pattern.search(text):
                texts.append((field.attname, text, isinstance(field, models.JSONField)))
        return _Row(table, row.pk, values, tuple(references), tuple(ids), tuple(texts))

    def copy(
        self, keys: Keys, words: Mapping[str, str], changes: Mapping[Table, Mapping[str, Any]]
    ) -> dict[Table, list[models.Model]]:
        """New rows, not yet saved: under the new keys, with other words in the texts and other values as given.

        ``words`` says what stands instead of each number and name of this case. The MACs are those of the old record:
        the caller makes new ones. KeyError for a word that was forgotten.
        """
        new_ids = {(row.table, row.key): {name: uuid4() for name in row.ids} for row in self._rows}
        said = dict(words)
        for row in self._rows:
            for name, value in new_ids[row.table, row.key].items():
                said[str(row.values[name])] = str(value)
                said[_short(row.values[name])] = _short(value)
            if word := _KEYS_IN_TEXTS.get(row.table):
                said[word.format(row.key)] = word.format(keys[row.table][row.key])
        made: dict[Table, list[models.Model]] = {}
        for row in self._rows:
            values = {**row.values, "_state": ModelState(), **new_ids[row.table, row.key]}
            if row.table in keys:
                values[row.table._meta.pk.attname] = keys[row.table][row.key]
            for name, to, old in row.references:
                values[name] = keys[to].get(old, old)
            for name, text, is_json in row.texts:
                text = self._pattern.sub(lambda found: said[found[0]], text)
                values[name] = json.loads(text) if is_json else text
            values.update(changes.get(row.table, {}))
            copied = row.table.__new__(row.table)
            copied.__dict__ = values
            made.setdefault(row.table, []).append(copied)
        return made


# Keys that stand inside recorded facts, as they are written there.
_KEYS_IN_TEXTS = {Claim: '"claim_{}"', Party: '"worker_id": {},'}


def _short(value: UUID) -> str:
    """As the clock of a task names its task."""
    return value.hex[:16]


def _text_of(field: models.Field, value: Any) -> str:
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(field, models.CharField | models.TextField) and isinstance(value, str) else ""


def _own_words(rows: Mapping[Table, list[models.Model]], people: list[Person]) -> set[str]:
    """What in texts says which case this is: numbers, names, keys, ids."""
    case: Any = rows[Case][0]
    words = {case.receipt_no, case.case_no, case.respondent_name, case.complaint.external_no}
    words |= {person.name for person in people}
    if case.project:
        words.add(case.project.name)
    for table, found in rows.items():
        for row in found:
            words |= {row.voucher_no} if isinstance(row, Payment) else set()
            words |= {_KEYS_IN_TEXTS[table].format(row.pk)} if table in _KEYS_IN_TEXTS else set()
            if isinstance(public_id := getattr(row, "public_id", None), UUID):
                words |= {str(public_id), _short(public_id)}
    return words - {""}
