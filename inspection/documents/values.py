"""Values that several documents of a complaint share, written out for the templates."""

import re
from contextlib import suppress
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from calendars.services import effective_rule
from cases.identity import FEMALE, MALE, InvalidValue, check_document
from cases.models import Employer, Party, Person, Proposal, TimelineEvent
from cases.names import mask_card, mask_id
from cases.services.payments import unpaid_by_worker
from documents import catalogue
from documents.context import Matter, required
from documents.models import Document, ServiceRecord
from documents.wording import NOTHING, cn_date, cn_months, plain_yuan, sum_in_words
from inspection import deadlines as d

LABOUR_LAW = "《中华人民共和国劳动法》"
CRIMINAL_LAW = "《中华人民共和国刑法》"
DECISIONS = ("D26", "D27")
SEXES = {MALE: "男", FEMALE: "女"}

_COUNT = re.compile(r"\s*(\d{1,3})\s*(份|页|张|件|册|本)")
_FORM_OF_PAPER = re.compile(r"[（(]?(原件|复印件|扫描件|照片|电子件)[)）]?")


# The case


def complaint_of(matter: Matter) -> Any:
    return matter.case.complaint


def you(matter: Matter) -> str:
    return "你们" if len(matter.people.workers) > 1 else "你"


def period(matter: Matter) -> str:
    """The months for which wages are claimed, from the first to the last of all claims."""
    claims = list(matter.case.claims.all())
    if not claims:
        return ""
    return cn_months(min(claim.from_month for claim in claims), max(claim.to_month for claim in claims))


def breached(matter: Matter) -> str:
    """The rules that unpaid wages break: for rural workers the wage-payment regulations too."""
    migrants = any(person_of(party).is_migrant for party in matter.people.workers)
    return f"{LABOUR_LAW}第五十条" + (f"、{d.WAGES}第三条" if migrants else "")


def required_under_way(matter: Matter) -> None:
    """Nothing, or Lacking before the case was filed and after it ended: nobody is questioned then."""
    required(matter.case.case_no, _("还没立案，不能开具"))
    required(matter.case.is_open, _("案件已经办结，不能开具"))


def length_of(code: str) -> int:
    """How many days the rule gives today, as the office has set it."""
    length = effective_rule(code).period
    assert length is not None
    return length.length


def fact_of_step(matter: Matter, step: str, name: str) -> Any:
    """The fact as the step now being taken has it, else as the last entry of that step in the record."""
    if matter.event is not None and matter.event.step == step:
        return matter.fact(name)
    event = last_event(matter, step)
    return event.facts.get(name) if event else None


def last_event(matter: Matter, *steps: str) -> TimelineEvent | None:
    """The last entry of one of the steps in the record, None when none was taken."""
    taken = matter.case.timeline.filter(kind=TimelineEvent.Kind.STEP, step__in=steps)
    return taken.order_by("-seq").first()


# The people


def person_of(party: Party) -> Person:
    """The worker that a party is."""
    assert party.person is not None
    return party.person


def sex_and_birth(person: Person) -> tuple[str, date | None]:
    """男 or 女 and the day of birth, as registered or as the number of the card says; empty where neither does."""
    sex, birth_on = person.sex, person.birth_on
    if person.id_number and not (sex and birth_on):
        with suppress(InvalidValue):
            checked = check_document(person.id_type, person.id_number)
            sex, birth_on = sex or checked.sex, birth_on or checked.birth_date
    return SEXES.get(sex, ""), birth_on


def unit_of(party: Party) -> Employer:
    """The unit that a party is."""
    assert party.employer is not None
    return party.employer


def units(matter: Matter) -> list[dict[str, str]]:
    """The respondents as a form describes them."""
    return [_described(party, unit_of(party)) for party in matter.people.respondents]


def _described(party: Party, unit: Employer) -> dict[str, str]:
    return {
        "name": party.name,
        "role": party.get_chain_role_display() or NOTHING,
        "uscc": unit.uscc or NOTHING,
        "representative": unit.legal_representative or NOTHING,
        "contact": unit.contact or NOTHING,
        "phone": unit.phone or NOTHING,
        "address": unit.address or NOTHING,
    }


# Who proposed and who decided


def opinion(matter: Matter, step: str) -> dict[str, str]:
    """Who proposed the step, what for, and when; empty texts when nobody did."""
    proposal = (
        matter.case.proposals.filter(step=step, state=Proposal.State.TAKEN)
        .select_related("proposed_by")
        .order_by("-decided_at")
        .first()
    )
    if proposal is None:
        return {"text": "", "name": "", "day": ""}
    return {"text": proposal.note, "name": str(proposal.proposed_by), "day": cn_date(proposal.proposed_at)}


def approval(matter: Matter, *steps: str) -> dict[str, str]:
    """Who took the step behind the form, with which words, and when; empty where it was not one of these."""
    event = matter.event
    if event is None or event.step not in steps:
        return {"text": "", "name": "", "day": ""}
    return {"text": event.note, "name": event.by_name, "day": cn_date(event.acted_on)}


# What is owed


def owed(matter: Matter, *, secret: bool = False) -> dict[str, Any]:
    """The workers who are still owed something, with the sums; ``secret`` keeps a withheld identity out of the list.

    Lacking when nobody is owed anything.
    """
    rows = _owed_rows(matter)
    total = sum(fen for _row, fen in rows)
    is_withheld = secret and complaint_of(matter).identity_withheld
    return {
        "count": len(rows),
        "total": sum_in_words(total),
        "total_plain": plain_yuan(total),
        "rows": [] if is_withheld else [row for row, _fen in rows],
        "is_withheld": is_withheld,
    }


def _owed_rows(matter: Matter) -> list[tuple[dict[str, str], int]]:
    """A row for each worker who is still owed something, and the sum in fen."""
    left = unpaid_by_worker(matter.case)
    claims = claims_by_worker(matter)
    workers = sorted(matter.people.workers, key=lambda party: party.position)
    unpaid = [party for party in workers if left.get(party.pk, 0) > 0]
    required(unpaid, _("没有尚欠工资的劳动者，不用开具这份文书"))
    return [
        (_owed_row(number, party, claims[party.pk], left[party.pk]), left[party.pk])
        for number, party in enumerate(unpaid, 1)
    ]


def claims_by_worker(matter: Matter) -> dict[int, list[Any]]:
    """The claims of each worker, by the worker's party id."""
    claims: dict[int, list[Any]] = {}
    for claim in matter.case.claims.all():
        claims.setdefault(claim.worker_id, []).append(claim)
    return claims


def _owed_row(number: int, party: Party, claims: list[Any], fen: int) -> dict[str, str]:
    person = person_of(party)
    return {
        "no": str(number),
        "name": party.name,
        "id_number": mask_id(person.id_number) if person.id_number else NOTHING,
        "card": mask_card(person.bank_card),
        "job": jobs(claims) or NOTHING,
        "period": months(claims),
        "sum": plain_yuan(fen),
    }


def jobs(claims: list[Any]) -> str:
    return "、".join(dict.fromkeys(claim.job for claim in claims if claim.job))


def months(claims: list[Any]) -> str:
    """From the first to the last month of a worker's claims."""
    return cn_months(min(claim.from_month for claim in claims), max(claim.to_month for claim in claims))


# Orders and decisions


def latest(matter: Matter, *kinds: str) -> Document | None:
    """The last valid document of these kinds, None when there is none."""
    found = Document.objects.valid().filter(case=matter.case, kind__in=kinds)
    return found.order_by("-issued_at", "-pk").first()


def order(matter: Matter) -> dict[str, str]:
    """The order to pay: its name and number, the day it was served, the day it sets. Lacking without one."""
    complaint = complaint_of(matter)
    pay_by = required(complaint.order_pay_by_on, _("还没有责令支付"))
    return _act(latest(matter, "D18"), "D18", complaint.order_served_on, pay_by)


def decision(matter: Matter) -> dict[str, str]:
    """The decision: its name and number, the day it was served, the day it sets. Lacking without one."""
    complaint = complaint_of(matter)
    required(complaint.decided_on or complaint.decision_pay_by_on, _("还没有作出处理决定"))
    found = _act(latest(matter, "D26"), "D26", complaint.decision_served_on, complaint.decision_pay_by_on)
    if complaint.decided_on:
        found["issued_on"] = cn_date(complaint.decided_on)
    return found


def penalty(matter: Matter) -> dict[str, str]:
    """The fine: the name and number of its decision, the day it was served, the day it is to be paid by."""
    complaint = complaint_of(matter)
    return _act(latest(matter, "D27"), "D27", complaint.fine_served_on, complaint.fine_due_on)


def _act(document: Document | None, usual: str, served_on: Any, pay_by: Any) -> dict[str, str]:
    """An act as a later document refers to it; without number where it was written outside the system."""
    return {
        "title": document.title if document else catalogue.kind(usual).title,
        "number": document.number if document else "",
        "issued_on": cn_date(document.issued_on) if document else "",
        "served_on": cn_date(served_on),
        "methods": "、".join(
            dict.fromkeys(str(row.get_method_display()) for row in standing_service(document))
        ),
        "pay_by": cn_date(pay_by),
    }


def standing_service(document: Document | None) -> list[ServiceRecord]:
    """How the document reached people, without what was corrected later."""
    if document is None:
        return []
    return [row for row in document.service.all() if row.superseded_at is None]


# Papers


def lines(text: str) -> list[str]:
    """The entries of a typed list: one a line, or parted by semicolons."""
    return [part.strip() for part in re.split(r"[\n；;]", text) if part.strip()]


def materials(text: str) -> list[dict[str, str]]:
    """One row per line of what was typed: 工资条复印件3份 has its name, its number of copies and its form."""
    return [_material(number, line) for number, line in enumerate(lines(text), start=1)]


def _material(number: int, line: str) -> dict[str, str]:
    count, form = _COUNT.search(line), _FORM_OF_PAPER.search(line)
    name = _FORM_OF_PAPER.sub("", _COUNT.sub("", line)).strip(" ，,、：:")
    return {
        "no": str(number),
        "name": name or line,
        "count": f"{count[1]}{count[2]}" if count else "",
        "form": form[1] if form else "",
    }


def attached(matter: Matter) -> list[dict[str, str]]:
    """The files of the case as a list of material shows them."""
    return [
        {
            "name": f"{file.get_kind_display()}：{file.name}",
            "count": f"{file.pages}页",
            "form": "原件" if file.is_original else "复印件",
        }
        for file in matter.case.attachments.current()
    ]
