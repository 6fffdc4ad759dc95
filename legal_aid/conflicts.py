"""Whether a firm or a lawyer is related to somebody who stands against the aided person 利害关系."""

from typing import Any

from cases.models import PartyRole


def opponents(case: Any) -> list[str]:
    """The names of those against whom the applicant has a claim."""
    return [party.name for party in case.parties.all() if party.role != PartyRole.WORKER]


def ties(case: Any, firm: Any, lawyer: Any = None) -> list[Any]:
    """The known relations of the firm, or of that one of its lawyers, to an opponent of the case."""
    if firm is None:
        return []
    names = opponents(case)
    return [
        tie
        for tie in firm.ties.all()
        if tie.unit_name in names and (lawyer is None or tie.lawyer_id in (None, lawyer.pk))
    ]
