"""Complaints for the tests of figures: rows made directly, so that every date is the one the test states."""

from datetime import date, datetime, time
from itertools import count
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from agencies.services import load_agencies
from cases.models import Case, CaseClock, CaseKind, Party, PartyRole, Payment, Person, TimelineEvent
from inspection.states import State
from tests.people import make_user

_numbers = count(1)


def moment(day: date, hour: int = 10) -> datetime:
    """That hour of the day in Beijing."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def registrar() -> User:
    """Somebody who registered the cases; who it was matters to no figure."""
    return User.objects.filter(username="registrar").first() or make_user("registrar")


def complaint(
    *,
    filed_on: date | None,
    closed_on: date | None = None,
    due_on: date | None = None,
    agency: str = "inspection",
    state: str | None = None,
    outcome: str = "01",
    **fields: Any,
) -> Case:
    """A complaint of the agency with those dates; closed ones have the outcome, due ones one run of the 60 days.

    ``headline`` is the due date that the row of the case itself holds.
    """
    number, by = next(_numbers), registrar()
    received_on = filed_on or date(2025, 1, 2)
    fields.setdefault("ended_on", closed_on)
    case = Case.objects.create(
        kind=fields.pop("kind", CaseKind.INSPECTION),
        agency=Agency.objects.get(code=agency),
        state=state or (State.CLOSED if closed_on else State.INVESTIGATING),
        receipt_no=f"登〔2025〕{number}号",
        case_no=f"案〔2025〕{number}号" if filed_on else "",
        received_on=received_on,
        registered_at=moment(received_on),
        filed_on=filed_on,
        closed_on=closed_on,
        outcome=outcome if closed_on else "",
        applicant_name=f"王{number}",
        respondent_name="某某建筑劳务有限公司",
        worker_count=fields.pop("worker_count", 1),
        registered_by=by,
        due_on=fields.pop("headline", None),
        **fields,
    )
    if due_on and filed_on:
        run_term(case, started_on=filed_on, due_on=due_on)
    return case


def run_term(
    case: Case, *, started_on: date, due_on: date, rule_code: str = "T10", **fields: Any
) -> CaseClock:
    """A run of the 60 working days, as it stands after the last approved extension."""
    fields.setdefault("ended_on", case.closed_on)
    return CaseClock.objects.create(
        case=case, rule_code=rule_code, started_on=started_on, due_on=due_on, rule_text="60个工作日", **fields
    )


def record_reopening(case: Case, *, on: date, closed_on: date, outcome: str = "01") -> TimelineEvent:
    """The record of a reopening that wiped the closing of that day; the row of the case is the test's business."""
    seq = case.timeline.count() + 1
    return TimelineEvent.objects.create(
        case=case,
        seq=seq,
        kind=TimelineEvent.Kind.STEP,
        step="reopen",
        label="恢复办理",
        source=State.CLOSED,
        target=State.INVESTIGATING,
        acted_on=on,
        at=moment(on),
        by=case.registered_by,
        before={"closed_on": closed_on, "ended_on": closed_on, "outcome": outcome, "reopened_on": None},
        after={"closed_on": None, "ended_on": None, "outcome": "", "reopened_on": on},
        version=seq,
        key_id="a1",
    )


def worker(case: Case) -> Party:
    """One more worker of the case."""
    person = Person.objects.create(agency=case.agency, name="王某某")
    return Party.objects.create(
        case=case,
        role=PartyRole.WORKER,
        person=person,
        position=case.parties.count() + 1,
        added_on=case.received_on,
    )


def payment(to: Party, fen: int, *, paid_on: date, verified_on: date | None = None, **fields: Any) -> Payment:
    """Wages that reached the worker, verified the same day unless the test says otherwise."""
    return Payment.objects.create(
        case=to.case,
        worker=to,
        amount_fen=fen,
        paid_on=paid_on,
        source="employer",
        payer_name="某某公司",
        voucher_no="回单1",
        verified_by=registrar(),
        verified_at=moment(verified_on or paid_on),
        **fields,
    )


def worked_example() -> None:
    """A year to 31 October 2025: C0 = 6, N = 120, D = 123 of which 118 filed in it; 119 due, 117 on time."""
    load_agencies()
    winter, spring = date(2024, 11, 20), date(2025, 3, 3)
    for _ in range(5):
        complaint(filed_on=winter, closed_on=date(2025, 2, 10), due_on=date(2025, 2, 28))
    complaint(filed_on=winter, due_on=date(2025, 2, 28))
    for _ in range(112):
        complaint(filed_on=spring, closed_on=date(2025, 5, 6), due_on=date(2025, 5, 30))
    for _ in range(6):
        complaint(filed_on=date(2025, 9, 10), closed_on=date(2025, 10, 31), due_on=date(2025, 12, 10))
    complaint(filed_on=spring, due_on=date(2025, 5, 30))
    complaint(filed_on=date(2025, 9, 10), due_on=date(2025, 12, 10))
