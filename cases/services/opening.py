"""A case comes into being."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, User
from agencies.rights import Right
from cases import clocks, idempotency, numbers
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
) -> Case:
    """A registered case with its receipt number, clocks and first event; the same key again returns the same case.

    ``fill`` makes the detail, parties and claims of the new row; the effects of ``step`` follow, then ``then``.
    ``documents`` are the kinds to issue, None every kind that the step issues.
    One transaction. Raises PermissionDenied, KeyReused, and what ``fill`` and the effects raise.
    """
    if not by.has_right(Right.REGISTER) or not agency.covers(by.agency):
        raise PermissionDenied
    workflow = workflow_for(kind)
    with transaction.atomic():
        answer = idempotency.claim(user=by, key=key, action=f"open:{kind}", payload=payload)
        if answer is not None:
            return workflow.model.objects.get(public_id=answer["case"])
        now = timezone.now()
        case = workflow.model(
            kind=kind,
            workflow_version=workflow.version,
            agency=agency,
            state=workflow.initial,
            receipt_no=numbers.take(agency, "receipt", timezone.localdate(now)),
            registered_at=now,
            registered_by=by,
            **fields,
        )
        case.save()
        fill(case)
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
        change.event = append(
            case,
            by,
            kind=TimelineEvent.Kind.STEP,
            step=step.name,
            label=str(step.label),
            target=workflow.initial,
            note=note,
            facts={"receipt_no": case.receipt_no, "worker_count": case.worker_count, **(facts or {})},
        )
        for effect in step.then:
            effect.apply(change)
        then(change)
        clocks.refresh_headline(case)
        case.save()
        idempotency.remember(
            user=by, key=key, action=f"open:{kind}", payload=payload, answer={"case": str(case.public_id)}
        )
    return case
