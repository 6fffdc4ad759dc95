"""From registration to acceptance: D01, D04 to D08."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.clocks import running
from cases.models import Party
from cases.models.people import ChainRole
from cases.names import mask_card, mask_id, mask_phone
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs, plain_yuan
from inspection import deadlines as d
from inspection.documents.values import (
    attached,
    claims_by_worker,
    complaint_of,
    jobs,
    lines,
    materials,
    months,
    period,
    person_of,
    sex_and_birth,
    units,
    you,
)
from inspection.states import Path

EMPTY_ROWS = 3
MOST_ITEMS_ON_HALF_A_PAGE = 6
HANDING_IN = ("register", "receive_correction")


# D01


def registration_form(matter: Matter) -> dict[str, Any]:
    """投诉登记表: all that was registered, for the complainant to read and sign. Numbers of people are masked."""
    case, complaint = matter.case, complaint_of(matter)
    claims, parties = claims_by_worker(matter), matter.people.workers
    workers = [
        _registered(number, party, claims.get(party.pk, [])) for number, party in enumerate(parties, 1)
    ]
    return {
        "number": case.receipt_no,
        "source": complaint.get_channel_display(),
        "external_no": complaint.external_no or NOTHING,
        "registered_by": str(case.registered_by),
        "town": case.town.name if case.town else NOTHING,
        "first": workers[0] if workers else None,
        "workers": workers,
        "representatives": "、".join(party.name for party in parties if party.is_representative),
        "units": units(matter),
        "industry": complaint.get_industry_display() or NOTHING,
        "project": _project(matter),
        "period": period(matter),
        "facts": paragraphs(complaint.facts_text),
        "contract": complaint.get_contract_display() or NOTHING,
        "cause": complaint.get_cause_display() or NOTHING,
        "items": handed_in(matter),
        "other_proceeding": complaint.other_proceeding,
        "other_proceeding_note": complaint.other_proceeding_note,
        "is_withheld": complaint.identity_withheld,
    }


def _registered(number: int, party: Party, claims: list[Any]) -> dict[str, str]:
    """A worker with what is owed, as the form and its list show it."""
    person = person_of(party)
    sex, birth_on = sex_and_birth(person)
    return {
        "no": str(number),
        "name": party.name,
        "sex": sex or NOTHING,
        "born": cn_date(birth_on) or NOTHING,
        "id_type": str(person.get_id_type_display()),
        "id_number": mask_id(person.id_number) if person.id_number else NOTHING,
        "phone": mask_phone(person.phone) if person.phone else NOTHING,
        "card": mask_card(person.bank_card) or NOTHING,
        "address": person.address or NOTHING,
        "migrant": "是" if person.is_migrant else "否",
        "job": jobs(claims) or NOTHING,
        "period": months(claims) if claims else NOTHING,
        "due": plain_yuan(sum(claim.due_fen for claim in claims)),
        "paid": plain_yuan(sum(claim.already_paid_fen for claim in claims)),
        "owed": plain_yuan(sum(claim.owed_fen for claim in claims)),
    }


def _project(matter: Matter) -> dict[str, str] | None:
    """The building project and its chain of units; None for a complaint without one."""
    project = matter.case.project
    if project is None:
        return None
    chain = [
        f"{ChainRole(member.role).label}：{member.employer.name}"
        for member in project.members.select_related("employer").order_by("pk")
    ]
    return {
        "name": project.name,
        "type": str(project.get_type_display()),
        "funding": str(project.get_funding_display()) or NOTHING,
        "site": project.site or NOTHING,
        "permit_no": project.permit_no or NOTHING,
        "wage_account": project.wage_account or NOTHING,
        "deposit_no": project.deposit_no or NOTHING,
        "chain": "；".join(chain) or NOTHING,
    }


def handed_in(matter: Matter) -> list[dict[str, str]]:
    """The papers that were handed in so far, as typed at the window, then the files."""
    events = matter.case.timeline.filter(step__in=HANDING_IN).order_by("seq")
    typed = "\n".join(event.facts.get("materials") or "" for event in events)
    rows = [*materials(typed), *attached(matter)]
    return [{**row, "no": str(number)} for number, row in enumerate(rows, 1)]


# D04


def receipt(matter: Matter) -> dict[str, Any]:
    """材料接收清单（回执）: the complaint is on record since when, and when the worker hears again."""
    items = materials(matter.fact("materials") or "")
    clock = running(matter.case, d.ACCEPT)
    return {
        "number": matter.case.receipt_no,
        "you": you(matter),
        "period": period(matter),
        "answer_by": cn_date(clock.due_on) if clock else "",
        "is_provisional": bool(clock and clock.is_provisional),
        "items": items,
        "blank_rows": [] if items else list(range(1, EMPTY_ROWS + 1)),
        "query_code": complaint_of(matter).query_code,
        "copies": ["第一联　投诉人留存", "第二联　存档"],
        "is_long": len(items) > MOST_ITEMS_ON_HALF_A_PAGE,
    }


# D05 to D08


def correction_notice(matter: Matter) -> dict[str, Any]:
    """补正告知书: everything that is missing, told once, with a day."""
    complaint = complaint_of(matter)
    items = lines(required(complaint.correction_items, _("还没写需补正的内容")))
    return {
        "you": you(matter),
        "items": [re.sub(r"^\d{1,2}[.．、]\s*", "", item).rstrip("。；;") for item in items],
        "term_on": complaint.correction_due_on,
        "supply_by": cn_date(required(complaint.correction_due_on, _("还没定补正期限"))),
        "laws": f"{d.PROVISIONS}第十八条",
    }


def acceptance_notice(matter: Matter) -> dict[str, Any]:
    """受理通知书."""
    return {
        "you": you(matter),
        "accepted_on": cn_date(required(complaint_of(matter).accepted_on, _("还没受理"))),
        "laws": f"{d.PROVISIONS}第十八条",
    }


def refusal(matter: Matter) -> dict[str, Any]:
    """不予受理决定书: the reason, the article, and review before any suit."""
    lapsed = matter.event is not None and matter.event.step == "lapse_correction"
    laws = f"{d.PROVISIONS}第十八条"
    return {
        "you": you(matter),
        "reasons": paragraphs(required(complaint_of(matter).refusal_reason, _("还没写不予受理的理由"))),
        "laws": laws if lapsed else f"{d.SUPERVISION}第二十条、{laws}",
    }


def redirection_notice(matter: Matter) -> dict[str, Any]:
    """告知书: which path, where, and within which limit."""
    complaint = complaint_of(matter)
    return {
        "you": you(matter),
        "reasons": paragraphs(matter.fact("reason") or ""),
        "path": str(Path(complaint.path).label),
        "where": required(complaint.redirect_to, _("还没写去哪里办")),
        "to_arbitration": complaint.path == Path.ARBITRATION,
        "laws": f"{d.SUPERVISION}第二十一条",
    }
