"""A claim is written down: as a demand of this kind, and pay for work by months as the claim that all kinds share."""

from typing import Any

from django.apps import apps

from arbitration.states import PAY_FOR_WORK
from cases.models import Claim, Party


def keep_demand(
    case: Any,
    party: Party,
    *,
    kind: str,
    amount: int | None,
    from_month: str = "",
    to_month: str = "",
    formula: str = "",
) -> None:
    """The worker asks for this. Sums in fen, months as 2026-01."""
    apps.get_model("mediation", "Demand").objects.create(
        case_id=case.pk,
        party=party,
        type=kind,
        amount_fen=amount,
        formula=formula,
        from_month=from_month,
        to_month=to_month,
    )
    if kind in PAY_FOR_WORK and amount and from_month and to_month:
        Claim.objects.create(
            case_id=case.pk,
            worker=party,
            from_month=from_month,
            to_month=to_month,
            due_fen=amount,
            owed_fen=amount,
        )
