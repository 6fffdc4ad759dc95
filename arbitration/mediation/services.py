"""A mediation comes into being: at the window, or with the consent of the people of another case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.rights import Right
from arbitration.mediation import opening as rows
from arbitration.mediation.states import Body, Origin
from arbitration.states import PAY_FOR_WORK, ClaimType, Side
from cases.crypto import blind_indexes
from cases.models import Case, CaseKind, Claim, Employer, Party, PartyRole, Person
from cases.names import pinyin_key
from cases.particulars import known_unit, take_in
from cases.services.opening import open_case
from cases.workflow.table import Referral, Step, StepRefused
from notifications.services import notify

INSTITUTE = "arb"
GROUP_FROM = 10
_OF_PERSON = (
    "name",
    "id_type",
    "id_number",
    "phone",
    "contact",
    "no_id_reason",
    "sex",
    "birth_on",
    "address",
    "is_migrant",
)


@dataclass(frozen=True)
class Ask:
    """One claim: the sum in fen where there is one, months as 2026-01 where they belong to it."""

    type: str
    amount_fen: int | None = None
    from_month: str = ""
    to_month: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Worker:
    """One worker and what they ask for."""

    name: str
    id_type: str = "resident"
    id_number: str = ""
    phone: str = ""
    contact: str = ""
    no_id_reason: str = ""
    sex: str = ""
    birth_on: date | None = None
    address: str = ""
    is_migrant: bool = False
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class Request:
    """A request for mediation as it was typed, every value in its stored form."""

    workers: tuple[Worker, ...]
    employer: str
    uscc: str = ""
    employer_contact: str = ""
    employer_phone: str = ""
    employer_address: str = ""
    side: str = Side.WORKER
    origin: str = Origin.WALK_IN
    body: str = Body.INSTITUTE
    is_oral: bool = False
    is_inquiry: bool = False
    facts_text: str = ""
    external_no: str = ""
    received_on: date | None = None
    source: dict[str, Any] = field(default_factory=dict)


def register_request(*, by: User, key: str, entry: Request) -> Case:
    """The request, or the question, is registered in the person's institute.

    The same ``key`` gives the same case. Raises PermissionDenied, KeyReused, and StepRefused where a worker is asking
    for the same months of the same employer in another open mediation.
    """
    oral = rows.RECEIVE_ORALLY if entry.is_oral else rows.RECEIVE
    return _open(by.agency, by, key, entry, rows.INQUIRE if entry.is_inquiry else oral, Right.RECEIVE_DISPUTE)


def open_for(referral: Referral) -> Case:
    """The people of a complaint or of a dispute come to mediation with what was written down about them.

    From arbitration only before a decision, as mediation before the case 案前调解. StepRefused when an open mediation
    of the same case is under way for somebody of them.
    """
    case = referral.case
    if not referral.parties:
        raise StepRefused([_("还没选谁参加调解")])
    again = {party.name for party in _in_open_mediations(case)} & {party.name for party in referral.parties}
    if again:
        raise StepRefused(
            [_("%(names)s已经从这件案子转来调解，还在办") % {"names": "、".join(sorted(again))}]
        )
    opened = _open(
        Agency.objects.get(code=INSTITUTE),
        referral.by,
        referral.key,
        _carried_over(referral),
        rows.REFER,
        None,
    )
    _tell_mediators(opened)
    return opened


def _open(agency: Agency, by: User, key: str, entry: Request, step: Step, right: str | None) -> Case:
    asks = [ask for worker in entry.workers for ask in worker.asks]
    first = entry.workers[0].name

    def fill(case: Case) -> None:
        _refuse_doubles(case, entry)
        _fill(case, entry)

    with transaction.atomic():
        return open_case(
            kind=CaseKind.MEDIATION,
            agency=agency,
            by=by,
            key=key,
            payload=repr(entry),
            step=step,
            right=right,
            fields={
                "received_on": entry.received_on or timezone.localdate(),
                "applicant_name": first if entry.side == Side.WORKER else entry.employer[:60],
                "applicant_pinyin": pinyin_key(first)[:200],
                "respondent_name": entry.employer,
                "respondent_pinyin": pinyin_key(entry.employer, person=False)[:400],
                "worker_count": len(entry.workers),
                "claimed_fen": sum(ask.amount_fen or 0 for ask in asks),
                "is_priority": _is_pay_of_migrants(entry),
                "is_group": len(entry.workers) >= GROUP_FROM,
            },
            fill=fill,
        )


def _is_pay_of_migrants(entry: Request) -> bool:
    return all(
        worker.is_migrant and any(ask.type in PAY_FOR_WORK for ask in worker.asks) for worker in entry.workers
    )


def _refuse_doubles(case: Case, entry: Request) -> None:
    """Nothing, or StepRefused naming who asks for the same months of the same employer in another open mediation."""
    indexes = _indexes(entry.workers)
    known = Claim.objects.filter(
        case__kind=CaseKind.MEDIATION,
        case__agency=case.agency,
        case__ended_on=None,
        case__respondent_name=entry.employer,
        worker__person__id_number_index__in=list(indexes),
    ).select_related("case", "worker__person")
    faults = []
    for claim in known:
        worker = indexes[claim.worker.person.id_number_index]  # type: ignore[union-attr]
        for ask in worker.asks:
            if ask.from_month and ask.from_month <= claim.to_month and claim.from_month <= ask.to_month:
                faults.append(
                    _("%(name)s同一单位、同样的月份已经在%(number)s调解，先办完那件，或者把月份分开")
                    % {"name": worker.name, "number": claim.case.number}
                )
                break
    if faults:
        raise StepRefused(faults)


def _indexes(workers: Iterable[Worker]) -> dict[str, Worker]:
    return {
        index: worker
        for worker in workers
        if worker.id_number
        for index in blind_indexes("id_number", worker.id_number)
    }


def _fill(case: Case, entry: Request) -> None:
    """The detail, the people and what they ask for; a constant number of statements for any number of workers."""
    source = entry.source
    apps.get_model("mediation", "Mediation").objects.create(
        case_id=case.pk,
        side=entry.side,
        origin=entry.origin,
        body=entry.body,
        is_oral=entry.is_oral,
        external_no=entry.external_no,
        facts_text=entry.facts_text,
        source_case_id=source.get("case_id"),
        applicant_consent_on=source.get("consent_on"),
        applicant_consent_note=source.get("how", ""),
        applied_on=None if entry.is_inquiry else case.received_on,
    )
    Party.objects.create(
        case=case,
        role=PartyRole.RESPONDENT,
        employer=_unit(case.agency, entry),
        chain_role="employer",
        added_on=case.received_on,
    )
    people = _people(case.agency, entry.workers)
    parties = Party.objects.bulk_create(
        Party(case=case, role=PartyRole.WORKER, person=person, position=n, added_on=case.received_on)
        for n, person in enumerate(people, start=1)
    )
    asked = [
        (party, ask) for party, worker in zip(parties, entry.workers, strict=True) for ask in worker.asks
    ]
    demand = apps.get_model("mediation", "Demand")
    demand.objects.bulk_create(
        demand(
            case_id=case.pk,
            party=party,
            type=ask.type,
            amount_fen=ask.amount_fen,
            formula=ask.formula,
            from_month=ask.from_month,
            to_month=ask.to_month,
        )
        for party, ask in asked
    )
    Claim.objects.bulk_create(
        Claim(
            case=case,
            worker=party,
            from_month=ask.from_month,
            to_month=ask.to_month,
            due_fen=ask.amount_fen or 0,
            owed_fen=ask.amount_fen or 0,
        )
        for party, ask in asked
        if ask.type in PAY_FOR_WORK and ask.from_month and ask.amount_fen
    )


def _unit(agency: Agency, entry: Request) -> Employer:
    """The unit as the institute knows it by its code or its name, with what is new about it."""
    found = known_unit(agency, entry.uscc, entry.employer)
    told = {
        "contact": entry.employer_contact,
        "phone": entry.employer_phone,
        "address": entry.employer_address,
    }
    told = {name: value for name, value in told.items() if value}
    if found is None:
        return Employer.objects.create(
            agency=agency,
            name=entry.employer,
            pinyin=pinyin_key(entry.employer, person=False)[:400],
            uscc=entry.uscc,
            **told,
        )
    take_in(found, told)
    return found


def _people(agency: Agency, workers: Sequence[Worker]) -> list[Person]:
    """The people as the institute knows them by the number of the card, with what they say now; new ones otherwise."""
    indexes = _indexes(workers)
    rows_known = Person.objects.filter(agency=agency, id_number_index__in=list(indexes)).order_by("-pk")
    known = {indexes[row.id_number_index].id_number: row for row in rows_known}
    made, found = [], []
    for worker in workers:
        values = {name: getattr(worker, name) for name in _OF_PERSON}
        values["pinyin"] = pinyin_key(worker.name)[:200]
        person = known.get(worker.id_number) if worker.id_number else None
        if person is None:
            person = Person(agency=agency, **values)
            made.append(person)
        else:
            take_in(person, values)
        found.append(person)
    Person.objects.bulk_create(made)
    return found


# From another case


def _in_open_mediations(case: Case) -> list[Party]:
    parties = Party.objects.filter(
        role=PartyRole.WORKER, case__mediation__source_case=case, case__ended_on=None
    )
    return list(parties.select_related("person"))


def _carried_over(referral: Referral) -> Request:
    """What mediation needs of the case: who, against whom, what is asked for and why."""
    case = referral.case
    unit = next(
        (
            party.employer
            for party in case.parties.select_related("employer")
            if party.role == PartyRole.RESPONDENT and party.employer is not None
        ),
        None,
    )
    is_dispute = case.kind == CaseKind.ARBITRATION
    asks = _disputed(referral) if is_dispute else _claimed(referral)
    return Request(
        workers=tuple(_worker(party, asks.get(party.pk, ())) for party in referral.parties),
        employer=unit.name if unit else case.respondent_name,
        uscc=unit.uscc if unit else "",
        employer_contact=unit.contact if unit else "",
        employer_phone=unit.phone if unit else "",
        employer_address=unit.address if unit else "",
        side=getattr(case.detail, "side", Side.WORKER),
        origin=Origin.ARBITRATION_INTAKE
        if is_dispute
        else Origin.INSPECTION
        if case.kind == CaseKind.INSPECTION
        else Origin.OTHER,
        facts_text=getattr(case.detail, "facts_text", ""),
        external_no=case.number,
        source={
            "case_id": case.pk,
            "consent_on": referral.consent["consent_on"],
            "how": referral.consent["how"],
        },
    )


def _worker(party: Party, asks: Sequence[Ask]) -> Worker:
    assert party.person is not None, "people come to mediation, units answer"
    return Worker(**{name: getattr(party.person, name) for name in _OF_PERSON}, asks=tuple(asks))


def _claimed(referral: Referral) -> dict[int, list[Ask]]:
    """The wages of a complaint."""
    found: dict[int, list[Ask]] = {}
    for claim in referral.case.claims.all():
        ask = Ask(ClaimType.WAGE, claim.owed_fen, claim.from_month, claim.to_month)
        found.setdefault(claim.worker_id, []).append(ask)
    return found


def _disputed(referral: Referral) -> dict[int, list[Ask]]:
    """What stands of the claims of a dispute."""
    found: dict[int, list[Ask]] = {}
    for claim in referral.case.dispute_claims.all():
        if claim.stands:
            ask = Ask(claim.type, claim.amount_fen, claim.from_month, claim.to_month, claim.formula)
            found.setdefault(claim.party_id, []).append(ask)
    return found


def _tell_mediators(case: Case) -> None:
    """Every mediator of the institute has a message."""
    for user in User.objects.filter(agency_id=case.agency_id, is_active=True):
        if user.has_right(Right.MEDIATE):
            notify(
                recipient=user,
                kind="mediation",
                title=f"收到转来的调解：{case.title}"[:200],
                url=case.get_absolute_url(),
                key=f"referred:{case.public_id}:{user.pk}",
            )
