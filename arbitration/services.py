"""A dispute comes into being: at the window, or with everything carried over from a complaint or a mediation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.rights import Right
from arbitration import finality, lane
from arbitration import opening as rows
from arbitration.states import (
    ClaimOrigin,
    ClaimType,
    InterruptionKind,
    Jurisdiction,
    Origin,
    Residence,
    Side,
    Vulnerable,
)
from cases.crypto import blind_indexes
from cases.models import Case, CaseKind, Employer, Party, PartyRole, Person
from cases.names import pinyin_key
from cases.particulars import known_unit, take_in
from cases.services.opening import open_case
from cases.workflow.table import Referral, StepRefused
from notifications.services import notify

INSTITUTE = "arb"
NAME_LENGTH = 60


@dataclass(frozen=True)
class Asked:
    """One thing asked for; the sum in fen, None where none belongs to it, months as 2025-07."""

    type: str
    amount_fen: int | None = None
    from_month: str = ""
    to_month: str = ""
    formula: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Worker:
    """One worker of the dispute, with the terms of work and what they ask for, or what is asked of them."""

    name: str
    id_type: str = "resident"
    id_number: str = ""
    phone: str = ""
    contact: str = ""
    no_id_reason: str = ""
    sex: str = ""
    birth_on: date | None = None
    address: str = ""
    bank_card: str = ""
    is_migrant: bool = False
    residence: str = Residence.UNKNOWN
    job: str = ""
    hired_on: date | None = None
    left_on: date | None = None
    monthly_fen: int | None = None
    takes_electronic: bool = False
    is_representative: bool = False
    claims: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Unit:
    """An employer, or who answers beside it."""

    name: str
    uscc: str = ""
    address: str = ""
    legal_representative: str = ""
    phone: str = ""
    chain_role: str = "employer"
    claims: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Application:
    """An application as it was typed or carried over, every value in its stored form.

    ``detail`` are further columns of `Dispute`; ``interruptions`` are acts from which the limitation counts anew.
    """

    workers: tuple[Worker, ...]
    units: tuple[Unit, ...]
    side: str = Side.WORKER
    origin: str = Origin.WALK_IN
    external_no: str = ""
    received_on: date | None = None
    town_id: int | None = None
    vulnerable: str = Vulnerable.NONE
    materials: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    interruptions: tuple[tuple[str, date, str], ...] = ()
    source_case_id: int | None = None


def register_dispute(*, by: User, key: str, entry: Application) -> Case:
    """The application is registered in the person's institute with its receipt; the same ``key`` gives the same case.

    Raises PermissionDenied, KeyReused, StepRefused.
    """
    return _open(by.agency, by, key, entry, rows.RECEIVE, right=Right.RECEIVE_DISPUTE)


def open_for(referral: Referral) -> Case:
    """The people of a complaint or a mediation apply for arbitration, with everything carried over.

    StepRefused when nobody was named, or they have an open dispute from the same case.
    """
    if not referral.parties:
        raise StepRefused([_("还没选谁申请仲裁")])
    names = {party.name for party in referral.parties}
    taken = sorted(names & _in_open_disputes(referral.case))
    if taken:
        raise StepRefused([_("%(names)s已经从这件案子申请了仲裁，还在办") % {"names": "、".join(taken)}])
    institute = Agency.objects.get(code=INSTITUTE)
    opened = _open(institute, referral.by, referral.key, _carried_over(referral), rows.REFER, right=None)
    _tell_window(opened)
    return opened


def _in_open_disputes(case: Case) -> set[str]:
    parties = Party.objects.filter(
        role=PartyRole.WORKER, case__dispute__source_case=case, case__ended_on=None
    ).select_related("person")
    return {party.name for party in parties}


def _open(agency: Agency, by: User, key: str, entry: Application, step: Any, *, right: str | None) -> Case:
    first, unit = entry.workers[0], entry.units[0]
    applicant, respondent = (first.name, unit.name) if entry.side == Side.WORKER else (unit.name, first.name)
    asked = _asked(entry)
    return open_case(
        kind=CaseKind.ARBITRATION,
        agency=agency,
        by=by,
        key=key,
        payload=repr(entry),
        step=step,
        right=right,
        facts={"materials": entry.materials} if entry.materials else {},
        fields={
            "received_on": entry.received_on or timezone.localdate(),
            "applicant_name": applicant[:NAME_LENGTH],
            "applicant_pinyin": pinyin_key(applicant)[:200],
            "respondent_name": respondent,
            "respondent_pinyin": pinyin_key(respondent, person=False)[:400],
            "town_id": entry.town_id,
            "worker_count": len(entry.workers),
            "claimed_fen": sum(each.amount_fen or 0 for each in asked),
            "is_group": len(entry.workers) >= lane.GROUP,
        },
        fill=lambda case: _fill(case, agency, entry),
    )


def _asked(entry: Application) -> list[Asked]:
    asking: list[Worker | Unit] = [*entry.workers, *entry.units]
    return [each for party in asking for each in party.claims]


def _fill(case: Case, agency: Agency, entry: Application) -> None:
    """The detail, the parties, their claims and the acts that interrupted the limitation."""
    apps.get_model("arbitration", "Dispute").objects.create(
        case_id=case.pk,
        side=entry.side,
        origin=entry.origin,
        external_no=entry.external_no,
        vulnerable=entry.vulnerable,
        source_case_id=entry.source_case_id,
        **entry.detail,
    )
    parties = [
        Party(
            case_id=case.pk,
            role=PartyRole.RESPONDENT,
            employer=_unit(agency, unit),
            chain_role=unit.chain_role,
            position=place,
            added_on=case.received_on,
        )
        for place, unit in enumerate(entry.units, start=1)
    ]
    people = _people(agency, entry.workers)
    parties += [
        Party(
            case_id=case.pk,
            role=PartyRole.WORKER,
            person=person,
            position=place,
            is_representative=worker.is_representative,
            added_on=case.received_on,
        )
        for place, (worker, person) in enumerate(zip(entry.workers, people, strict=True), start=1)
    ]
    Party.objects.bulk_create(parties)
    _fill_rows(case, entry, parties)
    apps.get_model("arbitration", "Interruption").objects.bulk_create(
        apps.get_model("arbitration", "Interruption")(case_id=case.pk, kind=kind, on=on, note=note)
        for kind, on, note in entry.interruptions
    )


def _fill_rows(case: Case, entry: Application, parties: list[Party]) -> None:
    """What the procedure keeps per party, and what each of them asks for."""
    row_model, claim_model = (
        apps.get_model("arbitration", "DisputeParty"),
        apps.get_model("arbitration", "DisputeClaim"),
    )
    asking: list[Worker | Unit] = [*entry.units, *entry.workers]
    terms = ("residence", "job", "hired_on", "left_on", "monthly_fen", "takes_electronic")
    row_model.objects.bulk_create(
        row_model(
            case_id=case.pk,
            party=party,
            delivery_address=(getattr(who, "address", "") or "")[:160],
            **({name: getattr(who, name) for name in terms} if isinstance(who, Worker) else {}),
        )
        for party, who in zip(parties, asking, strict=True)
    )
    claim_model.objects.bulk_create(
        claim_model(
            case_id=case.pk,
            party=party,
            type=each.type,
            amount_fen=each.amount_fen,
            from_month=each.from_month,
            to_month=each.to_month,
            formula=each.formula,
            basis=each.basis,
            final_eligible=finality.may_be_final(each.type),
            origin=ClaimOrigin.FILED,
            filed_on=case.received_on,
        )
        for party, who in zip(parties, asking, strict=True)
        for each in who.claims
    )


def _unit(agency: Agency, unit: Unit) -> Employer:
    """The unit as the institute knows it by its code or name; a new one otherwise."""
    return known_unit(agency, unit.uscc, unit.name) or Employer.objects.create(
        agency=agency,
        name=unit.name,
        pinyin=pinyin_key(unit.name, person=False)[:400],
        uscc=unit.uscc,
        address=unit.address,
        legal_representative=unit.legal_representative,
        phone=unit.phone,
    )


OF_A_PERSON = (
    "name",
    "id_type",
    "id_number",
    "phone",
    "contact",
    "no_id_reason",
    "sex",
    "birth_on",
    "address",
    "bank_card",
    "is_migrant",
)


def _people(agency: Agency, workers: tuple[Worker, ...]) -> list[Person]:
    """The people as the institute knows them by the number of the card, with what they say now; one query for all."""
    indexes = {
        worker.id_number: blind_indexes("id_number", worker.id_number)
        for worker in workers
        if worker.id_number
    }
    wanted = [index for several in indexes.values() for index in several]
    known = {
        person.id_number_index: person
        for person in Person.objects.filter(agency=agency, id_number_index__in=wanted)
    }
    found, new = [], []
    for worker in workers:
        values = {name: getattr(worker, name) for name in OF_A_PERSON}
        person = next((known[index] for index in indexes.get(worker.id_number, ()) if index in known), None)
        if person is None:
            person = Person(agency=agency, pinyin=pinyin_key(worker.name)[:200], **values)
            new.append(person)
        else:
            take_in(person, values)
        found.append(person)
    for person in new:
        person.save()
    return found


# From another case


def _carried_over(referral: Referral) -> Application:
    """The people, the units, what is owed, the facts and the day that interrupted the limitation."""
    case, detail = referral.case, referral.case.detail
    units = tuple(
        _carried_unit(party)
        for party in case.parties.select_related("employer").order_by("position")
        if party.role == PartyRole.RESPONDENT and party.employer is not None
    )
    people = tuple(_carried_worker(case, party) for party in referral.parties)
    entry = Application(
        workers=people,
        units=units or (Unit(name=case.respondent_name),),
        source_case_id=case.pk,
        town_id=case.town_id,
        received_on=timezone.localdate(),
        detail={
            "facts_text": getattr(detail, "facts_text", ""),
            "jurisdiction": Jurisdiction.PERFORMANCE,
            "contract": getattr(detail, "contract", ""),
        },
    )
    return _from_complaint(entry, case) if case.kind == CaseKind.INSPECTION else _from_mediation(entry, case)


def _from_complaint(entry: Application, case: Case) -> Application:
    result = case.state_label if case.ended_on else ""
    detail = {**entry.detail, "complaint_no": case.number, "complaint_result": result}
    told = (InterruptionKind.COMPLAINT, case.received_on, case.number)
    return replace(entry, origin=Origin.INSPECTION, detail=detail, interruptions=(told,))


def _from_mediation(entry: Application, case: Case) -> Application:
    detail = {**entry.detail, "mediation_no": case.number}
    told = (InterruptionKind.MEDIATION, case.received_on, case.number)
    return replace(entry, origin=Origin.MEDIATION, detail=detail, interruptions=(told,))


def _carried_unit(party: Party) -> Unit:
    unit = party.employer
    assert unit is not None
    return Unit(
        name=unit.name,
        uscc=unit.uscc,
        address=unit.address,
        legal_representative=unit.legal_representative,
        phone=unit.phone,
        chain_role=party.chain_role or "employer",
    )


def _carried_worker(case: Case, party: Party) -> Worker:
    person = party.person
    assert person is not None
    copied = {name: getattr(person, name) for name in OF_A_PERSON}
    row = getattr(party, "standing", None)
    terms = ("residence", "job", "hired_on", "left_on", "monthly_fen") if row else ()
    return Worker(
        **copied,
        **{name: getattr(row, name) for name in terms},
        is_representative=party.is_representative,
        claims=_carried_claims(case, party),
    )


def _carried_claims(case: Case, party: Any) -> tuple[Asked, ...]:
    """What the worker asked for, or said is owed month by month, as claims; nothing is typed again."""
    if case.kind == CaseKind.MEDIATION:
        return tuple(
            Asked(
                demand.type,
                demand.amount_fen,
                demand.from_month,
                demand.to_month,
                demand.formula,
                case.number,
            )
            for demand in party.demands.all()
        )
    return tuple(
        Asked(ClaimType.WAGE, claim.owed_fen, claim.from_month, claim.to_month, basis=case.number)
        for claim in party.claims.all()
    )


def _tell_window(case: Case) -> None:
    """Everybody who receives applications has a message."""
    for user in User.objects.filter(agency_id=case.agency_id, is_active=True).select_related("agency"):
        if user.has_right(Right.RECEIVE_DISPUTE):
            notify(
                recipient=user,
                kind="dispute",
                title=_("收到转来的仲裁申请：%(title)s")[:200] % {"title": case.title},
                url=case.get_absolute_url(),
                key=f"referred:{case.public_id}:{user.pk}",
            )
