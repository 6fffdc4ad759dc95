"""A matter that another agency sent becomes a complaint, with nothing typed again."""

from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, Party, PartyRole
from cases.workflow.table import Referral, StepRefused
from inspection.services import Registration, WorkerEntry, register_complaint
from inspection.states import Channel


def open_for(referral: Referral) -> Case:
    """The people of the case complain here: who they are, against whom, for which months and sums, and why.

    Neither bank cards nor evidence go along. Raises what `register_complaint` raises.
    """
    case = referral.case
    entry = Registration(
        employer_name=case.respondent_name,
        workers=tuple(_worker(party) for party in referral.parties),
        channel=Channel.REFERRAL,
        external_no=case.number,
        town=case.town,
        project_name=case.project.name if case.project else "",
        project_type=case.project.type if case.project else "",
        facts_text=getattr(case.detail, "facts_text", ""),
        note=f"{case.agency.short_name}转来：{case.number}",
        **_unit(case),
    )
    return register_complaint(by=referral.by, key=referral.key, entry=entry)


def _unit(case: Case) -> dict[str, Any]:
    """What is known of the first unit that owes."""
    parties = case.parties.select_related("employer").filter(role=PartyRole.RESPONDENT)
    unit = next((party.employer for party in parties if party.employer), None)
    if unit is None:
        return {}
    return {
        "uscc": unit.uscc,
        "employer_contact": unit.contact,
        "employer_phone": unit.phone,
        "employer_address": unit.address,
        "legal_representative": unit.legal_representative,
        "industry": unit.industry,
    }


def _worker(party: Party) -> WorkerEntry:
    """A worker as the other agency knows them, the months from the first to the last and the sum of all."""
    person, claims = party.person, list(party.claims.all())
    assert person is not None
    if not claims:
        raise StepRefused(
            [_("%(name)s还没有欠薪的月份和金额，转出单位补填以后再接收") % {"name": person.name}]
        )
    return WorkerEntry(
        name=person.name,
        from_month=min(claim.from_month for claim in claims),
        to_month=max(claim.to_month for claim in claims),
        owed_fen=sum(claim.owed_fen for claim in claims),
        id_type=person.id_type,
        id_number=person.id_number,
        phone=person.phone,
        sex=person.sex,
        birth_on=person.birth_on,
        address=person.address,
        is_migrant=person.is_migrant,
        is_representative=party.is_representative,
        job=claims[0].job,
        contact=person.contact,
        no_id_reason=person.no_id_reason,
    )
