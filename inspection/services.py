"""A complaint comes into being at the window."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, Town, User
from agencies.rights import Right, Role
from cases import newborn
from cases.crypto import blind_index
from cases.idempotency import recall
from cases.models import (
    Case,
    CaseKind,
    Claim,
    Employer,
    Party,
    PartyRole,
    Person,
    Project,
)
from cases.names import pinyin_key
from cases.services import open_case
from cases.services.steps import put_proposal
from cases.workflow.table import Change
from inspection import query_code
from inspection import workflow as rows
from inspection.merging import GROUP_FROM
from inspection.models import Complaint
from inspection.states import Path
from notifications.services import notify


@dataclass(frozen=True)
class WorkerEntry:
    """One worker of a complaint and what is owed, months as 2025-07, sums in fen."""

    name: str
    from_month: str
    to_month: str
    owed_fen: int
    id_type: str = "resident"
    id_number: str = ""
    phone: str = ""
    sex: str = ""
    birth_on: date | None = None
    address: str = ""
    is_migrant: bool = False
    is_representative: bool = False
    job: str = ""
    due_fen: int | None = None
    already_paid_fen: int = 0
    contact: str = ""
    no_id_reason: str = ""


@dataclass(frozen=True)
class Registration:
    """A complaint as it was typed, every value in its stored form."""

    employer_name: str
    workers: tuple[WorkerEntry, ...]
    channel: str
    town: Town | None = None
    uscc: str = ""
    employer_contact: str = ""
    employer_phone: str = ""
    employer_address: str = ""
    legal_representative: str = ""
    project_name: str = ""
    project_type: str = ""
    industry: str = ""
    external_no: str = ""
    dispatched_on: date | None = None
    facts_text: str = ""
    contract: str = ""
    other_proceeding: bool = False
    other_proceeding_note: str = ""
    path: str = Path.INSPECTION
    path_reason: str = ""
    received_on: date | None = None
    note: str = ""
    materials: str = ""
    identity_withheld: bool = False
    without_receipt: bool = False
    tests: dict[str, bool] = field(default_factory=dict)


def registered_with(*, by: User, key: str, entry: Registration) -> Case | None:
    """The case that this very request made before; None when it is new. KeyReused when the key made another one."""
    answer = recall(user=by, key=key, action=f"open:{CaseKind.INSPECTION}", payload=_payload(entry))
    return Case.objects.get(public_id=answer["case"]) if answer else None


def register_complaint(*, by: User, key: str, entry: Registration, join: Case | None = None) -> Case:
    """The complaint is registered with its receipt number, its clocks running and its receipt issued.

    Where the path is inspection and the three tests of 若干规定第十八条 are answered, acceptance is proposed to
    the head at once; with ``join`` it is proposed instead that the complaint joins that case. The same ``key`` gives
    the same case. Raises PermissionDenied, KeyReused, StepRefused when the complaint cannot join.
    """
    # With what stands above it, which the receipt names.
    agency = Agency.objects.select_related("parent__parent").get(pk=by.agency_id)

    def fill(case: Case) -> None:
        code = query_code.fresh()
        complaint = Complaint.objects.create(
            case=case,
            channel=entry.channel,
            external_no=entry.external_no,
            dispatched_on=entry.dispatched_on,
            facts_text=entry.facts_text,
            industry=entry.industry,
            contract=entry.contract,
            other_proceeding=entry.other_proceeding,
            other_proceeding_note=entry.other_proceeding_note,
            path=entry.path,
            path_reason=entry.path_reason,
            identity_withheld=entry.identity_withheld,
            query_code_index=query_code.index_of(code),
        )
        complaint.query_code = code
        _add_parties(case, agency, entry)
        for nobody_yet in ("assignments", "recusals"):
            newborn.tell(case, nobody_yet, [])

    def then(change: Change) -> None:
        if change.case.is_group:
            _tell_heads(change.case)
        if join is not None:
            reason = entry.path_reason or _("登记时发现与%(number)s重复") % {"number": join.number}
            put_proposal(change.case, rows.MERGE, by, "", {"into": join.pk, "reason": reason})
        elif entry.path == Path.INSPECTION and entry.tests and by.has_right(Right.INTAKE):
            put_proposal(change.case, rows.ACCEPT, by, entry.path_reason, dict(entry.tests))

    first = entry.workers[0]
    return open_case(
        kind=CaseKind.INSPECTION,
        agency=agency,
        by=by,
        key=key,
        payload=_payload(entry),
        step=rows.REGISTER,
        note=entry.note,
        facts={"materials": entry.materials} if entry.materials else {},
        documents=[] if entry.without_receipt else None,
        fields={
            "received_on": entry.received_on or timezone.localdate(),
            "applicant_name": first.name,
            "applicant_pinyin": pinyin_key(first.name)[:200],
            "respondent_name": entry.employer_name,
            "respondent_pinyin": pinyin_key(entry.employer_name, person=False)[:400],
            "town": entry.town,
            "project": _project(agency, entry),
            "worker_count": len(entry.workers),
            "claimed_fen": sum(worker.owed_fen for worker in entry.workers),
            "is_priority": any(worker.is_migrant for worker in entry.workers),
            "is_group": len(entry.workers) >= GROUP_FROM,
        },
        fill=fill,
        then=then,
        number_last=True,
    )


def _tell_heads(case: Case) -> None:
    """Every head of the agency has a message about the group."""
    heads = User.objects.filter(agency_id=case.agency_id, role=Role.INSPECTION_HEAD, is_active=True)
    for head in heads:
        title = _("群体案件（%(n)d人）已登记：%(title)s") % {"n": case.worker_count, "title": case.title}
        notify(
            recipient=head,
            kind="case",
            title=title[:200],
            url=case.get_absolute_url(),
            key=f"group:{case.public_id}:{head.pk}",
        )


def _payload(entry: Registration) -> Any:
    """What makes two registrations the same request; names and numbers go into a digest, never into the record."""
    return repr(entry)


def _project(agency: Agency, entry: Registration) -> Project | None:
    if not entry.project_name:
        return None
    defaults = {"pinyin": pinyin_key(entry.project_name, person=False)[:400]}
    if entry.project_type:
        defaults["type"] = entry.project_type
    return Project.objects.get_or_create(agency=agency, name=entry.project_name, defaults=defaults)[0]


def _add_parties(case: Case, agency: Agency, entry: Registration) -> None:
    respondent = Party(
        case=case,
        role=PartyRole.RESPONDENT,
        employer=_employer(agency, entry),
        chain_role="employer",
        added_on=case.received_on,
    )
    people = _people(agency, entry.workers)
    parties = [
        Party(
            case=case,
            role=PartyRole.WORKER,
            person=person,
            position=position,
            is_representative=worker.is_representative,
            added_on=case.received_on,
        )
        for position, (worker, person) in enumerate(zip(entry.workers, people, strict=True), start=1)
    ]
    newborn.tell(case, "parties", Party.objects.bulk_create([respondent, *parties]))
    claims = Claim.objects.bulk_create(
        Claim(
            case=case,
            worker=party,
            job=worker.job,
            from_month=worker.from_month,
            to_month=worker.to_month,
            due_fen=worker.owed_fen + worker.already_paid_fen if worker.due_fen is None else worker.due_fen,
            already_paid_fen=worker.already_paid_fen,
            owed_fen=worker.owed_fen,
        )
        for worker, party in zip(entry.workers, parties, strict=True)
    )
    newborn.tell(case, "claims", claims)


def _known_employer(agency: Agency, entry: Registration) -> Employer | None:
    """The unit by its code; by its name where the code is new for it or was not typed."""
    known = Employer.objects.filter(agency=agency).order_by("pk")
    if not entry.uscc:
        return known.filter(name=entry.employer_name).first()
    return known.filter(uscc=entry.uscc).first() or known.filter(name=entry.employer_name, uscc="").first()


def _employer(agency: Agency, entry: Registration) -> Employer:
    if found := _known_employer(agency, entry):
        return _with_new_facts(_renamed(found, entry.employer_name), entry)
    return Employer.objects.create(
        agency=agency,
        name=entry.employer_name,
        pinyin=pinyin_key(entry.employer_name, person=False)[:400],
        uscc=entry.uscc,
        industry=entry.industry,
        town=entry.town,
        contact=entry.employer_contact,
        phone=entry.employer_phone,
        address=entry.employer_address,
        legal_representative=entry.legal_representative,
    )


def _renamed(employer: Employer, name: str) -> Employer:
    """The unit under the name it has now; the old one stays findable."""
    if employer.name != name:
        former = [part for part in employer.former_names.split("、") if part and part != name]
        employer.former_names = "、".join([*former, employer.name])[:240]
        employer.name, employer.pinyin = name, pinyin_key(name, person=False)[:400]
        employer.version += 1
        employer.save()
    return employer


def _with_new_facts(employer: Employer, entry: Registration) -> Employer:
    """The unit with what was typed now and not known before; what is known stays as it is."""
    typed = {
        "uscc": entry.uscc,
        "industry": entry.industry,
        "town_id": entry.town.pk if entry.town else None,
        "contact": entry.employer_contact,
        "phone": entry.employer_phone,
        "address": entry.employer_address,
        "legal_representative": entry.legal_representative,
    }
    new = {name: value for name, value in typed.items() if value and not getattr(employer, name)}
    if new:
        for name, value in new.items():
            setattr(employer, name, value)
        employer.version += 1
        employer.save()
    return employer


def _with_new_particulars(person: Person, worker: WorkerEntry) -> Person:
    """The person as they gave name, phone, address and contact last: the ID number says who it is."""
    known = (person.name, person.phone, person.address, person.contact)
    typed = (worker.name, worker.phone, worker.address, worker.contact)
    told = tuple(new or old for new, old in zip(typed, known, strict=True))
    if told != known:
        person.name, person.phone, person.address, person.contact = told
        person.pinyin = pinyin_key(worker.name)[:200]
        person.version += 1
        person.save()
    return person


def _people(agency: Agency, workers: tuple[WorkerEntry, ...]) -> list[Person]:
    """A person per worker, in order: known ones by their ID number, the others made in one statement."""
    indexes = [blind_index("id_number", w.id_number) if w.id_number else "" for w in workers]
    known = {
        person.id_number_index: person
        for person in Person.objects.filter(agency=agency, id_number_index__in=[i for i in indexes if i])
    }
    new = [
        Person(
            agency=agency,
            name=worker.name,
            pinyin=pinyin_key(worker.name)[:200],
            id_type=worker.id_type,
            id_number=worker.id_number,
            phone=worker.phone,
            sex=worker.sex,
            birth_on=worker.birth_on,
            address=worker.address,
            is_migrant=worker.is_migrant,
            contact=worker.contact,
            no_id_reason=worker.no_id_reason,
        )
        for worker, index in zip(workers, indexes, strict=True)
        if index not in known
    ]
    made = iter(Person.objects.bulk_create(new))
    return [
        _with_new_particulars(known[index], worker) if index in known else next(made)
        for worker, index in zip(workers, indexes, strict=True)
    ]
