"""Applications for legal aid for the tests of figures: rows made directly, with the dates the test states."""

from datetime import date
from typing import Any

from cases.models import Case, CaseKind
from legal_aid.deadlines import ASSIGN, DECIDE
from legal_aid.models import AidApplication
from legal_aid.states import Category, State
from tests.reports.complaints import complaint, run_term

OF_THE_CASE = ("state", "worker_count", "ended_on", "closed_on", "outcome", "town")


def application(*, received_on: date, granted_on: date | None = None, **fields: Any) -> Case:
    """An application to the centre; granted ones are under way unless the test says how they ended."""
    kept = {name: fields.pop(name) for name in OF_THE_CASE if name in fields}
    case = complaint(
        kind=CaseKind.LEGAL_AID,
        agency="aid",
        filed_on=granted_on,
        state=kept.pop("state", State.IN_PROGRESS if granted_on else State.UNDER_REVIEW),
    )
    Case.objects.filter(pk=case.pk).update(received_on=received_on, **kept)
    fields.setdefault("category", Category.MIGRANT)
    AidApplication.objects.create(case=case, granted_on=granted_on, **fields)
    case.refresh_from_db()
    return case


def review_limit(case: Case, due_on: date) -> None:
    """The seven days for the decision end on that day, whatever did not count."""
    run_term(case, started_on=case.received_on, due_on=due_on, rule_code=DECIDE.code)


def assigned(case: Case, *, on: date, due_on: date) -> None:
    """A firm has the case since the day; the three days for it ended on the other."""
    run_term(case, started_on=case.filed_on, due_on=due_on, rule_code=ASSIGN.code, met_on=on)
