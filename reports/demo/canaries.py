"""Canaries: in every office whose people work with cases one complaint whose words stand nowhere else.

Whoever finds such a word in an answer has read that case: on a page, in a list, in an export, in a PDF. The words
are always the same, so that they can be searched for in whatever the site ever gave out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone, translation

from agencies.models import Agency, User
from agencies.origin import request_id
from agencies.reference import DEMO_ACCOUNTS
from agencies.rights import Right, Sight
from cases import audit, clocks, numbers
from cases.identity import id_check_character
from cases.models import Case, CaseKind, Claim, Employer, Party, PartyRole, Person, Project, TimelineEvent
from cases.names import pinyin_key
from documents.services import issue
from inspection.deadlines import ACCEPT
from inspection.models import Complaint, InspectionCase
from inspection.workflow import INSPECTION, REGISTER
from notifications.services import notify
from reports.demo.fiction import REGION, month_before

ORIGIN = "seed_bench"
WORD = "金丝雀"
BORN = "19631231"
"""The day before the first birthday of the other invented people, so that nobody shares a number with a canary."""
OWED_FEN = 4_321_00


@dataclass(frozen=True)
class Canary:
    """The planted words of one office, told apart by its code and its place in the table of accounts."""

    agency: str
    place: int

    @property
    def word(self) -> str:
        """Stands in every name and text of the case."""
        return f"{WORD}{self.agency}"

    @property
    def id_number(self) -> str:
        body = f"{REGION}{BORN}{self.place:03}"
        return body + id_check_character(body)

    @property
    def phone(self) -> str:
        return f"1988000{self.place:04}"

    @property
    def words(self) -> tuple[str, str, str]:
        """What nobody may find who may not read the case."""
        return self.word, self.id_number, self.phone


def canaries() -> list[Canary]:
    """One for every office with somebody among the demo accounts who works with cases."""
    return [Canary(code, place) for place, code in enumerate(_keepers(), start=1)]


def plant() -> list[Canary]:
    """Every canary is in its office; those that are there already stay as they are. Returns the new ones.

    Needs the demo accounts. The record of each case is sealed as any other.
    """
    keepers, new = _keepers(), []
    token = request_id.set(ORIGIN)
    try:
        with transaction.atomic(), translation.override("zh-hans"):
            for canary in canaries():
                if not Person.objects.filter(agency__code=canary.agency, name=canary.word).exists():
                    _plant(canary, User.objects.get(username=keepers[canary.agency], is_demo=True))
                    new.append(canary)
    finally:
        request_id.reset(token)
    return new


def cases() -> Iterator[tuple[Canary, Case]]:
    """Each planted canary with its case."""
    for canary in canaries():
        yield canary, Case.objects.get(agency__code=canary.agency, applicant_name=canary.word)


def _keepers() -> dict[str, str]:
    """For each office the first of its accounts that works with cases."""
    found: dict[str, str] = {}
    for username, agency, role, _name, _licence in DEMO_ACCOUNTS:
        if User(role=role, agency=Agency(code=agency)).has_right(Right.VIEW_CASES):
            found.setdefault(agency, username)
    return found


def _plant(canary: Canary, by: User) -> None:
    """The case with everything of it that is shown somewhere: people, sums, record, clock, document, message."""
    case = _case(canary, by)
    case.save()
    Complaint.objects.create(case=case, facts_text=canary.word, other_proceeding_note=canary.word)
    _parties(canary, case)
    event = audit.append(
        case,
        by,
        audit.Entry(
            kind=TimelineEvent.Kind.STEP,
            step=REGISTER.name,
            label=str(REGISTER.label),
            target=case.state,
            note=canary.word,
            facts={"receipt_no": case.receipt_no, "worker_count": 1, "materials": f"{canary.word}1份"},
            request_id=ORIGIN,
        ),
    )
    clocks.start(case, ACCEPT, case.received_on)
    clocks.refresh_headline(case)
    issue(case, "D04", by, event=event, facts=event.facts)
    if by.sight in (Sight.OWN, Sight.TREE):  # others would be told of a case that they may not know
        url, key = case.get_absolute_url(), f"{ORIGIN}:{case.pk}"
        notify(recipient=by, kind="assigned", title=f"{canary.word} 指派给你", url=url, key=key)
    case.save()


def _case(canary: Canary, by: User) -> InspectionCase:
    now, agency = timezone.now(), by.agency
    return InspectionCase(
        kind=CaseKind.INSPECTION,
        workflow_version=INSPECTION.version,
        agency=agency,
        state=INSPECTION.initial,
        receipt_no=numbers.take(agency, "receipt", timezone.localdate(now)),
        received_on=timezone.localdate(now),
        registered_at=now,
        registered_by=by,
        applicant_name=canary.word,
        applicant_pinyin=pinyin_key(canary.word),
        respondent_name=f"{canary.word}公司",
        respondent_pinyin=pinyin_key(f"{canary.word}公司", person=False),
        project=Project.objects.create(agency=agency, name=f"{canary.word}工地"),
        worker_count=1,
        claimed_fen=OWED_FEN,
    )


def _parties(canary: Canary, case: Case) -> None:
    person = Person.objects.create(
        agency=case.agency,
        name=canary.word,
        pinyin=pinyin_key(canary.word),
        id_number=canary.id_number,
        phone=canary.phone,
        address=canary.word,
    )
    employer = Employer.objects.create(
        agency=case.agency, name=case.respondent_name, contact=canary.word, phone=canary.phone
    )
    Party.objects.create(case=case, role=PartyRole.RESPONDENT, employer=employer, added_on=case.received_on)
    worker = Party.objects.create(case=case, role=PartyRole.WORKER, person=person, added_on=case.received_on)
    month = month_before(case.received_on, 1)
    Claim.objects.create(
        case=case,
        worker=worker,
        job=canary.word,
        from_month=month,
        to_month=month,
        due_fen=OWED_FEN,
        owed_fen=OWED_FEN,
    )
