"""A case comes into being."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from agencies.models import Agency, User
from agencies.rights import Right
from calendars.services import read_ahead
from cases import audit, clocks, idempotency, newborn, numbers
from cases.models import Case, TimelineEvent
from cases.services.acting import append
from cases.workflow.registry import workflow_for
from cases.workflow.table import Change, Step


def open_case(
    *,
    kind: str,
    agency: Agency,
    by: User,
    key: str,
    payload: Any,
    step: Step,
    fields: dict[str, Any],
    fill: Callable[[Case], None],
    then: Callable[[Change], None] = lambda change: None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    documents: list[str] | None = None,
    right: str | None = Right.REGISTER,
    number_last: bool = False,
) -> Case:
    """A registered case with its receipt number, clocks and first event; the same key again returns the same case.

    It begins in the state to which ``step`` leads. ``right`` is what the person needs, in the agency or below it; None
    when the caller has asked.
    ``fill`` makes the detail, parties and claims of the new row; the effects of ``step`` follow, then ``then``.
    ``documents`` are the kinds to issue, None every kind that the step issues.
    Whoever has the number keeps every other registration waiting until the commit. With ``number_last`` it is taken
    after everything but the events and documents, which say it, and the row of the case: allowed where ``fill``,
    ``then`` and the effects neither say the number nor look for the case or an event in the database.
    One transaction. Raises PermissionDenied, KeyReused, and what ``fill`` and the effects raise.
    """
    if right is not None and not (by.has_right(right) and agency.covers(by.agency)):
        raise PermissionDenied
    workflow = workflow_for(kind)
    with transaction.atomic():
        public_id = uuid4()
        answer = idempotency.claim(
            user=by, key=key, action=f"open:{kind}", payload=payload, answer={"case": str(public_id)}
        )
        if answer is not None:
            known = workflow.model.objects.get(public_id=answer["case"])
            known.is_known_answer = True
            return known
        now = timezone.now()
        case = workflow.model(
            public_id=public_id,
            kind=kind,
            workflow_version=workflow.version,
            agency=agency,
            state=step.target or workflow.initial,
            registered_at=now,
            registered_by=by,
            **fields,
        )
        change = Change(
            case=case,
            step=step,
            by=by,
            on=timezone.localdate(now),
            at=now,
            facts=facts or {},
            note=note,
            documents=documents,
        )
        read_ahead()
        case.pk = _next_key()
        with newborn.rows_of(case):
            (_number_last if number_last else _number_first)(change, fill, then)
    return case


def _number_first(change: Change, fill: Callable[[Case], None], then: Callable[[Change], None]) -> None:
    case = change.case
    case.receipt_no = numbers.take(case.agency, "receipt", change.on)
    case.save(force_insert=True)
    fill(case)
    _begin(change, then)
    case.save()


def _number_last(change: Change, fill: Callable[[Case], None], then: Callable[[Change], None]) -> None:
    """The row of the case comes last of all: what points to it is checked at the commit."""
    case = change.case
    fill(case)
    with newborn.kept_back(case) as kept:
        _begin(change, then)
    case.receipt_no = numbers.take(case.agency, "receipt", change.on)
    change.event.facts["receipt_no"] = case.receipt_no
    audit.write(case, kept.events)
    for act in kept.later:
        act()
    case.save(force_insert=True)


def _next_key() -> int:
    """The key of the next case; on SQLite the transaction already keeps every other writer out."""
    if connection.vendor != "postgresql":
        return (Case.objects.order_by().aggregate(last=Max("pk"))["last"] or 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('cases_case', 'id'))")
        return int(cursor.fetchone()[0])


def _begin(change: Change, then: Callable[[Change], None]) -> None:
    """The first event stands, with everything that follows from it."""
    _record(change)
    assert change.step is not None
    for effect in change.step.then:
        effect.apply(change)
    then(change)
    clocks.refresh_headline(change.case)


def _record(change: Change) -> None:
    """The first event of the case."""
    case, step = change.case, change.step
    assert step is not None
    change.event = append(
        case,
        change.by,
        kind=TimelineEvent.Kind.STEP,
        step=step.name,
        label=str(step.label),
        target=case.state,
        note=change.note,
        facts={"receipt_no": case.receipt_no, "worker_count": case.worker_count, **change.facts},
    )
