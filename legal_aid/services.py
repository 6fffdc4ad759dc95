"""An application for legal aid comes into being: at the window, or with the consent of the people of another case."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.rights import Right, Role
from cases import policies
from cases.crypto import blind_indexes
from cases.models import Case, CaseKind, Claim, Employer, Party, PartyRole, Person
from cases.names import pinyin_key
from cases.particulars import known_unit, take_in
from cases.services.opening import open_case
from cases.workflow.table import Referral, StepRefused
from legal_aid import opening as rows
from legal_aid.states import AidForm, Category, Channel, Matter, Stage
from notifications.services import notify

CENTRE = "aid"


@dataclass(frozen=True)
class Applicant:
    """One who asks for aid; ``owed`` are wages with their months as 2025-07, sums in fen."""

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
    owed: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Means:
    """What the applicant says of income and property; sums in fen a month."""

    household: int = 1
    income_fen: int | None = None
    income_note: str = ""
    assets_note: str = ""
    has_stable_income: bool | None = None
    special_status: str = "none"
    exempt_by_law: bool = False
    proof: str = ""
    pledged: bool = False


@dataclass(frozen=True)
class Application:
    """An application as it was typed, every value in its stored form."""

    applicants: tuple[Applicant, ...]
    opponent: str
    channel: str = Channel.WINDOW
    matter: str = ""
    stage: str = Stage.NONE
    form: str = AidForm.ARBITRATION
    category: str = Category.OTHER
    facts_text: str = ""
    forum: str = ""
    forum_case_no: str = ""
    limit_on: date | None = None
    agent_name: str = ""
    agent_relation: str = ""
    external_no: str = ""
    uscc: str = ""
    received_on: date | None = None
    detained_asked_on: date | None = None
    materials: str = ""
    is_consultation: bool = False
    claimed_fen: int = 0
    means: Means | None = None
    source: dict[str, Any] = field(default_factory=dict)


def register_application(*, by: User, key: str, entry: Application) -> Case:
    """The application, or the question, is registered in the person's centre with its receipt.

    The same ``key`` gives the same case. Raises PermissionDenied, KeyReused, StepRefused.
    """
    step = rows.CONSULT if entry.is_consultation else rows.RECEIVE
    return _open(by.agency, by, key, entry, step, right=Right.RECEIVE_AID)


def open_for(referral: Referral) -> Case:
    """The people of a case apply for aid at the centre, with what is needed carried over and nothing else.

    Neither bank cards nor evidence nor other workers go along. StepRefused when they have an open application from
    the same case.
    """
    case, consent = referral.case, referral.consent
    if not referral.parties:
        raise StepRefused([_("还没选谁申请法律援助")])
    taken = {party.name for party in _in_open_requests(case)} & {party.name for party in referral.parties}
    if taken:
        raise StepRefused(
            [_("%(names)s已经从这件案子申请了法律援助，还在办") % {"names": "、".join(sorted(taken))}]
        )
    centre = Agency.objects.get(code=CENTRE)
    entry = _carried_over(case, referral.parties, consent)
    opened = _open(centre, referral.by, referral.key, entry, rows.REFER, right=None)
    _tell_centre(opened)
    return opened


def _open(agency: Agency, by: User, key: str, entry: Application, step: Any, *, right: str | None) -> Case:
    first = entry.applicants[0]

    def fill(case: Case) -> None:
        _fill(case, agency, entry, by)

    with transaction.atomic():
        return open_case(
            kind=CaseKind.LEGAL_AID,
            agency=agency,
            by=by,
            key=key,
            payload=repr(entry),
            step=step,
            right=right,
            facts={"materials": entry.materials} if entry.materials else {},
            fields={
                "received_on": entry.received_on or timezone.localdate(),
                "applicant_name": first.name,
                "applicant_pinyin": pinyin_key(first.name)[:200],
                "respondent_name": entry.opponent,
                "respondent_pinyin": pinyin_key(entry.opponent, person=False)[:400],
                "worker_count": len(entry.applicants),
                "claimed_fen": entry.claimed_fen or _owed(entry),
                "is_priority": _is_wage_of_migrants(entry),
                "is_group": len(entry.applicants) > 1,
            },
            fill=fill,
        )


def _owed(entry: Application) -> int:
    return sum(fen for applicant in entry.applicants for _from, _to, fen in applicant.owed)


def _is_wage_of_migrants(entry: Application) -> bool:
    return entry.matter == Matter.WAGES and all(applicant.is_migrant for applicant in entry.applicants)


def _fill(case: Case, agency: Agency, entry: Application, by: User) -> None:
    """The detail, the people, what is owed, and what was said of means."""
    source = entry.source
    apps.get_model("legal_aid", "AidApplication").objects.create(
        case_id=case.pk,
        channel=entry.channel,
        external_no=entry.external_no,
        matter=entry.matter,
        stage=entry.stage,
        form=entry.form,
        category=entry.category,
        facts_text=entry.facts_text,
        forum=entry.forum,
        forum_case_no=entry.forum_case_no,
        limit_on=entry.limit_on,
        agent_name=entry.agent_name,
        agent_relation=entry.agent_relation,
        detained_asked_on=entry.detained_asked_on,
        source_case_id=source.get("case_id"),
        consent_on=source.get("consent_on"),
        consent_note=source.get("consent_note", ""),
    )
    employer = _unit(agency, entry)
    Party.objects.create(
        case=case,
        role=PartyRole.RESPONDENT,
        employer=employer,
        chain_role="employer",
        added_on=case.received_on,
    )
    for position, applicant in enumerate(entry.applicants, start=1):
        party = Party.objects.create(
            case=case,
            role=PartyRole.WORKER,
            person=_person(agency, applicant),
            position=position,
            added_on=case.received_on,
        )
        Claim.objects.bulk_create(
            Claim(case=case, worker=party, from_month=first, to_month=last, due_fen=fen, owed_fen=fen)
            for first, last, fen in applicant.owed
        )
    if entry.means is not None:
        save_means(case=case, means=entry.means)


def save_means(*, case: Case, means: Means) -> Any:
    """What the applicant says of income and property stands beside the case, in place of what was said before."""
    values = {name: getattr(means, name) for name in Means.__dataclass_fields__}
    model = apps.get_model("legal_aid", "MeansStatement")
    statement, made = model.objects.get_or_create(
        case_id=case.pk, defaults=values | {"stated_on": timezone.localdate()}
    )
    if not made:
        for name, value in values.items():
            setattr(statement, name, value)
        statement.stated_on = timezone.localdate()
        statement.version += 1
        statement.save()
    return statement


def _unit(agency: Agency, entry: Application) -> Employer:
    return known_unit(agency, entry.uscc, entry.opponent) or Employer.objects.create(
        agency=agency,
        name=entry.opponent,
        pinyin=pinyin_key(entry.opponent, person=False)[:400],
        uscc=entry.uscc,
    )


def _person(agency: Agency, applicant: Applicant) -> Person:
    """The person as the centre knows them by the number of the card, with what they say now; a new one otherwise."""
    values = {
        name: getattr(applicant, name) for name in Applicant.__dataclass_fields__ if name not in ("owed",)
    } | {"pinyin": pinyin_key(applicant.name)[:200]}
    indexes = blind_indexes("id_number", applicant.id_number) if applicant.id_number else []
    known = Person.objects.filter(agency=agency, id_number_index__in=indexes).first() if indexes else None
    if known is None:
        return Person.objects.create(agency=agency, **values)
    take_in(known, values)
    return known


# From another case


def may_refer(user: User, case: Case) -> bool:
    """Whether the person deals with the case: only they ask its people whether they want aid."""
    rights = (Right.INTAKE, Right.INVESTIGATE, Right.HEAD)
    return case.kind != CaseKind.LEGAL_AID and any(policies.can(user, right, case) for right in rights)


def _in_open_requests(case: Case) -> list[Party]:
    parties = Party.objects.filter(
        role=PartyRole.WORKER, case__aid__source_case=case, case__ended_on=None
    ).select_related("person")
    return list(parties)


def _carried_over(case: Case, parties: tuple[Party, ...], consent: Any) -> Application:
    """What the centre needs of the case: who, against whom, how much, which stage."""
    respondent = next(
        (party for party in case.parties.select_related("employer") if party.role == PartyRole.RESPONDENT),
        None,
    )
    unit = respondent.employer if respondent else None
    people = tuple(_applicant(party) for party in parties)
    entry = Application(
        applicants=people,
        opponent=case.respondent_name,
        uscc=unit.uscc if unit else "",
        channel=Channel.COMPLAINT if case.kind == CaseKind.INSPECTION else Channel.DISPUTE,
        matter=Matter.WAGES,
        stage=Stage.INSPECTION if case.kind == CaseKind.INSPECTION else Stage.ARBITRATION,
        category=Category.MIGRANT if all(person.is_migrant for person in people) else Category.OTHER,
        forum=case.agency.name,
        forum_case_no=case.number,
        facts_text=getattr(case.detail, "facts_text", ""),
        source={
            "case_id": case.pk,
            "consent_on": consent["consent_on"],
            "consent_note": consent["how"],
        },
    )
    wish = consent.get("form")
    return replace(entry, form=wish) if wish else entry


def _applicant(party: Party) -> Applicant:
    person = party.person
    assert person is not None
    copied = {name: getattr(person, name) for name in Applicant.__dataclass_fields__ if name != "owed"}
    claims = [(claim.from_month, claim.to_month, claim.owed_fen) for claim in party.claims.all()]
    return Applicant(**copied, owed=tuple(claims))


def _tell_centre(case: Case) -> None:
    """Every reviewer of the centre has a message."""
    for user in User.objects.filter(agency_id=case.agency_id, role=Role.AID_REVIEWER, is_active=True):
        notify(
            recipient=user,
            kind="aid",
            title=f"收到转交的法律援助申请：{case.title}"[:200],
            url=case.get_absolute_url(),
            key=f"referred:{case.public_id}:{user.pk}",
        )
