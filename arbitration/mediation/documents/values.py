"""Values that several documents of mediation share, written out for the templates."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from arbitration.mediation import standing
from arbitration.mediation.states import Body, MemberOutcome
from arbitration.states import ClaimType, Side
from cases.models import Party
from cases.names import mask_id
from documents.blocks import SEXES, cell, contact, pair, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, cn_months, plain_yuan


def mediation_of(matter: Matter) -> Any:
    return matter.case.mediation


def workers(matter: Matter) -> list[Party]:
    return matter.people.workers


def applicants_named(matter: Matter) -> str:
    """Who asked: the workers, or the unit where it is the unit's request."""
    is_workers = mediation_of(matter).side == Side.WORKER
    return matter.people.workers_named if is_workers else unit_named(matter)


def other_side_named(matter: Matter) -> str:
    is_workers = mediation_of(matter).side == Side.WORKER
    return unit_named(matter) if is_workers else matter.people.workers_named


def both_named(matter: Matter) -> str:
    return f"{matter.people.workers_named}、{unit_named(matter)}"


def unit_named(matter: Matter) -> str:
    return matter.people.respondents_named or matter.case.respondent_name


def unit_of(matter: Matter) -> Any:
    found = [party.employer for party in matter.case.parties.select_related("employer") if party.employer]
    return required(found[0] if found else None, _("还没有写明用人单位"))


def worker_rows(matter: Matter) -> list[list[dict[str, Any]]]:
    """The rows of a form that say who the workers are: one in full, several by name."""
    people = workers(matter)
    person = required(people[0].person if people else None, _("还没有写明劳动者"))
    if len(people) > 1:
        spoken = [party.name for party in people if party.is_representative]
        return [
            wide("劳 动 者", f"{matter.people.workers_named}（名单见附件）"),
            wide("推举代表", "、".join(spoken) or NOTHING),
        ]
    number = mask_id(person.id_number) if person.id_number else person.no_id_reason or NOTHING
    return [
        pair(cell("姓　　名", person.name), cell("性　　别", SEXES.get(person.sex, NOTHING))),
        pair(cell("出生日期", cn_date(person.birth_on) or NOTHING), cell("证件号码", number)),
        pair(
            cell("联系电话", person.phone or person.contact or NOTHING),
            cell("住　　址", person.address or NOTHING),
        ),
    ]


def unit_rows(matter: Matter) -> list[list[dict[str, Any]]]:
    unit = unit_of(matter)
    return [
        wide("用人单位", f"{unit.name}{f'（{unit.uscc}）' if unit.uscc else ''}"),
        pair(
            cell("联 系 人", unit.contact or unit.legal_representative or NOTHING),
            cell("联系电话", unit.phone or NOTHING),
        ),
        wide("地　　址", unit.address or NOTHING),
    ]


def claim_lines(matter: Matter) -> list[str]:
    """What is asked for, kind by kind, with the months where they are the same for everybody."""
    kinds: dict[str, list[Any]] = {}
    for demand in matter.case.demands.all():
        kinds.setdefault(demand.type, []).append(demand)
    return [_claim_line(kind, found) for kind, found in kinds.items()] or [NOTHING]


def _claim_line(kind: str, found: list[Any]) -> str:
    total = sum(demand.amount_fen or 0 for demand in found)
    months = {(demand.from_month, demand.to_month) for demand in found}
    said = str(ClaimType(kind).label)
    if len(months) == 1 and (only := next(iter(months)))[0]:
        said += f"（{cn_months(*only)}）"
    if len(found) > 1:
        said += f"，{len({demand.party_id for demand in found})}人"
    return f"{said}，{plain_yuan(total)}元" if total else said


def roster(matter: Matter) -> dict[str, Any] | None:
    """The list of the workers with what each asks for; None where the form has room for them."""
    people = workers(matter)
    if len(people) < 2:
        return None
    claims = standing.claims_of(matter.case)
    rows = [_row(n, party, [claims[party.pk]]) for n, party in enumerate(people, start=1)]
    return listed("劳动者名单", ["请求金额（元）"], rows)


def agreed_list(matter: Matter) -> dict[str, Any] | None:
    """The list of what was agreed for each worker and by when; None for a single worker."""
    terms = {term.worker_id: term for term in matter.case.terms.all() if term.outcome == MemberOutcome.AGREED}
    people = [party for party in workers(matter) if party.pk in terms]
    if len(workers(matter)) < 2:
        return None
    due: dict[int, list[Any]] = {}
    for row in matter.case.agreed_instalments.all():
        due.setdefault(row.worker_id, []).append(row)
    days = sorted({row.due_on for found in due.values() for row in found})
    rows = []
    for n, party in enumerate(people, start=1):
        by_day = {row.due_on: row.amount_fen for row in due.get(party.pk, [])}
        rows.append(_row(n, party, [terms[party.pk].agreed_fen, *(by_day.get(day, 0) for day in days)]))
    heads = ["协议金额（元）", *(f"{cn_date(day)}前" for day in days)]
    return listed("调解协议附表", heads, rows)


def _row(no: int, party: Party, sums: list[int]) -> dict[str, Any]:
    person = party.person
    number = mask_id(person.id_number) if person and person.id_number else NOTHING
    return {"no": no, "name": party.name, "id_number": number, "fen": sums, "note": ""}


def listed(title: str, heads: list[str], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A list for `_members.html`, its sums added up and written out."""
    totals = [sum(row["fen"][n] for row in rows) for n in range(len(heads))]
    for row in rows:
        row["sums"] = [plain_yuan(fen) if fen else NOTHING for fen in row.pop("fen")]
    return {"title": title, "heads": heads, "rows": rows, "totals": [plain_yuan(fen) for fen in totals]}


def body_named(matter: Matter) -> str:
    """The body that mediates, in words."""
    body = mediation_of(matter).body
    return matter.case.agency.name if body == Body.INSTITUTE else str(Body(body).label)


def mediator_named(matter: Matter) -> str:
    return str(required(matter.case.handler, _("还没有确定调解员")))


def notice(
    matter: Matter,
    *,
    to: str,
    body: list[str],
    listed: list[str] | None = None,
    after: list[str] | None = None,
    closing: str = "特此通知。",
) -> dict[str, Any]:
    return {
        "to": to,
        "body": body,
        "items": listed or [],
        "after": after or [],
        "contact": contact(matter),
        "closing": closing,
    }
