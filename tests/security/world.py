"""A district in which every office has one case full of words that nobody else may ever read.

A canary is such a word: it stands in names, numbers, notes, documents and files of one office's case, and nowhere
else. Whoever finds it in an answer has read that case.
"""

import io
import uuid
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pypdf
from django.contrib.auth.models import Permission

from agencies.models import Agency, User
from agencies.reference import DEMO_ACCOUNTS
from agencies.services import load_agencies
from calendars.services import load_official_calendars
from cases import uploads
from cases.models import (
    Attachment,
    Case,
    CaseGroupGrant,
    Claim,
    Employer,
    Party,
    PartyRole,
    Person,
    Project,
    Proposal,
    Referral,
    SavedView,
    SearchQuery,
    Task,
    TimelineEvent,
)
from cases.services.acting import append
from documents import pdf
from documents.models import Document
from inspection.bundles import Bundle
from inspection.clues.services import put_clue
from inspection.enclosures import Enclosure
from inspection.models import Clue, Complaint
from notifications.models import InboxMessage
from tests.inspection.situations import TODAY, clock, fresh, moment
from tests.people import make_user

OFFICES = ("inspection", "arb", "aid")
PDF = b"%%PDF-1.4 %s\n%%%%EOF"

# Whose whole file each account may read. Written from the table of roles: own office, or down the tree.
READS: dict[str, set[str]] = {
    "window01": {"inspection"},
    "inspector01": {"inspection"},
    "inspector02": {"inspection"},
    "head01": {"inspection"},
    "legal01": {"inspection", "arb"},
    "deputy01": {"inspection", "arb"},
    "bureau01": {"inspection", "arb"},
    "stats01": {"inspection", "arb"},
    "mediator01": {"arb"},
    "arbitrator01": {"arb"},
    "clerk01": {"arb"},
    "instdir01": {"arb"},
    "window02": {"arb"},
    "arbitrator02": {"arb"},
    "arbitrator03": {"arb"},
    "chair01": {"arb"},
    "aid01": {"aid"},
    "aiddir01": {"aid"},
    "lawyer01": set(),
    "justice01": {"aid"},
    "housing01": set(),
    "transport01": set(),
    "water01": set(),
    "police01": set(),
    "town01": set(),
    "leader01": {"inspection", "arb", "aid"},
    "auditor01": set(),
    "admin01": set(),
}


def canary(office: str) -> str:
    return f"zq{office}qz"


ID_NUMBERS = {"inspection": "500151199001010011", "arb": "50022419850615002X", "aid": "11010519491231002X"}
PHONES = {"inspection": "13811110001", "arb": "13811110002", "aid": "13811110003"}


def secrets_of(office: str) -> tuple[str, ...]:
    """Every word that only readers of the office's case may find."""
    return canary(office), ID_NUMBERS[office], PHONES[office]


def account(username: str) -> User:
    """The demo account of that name, with a password of the tests."""
    row = next(row for row in DEMO_ACCOUNTS if row[0] == username)
    return make_user(username, agency=row[1], role=row[2], display_name=row[3], licence_no=row[4])


@dataclass(frozen=True)
class Holdings:
    """What one office has: a case and everything with an address of its own."""

    case: Case
    document: Document
    file: Attachment
    query: SearchQuery
    view: SavedView
    message: InboxMessage
    clue: Clue
    task: Task
    paper: Enclosure
    bundle: Bundle
    referral: Referral


def registrar(office: str) -> User:
    """A colleague in the office who is none of the demo accounts."""
    username = f"clerk-of-{office}"
    return User.objects.filter(username=username).first() or make_user(username, agency=office, role="window")


def holdings(office: str, state: str = "INVESTIGATING") -> Holdings:
    """The office's one case, open, with its canaries everywhere."""
    word, by = canary(office), registrar(office)
    case = _case(office, word, by, state)
    file = _file(case, word, by)
    request = _task(case, word, by)
    return Holdings(
        case,
        _document(case, word, by),
        file,
        SearchQuery.objects.create(user=by, text=word, made_at=moment(TODAY)),
        SavedView.objects.create(user=by, name=word[:20], query="tab=open", made_at=moment(TODAY)),
        InboxMessage.objects.create(recipient=by, kind="assigned", title=word, url="/", key="1"),
        _clue(office, word, by),
        request,
        Enclosure.objects.create(task=request, attachment=file, added_by=by, added_at=moment(TODAY)),
        _bundle(case, word, by),
        _referral(case, word, by),
    )


def _referral(case: Case, word: str, by: User) -> Referral:
    """The matter was offered to the liaisons of water and taken back again."""
    return Referral.objects.create(
        case=case,
        receiver=Agency.objects.get(code="water"),
        reason=word,
        basis=f"{word}第一条",
        told_on=TODAY,
        told_how=word,
        received_on=TODAY,
        sent_by=by,
        sent_at=moment(TODAY),
        revoked_by=by,
        revoked_at=moment(TODAY),
        revoked_because=word,
    )


def _bundle(case: Case, word: str, by: User) -> Bundle:
    """The papers of the case, bound for the police."""
    stored = pdf.store(PDF % word.encode())
    return Bundle.objects.create(
        case=case,
        purpose="police",
        contents=[{"title": word}],
        pages=1,
        stored_name=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        made_by=by,
        made_at=moment(TODAY),
    )


def _task(case: Case, word: str, by: User) -> Task:
    """The liaisons of water were asked for something about the case, and the case was taken from them again."""
    return Task.objects.create(
        case=case,
        receiver=Agency.objects.get(code="water"),
        request="verify",
        content=word,
        sent_by=by,
        sent_at=moment(TODAY),
        due_on=TODAY,
    )


def _clue(office: str, word: str, by: User) -> Clue:
    """A clue that the office has still to look into."""
    values = {
        "channel": "national",
        "external_no": word,
        "received_at": moment(TODAY),
        "reporter_name": f"王{word}",
        "reporter_phone": PHONES[office],
        "reporter_id_number": ID_NUMBERS[office],
        "employer_name": f"{word}公司",
        "site": f"{word}工地",
        "content": f"线索{word}",
    }
    return put_clue(agency=by.agency, by=by, values=values, label="登记线索")


def _case(office: str, word: str, by: User, state: str) -> Case:
    agency = Agency.objects.get(code=office)
    case = Case.objects.create(
        kind="inspection",
        agency=agency,
        state=state,
        receipt_no=f"登〔2026〕{word}",
        case_no=f"案〔2026〕{word}",
        received_on=TODAY,
        registered_at=moment(TODAY),
        filed_on=TODAY,
        applicant_name=f"王{word}",
        respondent_name=f"{word}公司",
        respondent_pinyin=word,
        project=Project.objects.create(agency=agency, name=f"{word}工地"),
        worker_count=1,
        registered_by=by,
    )
    Complaint.objects.create(case=case, facts_text=f"情况{word}", path_reason=word)
    person = Person.objects.create(
        agency=agency,
        name=f"王{word}",
        pinyin=word,
        id_number=ID_NUMBERS[office],
        phone=PHONES[office],
        address=word,
    )
    worker = Party.objects.create(case=case, role=PartyRole.WORKER, person=person, added_on=TODAY)
    Claim.objects.create(
        case=case,
        worker=worker,
        job=word,
        from_month="2026-01",
        to_month="2026-03",
        due_fen=100,
        owed_fen=100,
    )
    employer = Employer.objects.create(agency=agency, name=f"{word}公司", contact=word, phone=PHONES[office])
    Party.objects.create(case=case, role=PartyRole.RESPONDENT, employer=employer, added_on=TODAY)
    Proposal.objects.create(
        case=case,
        step="cancel",
        facts={"summary": word},
        note=word,
        proposed_by=by,
        proposed_at=moment(TODAY),
    )
    clock(case, "T10", TODAY, TODAY, raw_end=TODAY)
    locked = fresh(case)
    append(
        locked,
        by,
        kind=TimelineEvent.Kind.STEP,
        step="register",
        label="登记投诉",
        note=word,
        facts={"reasons": [word]},
    )
    locked.save()
    return fresh(case)


def _document(case: Case, word: str, by: User) -> Document:
    html = f"<p>{word}</p>"
    return Document.objects.create(
        case=case,
        agency=case.agency,
        kind="D18",
        title=f"指令书{word}",
        number=f"令〔2026〕{word}",
        issued_on=TODAY,
        issued_at=moment(TODAY),
        issued_by=by,
        html=html,
        text_sha256=sha256(html.encode()).hexdigest(),
        template_version="test",
        addressee_name=word,
    )


def _file(case: Case, word: str, by: User) -> Attachment:
    content, name = PDF % word.encode(), uuid.uuid4().hex
    path = uploads.path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    digest = sha256(content).hexdigest()
    return Attachment.objects.create(
        case=case,
        kind="contract",
        name=f"{word}.pdf",
        is_original=True,
        source=word,
        pages=1,
        content_type="application/pdf",
        size=len(content),
        sha256=digest,
        received_sha256=digest,
        stored_name=name,
        uploaded_by=by,
        uploaded_at=moment(TODAY),
    )


def district() -> dict[str, Holdings]:
    """Every office with its holdings, on the published calendars."""
    load_agencies()
    load_official_calendars()
    return {office: holdings(office) for office in OFFICES}


def grant(case: Case, agency: str) -> CaseGroupGrant:
    """The people of the agency may know of the case."""
    view = Permission.objects.get(content_type__app_label="cases", codename="view_case")
    group = Agency.objects.get(code=agency).group
    return CaseGroupGrant.objects.create(content_object=case, group=group, permission=view)


def text_of(response: Any) -> str:
    """Everything the answer says: body, headers, and the text of a PDF."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return headers + body.decode("utf-8", errors="replace") + _text_of_pdf(response, body)


def _text_of_pdf(response: Any, body: bytes) -> str:
    if response.get("Content-Type") != "application/pdf" or not body.startswith(b"%PDF-1.7"):
        return ""
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
