"""What the file says of an applicant's means, brought to the pure check of `legal_aid.means`."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from cases.models import PartyRole, Person
from legal_aid.means import Circumstances, Finding, find
from legal_aid.rates import rate_on

HARDSHIP = "hardship"


def applicants(case: Any) -> list[Person]:
    """The people who ask for aid, in the order of the file."""
    return [
        party.person
        for party in case.parties.all()
        if party.role == PartyRole.WORKER and party.person is not None
    ]


def statement_of(case: Any) -> Any:
    """What the applicant said of income and property; None before."""
    try:
        return case.means
    except ObjectDoesNotExist:
        return None


def circumstances(case: Any) -> Circumstances:
    """What is known of the applicants; an exemption of migrant workers asks that all of them are."""
    people, means = applicants(case), statement_of(case)
    known: dict[str, Any] = {
        "matter": case.aid.matter,
        "category": case.aid.category,
        "is_migrant": bool(people) and all(person.is_migrant for person in people),
        "birth_on": people[0].birth_on if len(people) == 1 else None,
    }
    if means is not None:
        known |= {
            "has_stable_income": means.has_stable_income,
            "special_status": means.special_status,
            "exempt_by_law": means.exempt_by_law,
            "income_fen": means.per_head_fen,
        }
    return Circumstances(**known)


def finding(case: Any, on: date) -> Finding:
    """What the check of means comes to as the file stands, by the standard of the day."""
    return find(circumstances(case), rate_on(HARDSHIP, on), on)
