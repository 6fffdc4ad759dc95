"""The least that a registration can be: a view that inserts the same rows, and does nothing else.

It stands behind the same middleware as every page. What the rows are is learnt from a real registration: the last
one of the database is copied row by row, each with an INSERT of its own, under new keys and ids.
"""

from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models.base import ModelState
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from agencies.access import rule
from agencies.rights import Right
from cases.models import Case, IdempotencyRecord, Person
from notifications.models import OutboxMessage
from reports.demo.histories import links, tables_of_a_case

ROWS_OF = (Person, *tables_of_a_case(), IdempotencyRecord, OutboxMessage)


@rule(Right.REGISTER)
@require_POST
def insert(request: HttpRequest) -> HttpResponse:
    """One more complaint lies in the database."""
    with transaction.atomic():
        _insert()
    return HttpResponse("", status=201)


@cache
def template() -> list[models.Model]:
    """The rows that the last registration made, in an order in which each finds what it points to."""
    case = Case.objects.filter(documents__kind="D04").latest("pk")
    rows: list[models.Model] = list(Person.objects.filter(parties__case=case))
    owner: dict[Any, set[int]] = {Case: {case.pk}}
    rows.append(case)
    for table in tables_of_a_case()[1:]:
        found = [
            row
            for name, to in links(table, owner)
            for row in table._base_manager.filter(**{f"{name}__in": owner[to]}).order_by("pk")
        ]
        owner[table] = {row.pk for row in found}
        rows += {(type(row), row.pk): row for row in found}.values()
    rows += OutboxMessage.objects.filter(kind="render_document").order_by("-pk")[:1]
    rows += IdempotencyRecord.objects.filter(answer__case=str(case.public_id))
    return [_opened(row) for row in rows]


def _opened(row: models.Model) -> models.Model:
    """The row with its sealed values read, so that they are sealed anew for each copy as a registration does."""
    for field in row._meta.concrete_fields:
        getattr(row, field.attname)
    return row


def _insert() -> None:
    keys: dict[tuple[Any, int], int] = {}
    for row in template():
        table = type(row)
        copied = table.__new__(table)
        copied.__dict__ = {**row.__dict__, "_state": ModelState()}
        for field in table._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.remote_field and value is not None:
                target = field.remote_field.model._meta.concrete_model
                copied.__dict__[field.attname] = keys.get((target, value), value)
            elif isinstance(value, UUID):
                copied.__dict__[field.attname] = uuid4()
            elif field.attname in ("receipt_no", "key"):
                copied.__dict__[field.attname] = uuid4().hex
        if not table._meta.pk.remote_field:
            copied.pk = None
        if isinstance(copied, Case):
            copied.headline_clock_id = None  # its clock comes after it
        copied.save(force_insert=True)
        keys[table, row.pk] = copied.pk


urlpatterns = [path("bare/", insert), path("", include("config.urls"))]
