"""Disputes and mediations for the tests of figures: rows made directly, with the dates it states."""

from datetime import date
from typing import Any

from arbitration.mediation.models import Mediation
from arbitration.mediation.states import State as MediationState
from arbitration.models import Award, Dispute
from arbitration.states import State
from cases.models import Case, CaseKind
from tests.reports.complaints import complaint, moment, registrar


def dispute(
    *,
    accepted_on: date | None,
    closed_on: date | None = None,
    outcome: str = "award_nonfinal",
    reconciled: bool = False,
    due_on: date | None = None,
    **fields: Any,
) -> Case:
    """A dispute before the arbitration committee; a closed one ended as stated, by an award unless told otherwise."""
    case = complaint(
        kind=CaseKind.ARBITRATION,
        agency=fields.pop("agency", "arb"),
        filed_on=accepted_on,
        closed_on=closed_on,
        outcome=outcome,
        state=fields.pop("state", State.CLOSED if closed_on else State.AWAITING_HEARING),
        headline=due_on,
        **fields,
    )
    Dispute.objects.create(case=case, is_reconciled=reconciled)
    return case


def mediation(
    *,
    accepted_on: date | None,
    closed_on: date | None = None,
    outcome: str = "agreed",
    due_on: date | None = None,
    agreed_on: date | None = None,
    reconciled: bool = False,
    **fields: Any,
) -> Case:
    """A mediation; what ended is agreed unless told otherwise."""
    case = complaint(
        kind=CaseKind.MEDIATION,
        agency="arb",
        filed_on=accepted_on,
        closed_on=closed_on,
        outcome=outcome,
        state=MediationState.AGREED if closed_on else MediationState.MEDIATING,
        headline=due_on,
        **fields,
    )
    Mediation.objects.create(
        case=case,
        is_reconciled=reconciled,
        agreed_on=agreed_on,
        agreement_text="分两次付清" if agreed_on else "",
    )
    return case


def award(case: Case, *, made_on: date | None, finality: str = "final", form: str = "award") -> Award:
    """One paper of the tribunal; without a day it is a draft."""
    return Award.objects.create(
        case=case,
        form=form,
        finality=finality,
        made_on=made_on,
        drafted_by=registrar(),
        drafted_at=moment(made_on or date(2025, 1, 2)),
    )


def worked_year() -> None:
    """A year to 31 October 2025 with O = 24, N = 310, C = 325 of which 303 were accepted in it."""
    winter, spring, autumn = date(2024, 11, 20), date(2025, 3, 3), date(2025, 9, 1)
    for _ in range(22):
        dispute(accepted_on=winter, closed_on=date(2025, 1, 3), due_on=date(2025, 1, 4))
    for _ in range(2):
        dispute(accepted_on=winter)
    for _ in range(303):
        dispute(accepted_on=spring, closed_on=date(2025, 4, 1), due_on=date(2025, 4, 17))
    for _ in range(7):
        dispute(accepted_on=autumn)
