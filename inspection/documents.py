"""What each document of a wage-arrears complaint says: finished values for the templates, one builder per kind.

Imported for its effect: the builders register themselves when the app starts.
"""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Employer, Party, Person, Proposal
from cases.names import mask_id
from cases.services.payments import unpaid_by_worker
from documents import context
from documents.context import Matter, required
from documents.models import Document, ServiceRecord
from documents.wording import NOTHING, cn_date, cn_months, paragraphs, plain_yuan, several, sum_in_words
from inspection import deadlines as d
from inspection.document_forms import ProofOfServiceForm, ReceiptForm
from inspection.states import Channel, ClosingCode, Path

EMPTY_ROWS = 3
CLOSING_STEPS = ("close_paid", "close_performed", "close_executed", "close_transferred", "police_open")
MOST_ITEMS_ON_HALF_A_PAGE = 6
LABOUR_LAW = "《中华人民共和国劳动法》"

_COUNT = re.compile(r"\s*(\d{1,3})\s*(份|页|张|件|册|本)")
_FORM_OF_PAPER = re.compile(r"[（(]?(原件|复印件|扫描件|照片|电子件)[)）]?")


# Shared values


def _you(matter: Matter) -> str:
    return "你们" if len(matter.people.workers) > 1 else "你"


def _period(matter: Matter) -> str:
    """The months for which wages are claimed, from the first to the last of all claims."""
    claims = list(matter.case.claims.all())
    if not claims:
        return ""
    return cn_months(min(claim.from_month for claim in claims), max(claim.to_month for claim in claims))


def _breached(matter: Matter) -> str:
    """The rules that unpaid wages break: for rural workers the wage-payment regulations too."""
    migrants = any(_person(party).is_migrant for party in matter.people.workers)
    return f"{LABOUR_LAW}第五十条" + (f"、{d.WAGES}第三条" if migrants else "")


def _complaint(matter: Matter) -> Any:
    return matter.case.complaint


def _person(party: Party) -> Person:
    """The worker that a party is."""
    assert party.person is not None
    return party.person


def _unit(party: Party) -> Employer:
    """The unit that a party is."""
    assert party.employer is not None
    return party.employer


def _units(matter: Matter) -> list[dict[str, str]]:
    """The respondents as a form describes them."""
    return [_described(party, _unit(party)) for party in matter.people.respondents]


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


def _opinion(matter: Matter, step: str) -> dict[str, str]:
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


def _approval(matter: Matter, *steps: str) -> dict[str, str]:
    """Who took the step behind the form, with which words, and when; empty where it was not one of these."""
    event = matter.event
    if event is None or event.step not in steps:
        return {"text": "", "name": "", "day": ""}
    return {"text": event.note, "name": event.by_name, "day": cn_date(event.acted_on)}


# D04


def receipt(matter: Matter) -> dict[str, Any]:
    """材料接收清单（回执）: the complaint is on record since when, and when the worker hears again."""
    items = _materials(matter.fact("materials") or "")
    clock = matter.case.clocks.filter(rule_code=d.ACCEPT.code, met_on=None, ended_on=None).first()
    return {
        "number": matter.case.receipt_no,
        "you": _you(matter),
        "period": _period(matter),
        "answer_by": cn_date(clock.due_on) if clock else "",
        "is_provisional": bool(clock and clock.is_provisional),
        "items": items,
        "blank_rows": [] if items else list(range(1, EMPTY_ROWS + 1)),
        "copies": ["第一联　投诉人留存", "第二联　存档"],
        "is_long": len(items) > MOST_ITEMS_ON_HALF_A_PAGE,
    }


def _materials(text: str) -> list[dict[str, str]]:
    """One row per line of what was typed: 工资条复印件3份 has its name, its number of copies and its form."""
    return [_material(number, line) for number, line in enumerate(_lines(text), start=1)]


def _lines(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n；;]", text) if part.strip()]


def _material(number: int, line: str) -> dict[str, str]:
    count, form = _COUNT.search(line), _FORM_OF_PAPER.search(line)
    name = _FORM_OF_PAPER.sub("", _COUNT.sub("", line)).strip(" ，,、：:")
    return {
        "no": str(number),
        "name": name or line,
        "count": f"{count[1]}{count[2]}" if count else "",
        "form": form[1] if form else "",
    }


# D05 to D08


def correction_notice(matter: Matter) -> dict[str, Any]:
    """补正告知书: everything that is missing, told once, with a day."""
    complaint = _complaint(matter)
    items = _lines(required(complaint.correction_items, _("还没写需补正的内容")))
    return {
        "you": _you(matter),
        "items": [re.sub(r"^\d{1,2}[.．、]\s*", "", item).rstrip("。；;") for item in items],
        "supply_by": cn_date(required(complaint.correction_due_on, _("还没定补正期限"))),
        "laws": f"{d.PROVISIONS}第十八条",
    }


def acceptance_notice(matter: Matter) -> dict[str, Any]:
    """受理通知书."""
    return {
        "you": _you(matter),
        "accepted_on": cn_date(required(_complaint(matter).accepted_on, _("还没受理"))),
        "laws": f"{d.PROVISIONS}第十八条",
    }


def refusal(matter: Matter) -> dict[str, Any]:
    """不予受理决定书: the reason, the article, and review before any suit."""
    lapsed = matter.event is not None and matter.event.step == "lapse_correction"
    laws = f"{d.PROVISIONS}第十八条"
    return {
        "you": _you(matter),
        "reasons": paragraphs(required(_complaint(matter).refusal_reason, _("还没写不予受理的理由"))),
        "laws": laws if lapsed else f"{d.SUPERVISION}第二十条、{laws}",
    }


def redirection_notice(matter: Matter) -> dict[str, Any]:
    """告知书: which path, where, and within which limit."""
    complaint = _complaint(matter)
    return {
        "you": _you(matter),
        "reasons": paragraphs(matter.fact("reason") or ""),
        "path": str(Path(complaint.path).label),
        "where": required(complaint.redirect_to, _("还没写去哪里办")),
        "to_arbitration": complaint.path == Path.ARBITRATION,
        "laws": f"{d.SUPERVISION}第二十一条",
    }


# D10


def filing_form(matter: Matter) -> dict[str, Any]:
    """立案审批表."""
    complaint = _complaint(matter)
    return {
        "source": str(Channel(complaint.channel).label),
        "accepted_on": cn_date(complaint.accepted_on),
        "units": _units(matter),
        "project": matter.case.project.name if matter.case.project else "",
        "period": _period(matter),
        "facts": paragraphs(complaint.facts_text),
        "breached": _breached(matter),
        "opinion": _opinion(matter, "accept"),
        "approval": _approval(matter, "file_case"),
    }


# D18


def payment_order(matter: Matter) -> dict[str, Any]:
    """限期改正指令书, with the list of workers and what each is still owed."""
    complaint = _complaint(matter)
    pay_by = required(complaint.order_pay_by_on, _("还没定支付期限"))
    rows = _owed_rows(matter)
    total = sum(fen for _row, fen in rows)
    return {
        "breach": paragraphs(required(complaint.breach, _("还没写违法事实"))),
        "breached": _breached(matter),
        "laws": f"{d.SUPERVISION}第十八条第一款第二项、第二十六条第一项",
        "fine_law": f"{d.SUPERVISION}第三十条",
        "supervision": d.SUPERVISION,
        "pay_by": cn_date(pay_by),
        "count": len(rows),
        "total": sum_in_words(total),
        "total_plain": plain_yuan(total),
        "rows": [row for row, _fen in rows],
    }


def _owed_rows(matter: Matter) -> list[tuple[dict[str, str], int]]:
    """A row for each worker who is still owed something, and the sum in fen."""
    left = unpaid_by_worker(matter.case)
    claims: dict[int, list[Any]] = {}
    for claim in matter.case.claims.all():
        claims.setdefault(claim.worker_id, []).append(claim)
    workers = sorted(matter.people.workers, key=lambda party: party.position)
    owed = [party for party in workers if left.get(party.pk, 0) > 0]
    required(owed, _("没有尚欠工资的劳动者，不用开具指令书"))
    return [
        (_owed_row(number, party, claims[party.pk], left[party.pk]), left[party.pk])
        for number, party in enumerate(owed, 1)
    ]


def _owed_row(number: int, party: Party, claims: list[Any], fen: int) -> dict[str, str]:
    id_number = _person(party).id_number
    return {
        "no": str(number),
        "name": party.name,
        "id_number": mask_id(id_number) if id_number else NOTHING,
        "job": "、".join(dict.fromkeys(claim.job for claim in claims if claim.job)) or NOTHING,
        "period": cn_months(min(c.from_month for c in claims), max(c.to_month for c in claims)),
        "sum": plain_yuan(fen),
    }


# D26


def handling_decision(matter: Matter) -> dict[str, Any]:
    """行政处理决定书: facts, what is decided, how and when to perform, and the remedies."""
    complaint = _complaint(matter)
    return {
        "units": _units(matter),
        "breach": paragraphs(required(complaint.breach or complaint.notice_content, _("还没写查明的事实"))),
        "evidence": paragraphs(complaint.investigation_summary),
        "breached": _breached(matter),
        "notice_served_on": cn_date(required(complaint.notice_served_on, _("事先告知书还没有送达"))),
        "waived_on": cn_date(complaint.statement_waived_on),
        "hearing_held_on": cn_date(complaint.hearing_held_on),
        "decided": paragraphs(required(matter.fact("content"), _("还没写决定内容"))),
        "laws": f"{d.SUPERVISION}第十八条、第二十六条",
        "perform_by": cn_date(required(complaint.decision_pay_by_on, _("还没定履行期限"))),
    }


# D29


def proof_of_service(matter: Matter) -> dict[str, Any]:
    """送达回证: filled in as far as service is on record, the rest left for pen and seal."""
    document: Document = required(matter.fact("document"), _("还没选送达的文书"))
    party: Party = required(matter.fact("party"), _("还没选受送达人"))
    record = ServiceRecord.objects.filter(document=document, party=party, superseded_at=None).first()
    return {
        "served": {
            "title": document.title,
            "number": document.number,
            "issued_on": cn_date(document.issued_on),
        },
        "party": party.name,
        "address": _unit(party).address if party.employer_id else _person(party).address,
        "methods": [
            {"label": str(label), "is_used": record is not None and record.method == value}
            for value, label in ServiceRecord.Method.choices
        ],
        "record": _served(record),
    }


def _served(record: ServiceRecord | None) -> dict[str, str]:
    if record is None:
        return {"on": "", "receiver": "", "proof": ""}
    return {"on": cn_date(record.served_on), "receiver": record.receiver, "proof": record.proof}


# D36


def closing_form(matter: Matter) -> dict[str, Any]:
    """结案审批表."""
    case, complaint = matter.case, _complaint(matter)
    return {
        "source": str(Channel(complaint.channel).label),
        "units": _units(matter),
        "period": _period(matter),
        "outcome": str(ClosingCode(required(case.outcome, _("还没定办结方式"))).label),
        "closed_on": cn_date(case.closed_on),
        "orders": _orders(matter),
        "course": paragraphs(complaint.closing_summary),
        "money": _money(matter),
        "called_back": complaint.call_back_done,
        "opinion": _opinion(matter, matter.event.step if matter.event else ""),
        "approval": _approval(matter, *CLOSING_STEPS),
    }


def _orders(matter: Matter) -> list[dict[str, str]]:
    """The orders and decisions of the case with the day each reached its addressee."""
    documents = Document.objects.valid().filter(case=matter.case, kind__in=["D18", "D26", "D27"])
    return [
        {
            "title": document.title,
            "number": document.number,
            "issued_on": cn_date(document.issued_on),
            "served_on": "、".join(
                dict.fromkeys(cn_date(row.served_on) for row in _standing_service(document))
            ),
        }
        for document in documents.order_by("issued_at").prefetch_related("service")
    ]


def _standing_service(document: Document) -> list[ServiceRecord]:
    return [row for row in document.service.all() if row.superseded_at is None]


def _money(matter: Matter) -> dict[str, Any]:
    """What was found to be owed, what arrived, for how many, from whom, with which vouchers."""
    case = matter.case
    payments = [row for row in case.payments.all() if row.reversed_at is None]
    days: list[date] = [row.paid_on for row in payments]
    return {
        "confirmed": sum_in_words(case.confirmed_fen or case.claimed_fen),
        "is_confirmed": bool(case.confirmed_fen),
        "paid": sum_in_words(sum(row.amount_fen for row in payments)),
        "paid_count": len({row.worker_id for row in payments}),
        "sources": "、".join(dict.fromkeys(str(row.get_source_display()) for row in payments)),
        "payers": several(list(dict.fromkeys(row.payer_name for row in payments))),
        "vouchers": several(list(dict.fromkeys(row.voucher_no for row in payments)), most=4),
        "first_day": cn_date(min(days, default=None)),
        "last_day": cn_date(max(days, default=None)),
    }


for _kind, _builder, _form in (
    ("D04", receipt, ReceiptForm),
    ("D05", correction_notice, None),
    ("D06", acceptance_notice, None),
    ("D07", refusal, None),
    ("D08", redirection_notice, None),
    ("D10", filing_form, None),
    ("D18", payment_order, None),
    ("D26", handling_decision, None),
    ("D29", proof_of_service, ProofOfServiceForm),
    ("D36", closing_form, None),
):
    context.register(_kind, _builder, _form)
