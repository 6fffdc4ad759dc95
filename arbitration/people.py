"""Who stands on which side of a dispute, and who may sit on its tribunal."""

from typing import Any

from django.apps import apps

from agencies.models import User
from agencies.rights import Role
from arbitration.states import Side
from cases.models import Assignment, CaseKind, Duty, Party, PartyRole

TRIBUNAL = (Duty.SOLE, Duty.CHIEF, Duty.MEMBER)


def workers(case: Any) -> list[Party]:
    """The workers of the case in their order, from the rows it has fetched."""
    return [party for party in case.parties.all() if party.role == PartyRole.WORKER]


def units(case: Any) -> list[Party]:
    """The employers and whoever answers beside them, in their order; third persons are none of them."""
    return [party for party in case.parties.all() if party.role == PartyRole.RESPONDENT]


def applicants(case: Any) -> list[Party]:
    """Who applied: the workers, or the employer where it is the employer's application."""
    return workers(case) if case.dispute.side == Side.WORKER else units(case)


def respondents(case: Any) -> list[Party]:
    """Who answers the application."""
    return units(case) if case.dispute.side == Side.WORKER else workers(case)


def spokespeople(case: Any) -> list[Party]:
    """Whom papers and notices for the workers go to: the representatives where there are any, else everybody."""
    chosen = [party for party in workers(case) if party.is_representative]
    return chosen or workers(case)


def standing(case: Any, party: Party) -> Any:
    """What the procedure keeps about the party; made where it was not there."""
    rows = apps.get_model("arbitration", "DisputeParty").objects
    row, _made = rows.get_or_create(party_id=party.pk, defaults={"case_id": case.pk})
    return row


def arbitrators(case: Any) -> Any:
    """The active arbitrators of the institute who were not recused."""
    staff = User.objects.filter(agency_id=case.agency_id, role=Role.ARBITRATOR, is_active=True)
    return staff.exclude(recusals__case=case)


def clerks(case: Any) -> Any:
    """The active clerks of the institute who were not recused."""
    staff = User.objects.filter(agency_id=case.agency_id, role=Role.CLERK, is_active=True)
    return staff.exclude(recusals__case=case)


def mediated_before(case: Any) -> set[int]:
    """The keys of those who sat as mediators in the same matter: in the mediation it came from or went through."""
    sources = {case.dispute.source_case_id, case.dispute.mediation_case_id} - {None}
    held = Assignment.objects.filter(
        case__in=sources, case__kind=CaseKind.MEDIATION, duty=Duty.MEDIATOR
    ) | Assignment.objects.filter(case=case.pk, duty=Duty.MEDIATOR)
    return set(held.values_list("user_id", flat=True))


def tribunal(case: Any) -> list[User]:
    """The arbitrators who have the case now, the one who presides first."""
    rows = case.assignments.filter(until=None, duty__in=TRIBUNAL).select_related("user")
    return [row.user for row in sorted(rows, key=lambda row: TRIBUNAL.index(Duty(row.duty)))]


def tribunal_and_clerk(case: Any) -> list[User]:
    """Everybody whose time a hearing takes."""
    rows = case.assignments.filter(until=None, duty=Duty.CLERK).select_related("user")
    return [*tribunal(case), *(row.user for row in rows)]
