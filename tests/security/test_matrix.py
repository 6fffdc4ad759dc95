"""Who may see what, by hand: every account × every datum of four cases, looked for wherever the site answers.

Each datum is a word that stands in one place of one case only. An account finds a word when any page, list, search,
export, file or guessed address answers with it. The table is written from the district's rules, not from the code.
"""

import pytest
from django.urls import reverse

from agencies.models import Agency, User
from agencies.reference import DEMO_ACCOUNTS
from agencies.services import load_agencies
from calendars.services import load_official_calendars
from cases import sharing
from cases.models import Case, Project, ShareReason
from cases.views import new_key
from documents.services import issue_by_hand
from inspection.enclosures import Enclosure
from inspection.states import State
from tests.arbitration import situations as arbitration
from tests.inspection import situations as inspection
from tests.inspection.situations import DAY, TODAY, moment
from tests.inspection.test_tasks import material
from tests.legal_aid import situations as aid
from tests.security.world import account, text_of

pytestmark = pytest.mark.django_db

# The complaint: its worker, what they told, its material, its document, what went along with a request to housing.
C_WORKER, C_FACTS, C_FILE, C_DOCUMENT = "王子密", "子案情密", "子材料密", "子文书密"
C_SITE, C_REQUEST, C_PAPER = "子工地密", "子请办密", "子附件密"
COMPLAINT = {C_WORKER, C_FACTS, C_FILE, C_DOCUMENT, C_SITE, C_REQUEST, C_PAPER}
# The application for aid that a lawyer represents, and the one that was refused.
A_WORKER, A_FACTS, A_MEANS, A_PROOF = "王丑密", "丑案情密", "丑家境密", "丑低保密"
R_WORKER, R_REASON = "王寅密", "寅理由密"
AID = {A_WORKER, A_FACTS, A_MEANS, A_PROOF, R_WORKER, R_REASON}
# The dispute before the institute: its worker, what they told, its material; the vote, in the second file.
D_WORKER, D_FACTS, D_FILE, D_VOTE = "王卯密", "卯案情密", "卯材料密", "卯评议密"
DISPUTE = {D_WORKER, D_FACTS, D_FILE}
WITH_THE_VOTE = DISPUTE | {D_VOTE}
EVERYTHING = COMPLAINT | AID | WITH_THE_VOTE

NOTHING: set[str] = set()
# Aid for the reviewing bureau: all but the means. For the district's leader: neither means nor reasons.
FOR_THE_BUREAU = AID - {A_MEANS, A_PROOF}
FOR_THE_LEADER = COMPLAINT | DISPUTE | (FOR_THE_BUREAU - {R_REASON})

FINDS: dict[str, set[str]] = {
    "window01": COMPLAINT,
    "inspector01": COMPLAINT,
    "inspector02": COMPLAINT,
    "head01": COMPLAINT,
    "legal01": COMPLAINT | DISPUTE,
    "deputy01": COMPLAINT | DISPUTE,
    "bureau01": COMPLAINT | DISPUTE,
    "stats01": COMPLAINT | DISPUTE,
    "mediator01": DISPUTE,
    "arbitrator01": WITH_THE_VOTE,
    "arbitrator02": DISPUTE,
    "arbitrator03": DISPUTE,
    "clerk01": WITH_THE_VOTE,
    "instdir01": WITH_THE_VOTE,
    "window02": DISPUTE,
    "chair01": WITH_THE_VOTE,
    "aid01": AID,
    "aiddir01": AID,
    "lawyer01": {A_WORKER, A_FACTS},
    "justice01": FOR_THE_BUREAU,
    "housing01": {C_SITE, C_REQUEST, C_PAPER},
    "transport01": NOTHING,
    "water01": NOTHING,
    "police01": NOTHING,
    "town01": NOTHING,
    "leader01": FOR_THE_LEADER,
    "auditor01": NOTHING,
    "admin01": NOTHING,
}


# Every role in every agency once, and of the arbitrators one of the tribunal and one who is not of it.
LOOKING = [name for name in FINDS if name not in ("inspector02", "arbitrator03")]


def test_every_account_stands_in_the_table():
    assert set(FINDS) == {row[0] for row in DEMO_ACCOUNTS}


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    load_agencies()
    load_official_calendars()
    return {row[0]: account(row[0]) for row in DEMO_ACCOUNTS}


@pytest.fixture
def cases(people) -> list[Case]:
    """The four cases with their words."""
    return [_complaint(people), _aided(people), _refused(people), _dispute(people)]


def _name(case: Case, name: str) -> None:
    person = case.parties.get(role="worker").person
    person.name = name
    person.save()
    Case.objects.filter(pk=case.pk).update(applicant_name=name)


def _complaint(people) -> Case:
    by = {"W": people["window01"], "Z": people["inspector01"], "X": people["inspector02"]}
    office = Agency.objects.get(code="inspection")
    site = Project.objects.create(agency=office, name=C_SITE)
    case = inspection.complaint(
        by, State.INVESTIGATING, project=site, details={"facts_text": C_FACTS, "cause": "01"}
    )
    _name(case, C_WORKER)
    material(case, f"{C_FILE}.pdf")
    document = inspection.document(case, "D18")
    type(document).objects.filter(pk=document.pk).update(title=C_DOCUMENT)
    paper = material(case, f"{C_PAPER}.pdf")
    request = inspection.task(case, "housing", content=C_REQUEST)
    sharing.share(
        case,
        request.receiver,
        reason=ShareReason.TASK,
        by=people["inspector01"],
        at=moment(TODAY),
        source=request.cause,
    )
    Enclosure.objects.create(
        task=request, attachment=paper, added_by=people["inspector01"], added_at=moment(TODAY)
    )
    return case


def _aided(people) -> Case:
    by = {"K": people["aid01"], "U": people["aid01"], "M": people["aiddir01"], "N": people["lawyer01"]}
    case = aid.application(by, "IN_PROGRESS", details={"facts_text": A_FACTS})
    _name(case, A_WORKER)
    aid.means(case, income_note=A_MEANS)
    material(case, f"{A_PROOF}.pdf", "means")
    issue_by_hand(case=aid.fresh(case), kind="LD02", by=by["U"], version=1, key=new_key())
    return case


def _refused(people) -> Case:
    by = {"K": people["aid01"], "U": people["aid01"], "M": people["aiddir01"]}
    case = aid.application(by, "UNDER_REVIEW", details={"matter": "31-5r", "reviewed_on": TODAY})
    _name(case, R_WORKER)
    aid.review(case, by["U"])
    return aid.take("refuse", aid.fresh(case), by["M"], ground="out_of_scope", reason=R_REASON)


def _dispute(people) -> Case:
    by = {"R": people["window02"], "C": people["clerk01"], "A": people["arbitrator01"]}
    case = arbitration.dispute(by, "TRIBUNAL", details={"facts_text": D_FACTS})
    _name(case, D_WORKER)
    material(case, f"{D_FILE}.pdf")
    vote = inspection.document(case, "AD24")
    type(vote).objects.filter(pk=vote.pk).update(title=D_VOTE)
    return case


# Where is looked

OF_A_CASE = (
    "cases:detail",
    "cases:record",
    "cases:files",
    "documents:case",
    "inspection:incident",
    "legal_aid:means",
)
LOOKED_UP = (C_WORKER, D_WORKER)
LISTS = (
    "/",
    "/cases/?tab=all",
    "/inspection/tasks/?tab=all",
    "/inspection/clues/",
)


def addresses(case: Case) -> list[str]:
    """Every page and file of the case, guessed or not."""
    found = [reverse(name, args=[case.public_id]) for name in OF_A_CASE]
    for file in case.attachments.all():
        ids = [case.public_id, file.public_id]
        found.append(reverse("cases:file", args=ids))
    for document in case.documents.all():
        found.append(reverse("documents:text", args=[document.public_id]))
    for task in case.tasks.all():
        found.append(reverse("inspection:task", args=[task.public_id]))
        ids = [[task.public_id, paper.public_id] for paper in task.enclosures.all()]
        found += [reverse("inspection:task_file", args=each) for each in ids]
    return found


def found_by(client, user: User, cases: list[Case]) -> set[str]:
    """The words that any answer to this person holds."""
    client.force_login(user)
    texts = [text_of(client.get(url)) for case in cases for url in addresses(case)]
    texts += [text_of(client.get(url)) for url in LISTS]
    texts.append(_exported(client, cases))
    read = "\n".join(texts)
    searched = {word for word in LOOKED_UP if _searched(client, word)}
    return {word for word in EVERYTHING if word in read} | searched


def _exported(client, cases: list[Case]) -> str:
    ticks = [f"{case.public_id}:{Case.objects.get(pk=case.pk).version}" for case in cases]
    given = {"case": ticks, "do": "export", "purpose": "月度会商", "key": new_key(), "tab": "all"}
    return text_of(client.post(reverse("cases:export"), given))


def _searched(client, word: str) -> bool:
    """Whether a search for the word leads to anything; the word itself, which the page repeats, does not count."""
    answer = client.post(reverse("cases:search"), {"q": word}, follow=True)
    return bool(answer.context and answer.context.get("rows"))


def test_matrix(client, people, cases):
    found = {username: found_by(client, people[username], cases) for username in LOOKING}

    wrong = {
        username: {
            "too much": found[username] - FINDS[username],
            "missing": FINDS[username] - found[username],
        }
        for username in LOOKING
        if found[username] != FINDS[username]
    }
    assert wrong == {}


def test_second_round_after_the_rights_are_gone(client, people, cases):
    """Withdrawn request, replaced lawyer: nothing is left of what was seen."""
    complaint, aided = cases[0], cases[1]
    inspection.take(
        "withdraw_task",
        inspection.fresh(complaint),
        people["inspector01"],
        task=complaint.tasks.get().pk,
        reason="查清。",
    )
    given = {"arrived_on": TODAY.isoformat(), "reason": "生病。", "proof": "病历。"}
    aided = aid.take("request_replacement", aid.fresh(aided), people["aid01"], asked_by="cannot", **given)
    other = aid.firm("重庆另一律师事务所")
    term = (TODAY + 6 * DAY).isoformat()
    aid.take("replace", aided, people["aiddir01"], firm=other.pk, reason="不能承办。", hand_over_by=term)

    left = {name: found_by(client, people[name], cases) for name in ("housing01", "lawyer01")}

    assert left == {"housing01": NOTHING, "lawyer01": NOTHING}
