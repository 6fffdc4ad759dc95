"""Values that several documents of arbitration share, written out for the templates."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from arbitration.models import DisputeClaim, Hearing
from arbitration.states import ClaimOrigin, ClaimType, Finality, HearingState, Residence, Side
from cases.models import Duty, Party, PartyRole
from cases.names import mask_id
from documents.blocks import SEXES, contact
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, cn_months, cn_numeral_date, plain_yuan, sum_in_words

APPLICANT, RESPONDENT, THIRD_PARTY = "申请人", "被申请人", "第三人"
MOST_NAMED = 9
"""So many applicants stand in the text by name; from ten on a list behind it names them."""

_RANKS = (Duty.SOLE, Duty.CHIEF, Duty.MEMBER)
_SIGNS_AS = {
    Duty.SOLE: "仲 裁 员",
    Duty.CHIEF: "首席仲裁员",
    Duty.MEMBER: "仲 裁 员",
    Duty.CLERK: "书 记 员",
}


def dispute_of(matter: Matter) -> Any:
    return matter.case.dispute


def said(matter: Matter, *names: str) -> str:
    """The first of the facts that says something, as text; empty when none does."""
    for name in names:
        if value := matter.fact(name):
            return str(value).strip()
    return ""


# Who


def applicants(matter: Matter) -> list[Party]:
    people = matter.people
    return people.respondents if dispute_of(matter).side == Side.EMPLOYER else people.workers


def respondents(matter: Matter) -> list[Party]:
    people = matter.people
    return people.workers if dispute_of(matter).side == Side.EMPLOYER else people.respondents


def third_parties(matter: Matter) -> list[Party]:
    found = matter.case.parties.filter(role=PartyRole.THIRD_PARTY)
    return list(found.select_related("person", "employer"))


def named(parties: list[Party]) -> str:
    """王某某 · 王某某、李某某 · 王某某等12人."""
    if len(parties) > MOST_NAMED:
        return f"{parties[0].name}等{len(parties)}人"
    return "、".join(party.name for party in parties)


def applicants_named(matter: Matter) -> str:
    return named(applicants(matter)) or matter.case.applicant_name


def respondents_named(matter: Matter) -> str:
    return named(respondents(matter)) or matter.case.respondent_name


def everybody(matter: Matter) -> str:
    """Both sides, for a notice that goes to all."""
    return f"{applicants_named(matter)}、{respondents_named(matter)}"


def parties_block(matter: Matter) -> list[str]:
    """The opening paragraphs of a decision: who stands against whom, with representatives and agents."""
    dispute, asking = dispute_of(matter), applicants(matter)
    if len(asking) > MOST_NAMED:
        head = f"{APPLICANT}：{named(asking)}（名单附后）。"
        chosen = [party.name for party in asking if party.is_representative]
        lines = [f"{head}推举的代表人：{'、'.join(chosen)}。" if chosen else head]
    else:
        lines = [f"{APPLICANT}：{described(party)}。" for party in asking]
    if dispute.agent_name:
        power = f"（{dispute.agent_power}）" if dispute.agent_power else ""
        licence = f"，执业证号{dispute.agent_licence}" if dispute.agent_licence else ""
        lines.append(f"委托代理人：{dispute.agent_name}{licence}{power}。")
    lines += [f"{RESPONDENT}：{described(party)}。" for party in respondents(matter)]
    return lines + [f"{THIRD_PARTY}：{described(party)}。" for party in third_parties(matter)]


def described(party: Party) -> str:
    """One party as the law asks for it, as far as it is known."""
    return _unit(party) if party.employer_id else _person(party)


def _person(party: Party) -> str:
    person = party.person
    assert person is not None
    words = [
        person.name,
        SEXES.get(person.sex, ""),
        f"{cn_date(person.birth_on)}出生" if person.birth_on else "",
        f"住{person.address}" if person.address else "",
        f"公民身份号码{mask_id(person.id_number)}" if person.id_number else "",
    ]
    return "，".join(word for word in words if word)


def _unit(party: Party) -> str:
    unit = party.employer
    assert unit is not None
    words = [
        unit.name,
        f"统一社会信用代码{unit.uscc}" if unit.uscc else "",
        f"住所地{unit.address}" if unit.address else "",
        f"法定代表人（主要负责人）{unit.legal_representative}" if unit.legal_representative else "",
    ]
    return "，".join(word for word in words if word)


def phone_of(party: Party) -> str:
    return (party.person or party.employer).phone or NOTHING  # type: ignore[union-attr]


def address_of(party: Party) -> str:
    return (party.person or party.employer).address or NOTHING  # type: ignore[union-attr]


def residence_of(standing: Any) -> str:
    return str(Residence(standing.residence).label) if standing is not None else NOTHING


# The tribunal


def tribunal(matter: Matter) -> list[tuple[str, Any]]:
    """Duty and person, those who decide first by rank, then the clerk. Read anew: the step may just have named them."""
    rows = list(matter.case.assignments.filter(until=None).select_related("user"))
    order = {duty: rank for rank, duty in enumerate((*_RANKS, Duty.CLERK))}
    rows = sorted((row for row in rows if row.duty in order), key=lambda row: order[row.duty])
    return [(row.duty, row.user) for row in rows]


def tribunal_words(matter: Matter) -> str:
    """独任仲裁员唐明远，书记员夏雨."""
    found = tribunal(matter)
    return "，".join(f"{Duty(duty).label}{user}" for duty, user in found) or NOTHING


def signers(matter: Matter) -> list[dict[str, str]]:
    """The lines under an award: those who decided, then the day, then the clerk (`_signatures`)."""
    found = required(tribunal(matter), _("还没有组成仲裁庭"))
    return [{"role": _SIGNS_AS[duty], "name": str(user), "duty": str(duty)} for duty, user in found]


def decision(matter: Matter, *, by_committee: bool = False, **more: Any) -> dict[str, Any]:
    """What every decision has at its head and its end; those of the committee, and those made
    before there is a tribunal, nobody signs.
    """
    people = [] if by_committee or not tribunal(matter) else signers(matter)
    return {
        "number": matter.case.case_no,
        "parties": parties_block(matter),
        "by_committee": by_committee,
        "arbitrators": [each for each in people if each["duty"] != Duty.CLERK],
        "clerks": [each for each in people if each["duty"] == Duty.CLERK],
        "made_on": cn_numeral_date(matter.on),
        **more,
    }


def notice(
    matter: Matter, *, to: str, body: list[str], number: str | None = None, **more: Any
) -> dict[str, Any]:
    """A notice: whom it is for, its paragraphs, who answers questions; ``number`` where it takes none of its own."""
    values = {"to": to, "body": [each for each in body if each], "contact": contact(matter), **more}
    return values if number is None else {**values, "number": number}


# Claims


def claims_of(matter: Matter) -> list[DisputeClaim]:
    """What the applicants still ask for, in their order."""
    return [row for row in _standing(matter) if row.origin != ClaimOrigin.COUNTER]


def counterclaims_of(matter: Matter) -> list[DisputeClaim]:
    """What the other side asks for in the same case."""
    return [row for row in _standing(matter) if row.origin == ClaimOrigin.COUNTER]


def _standing(matter: Matter) -> list[DisputeClaim]:
    rows = matter.case.dispute_claims.select_related("party__person", "party__employer")
    return [row for row in rows.order_by("party__position", "pk") if row.stands]


def claim_words(claim: DisputeClaim) -> str:
    """支付2026年1月至3月的劳动报酬18,600.00元."""
    kind = str(ClaimType(claim.type).label)
    months = f"{cn_months(claim.from_month, claim.to_month)}的" if claim.from_month else ""
    if claim.amount_fen is None:
        return claim.formula or kind
    return f"支付{months}{kind}{plain_yuan(claim.amount_fen)}元"


def claim_lines(matter: Matter) -> list[str]:
    """The claims as numbered sentences; of a group, sums by type, for the list behind says who asks for what."""
    rows = claims_of(matter)
    if is_listed(matter):
        return numbered(_sums_by_type(rows))
    several = len({claim.party_id for claim in rows}) > 1
    lines = [(f"{claim.party.name}请求" if several else "") + claim_words(claim) for claim in rows]
    return numbered(lines)


def _sums_by_type(rows: Iterable[DisputeClaim]) -> list[str]:
    sums: dict[str, tuple[set[int], int]] = {}
    for claim in rows:
        people, total = sums.get(claim.type, (set(), 0))
        sums[claim.type] = (people | {claim.party_id}, total + (claim.amount_fen or 0))
    return [
        f"支付{len(people)}名申请人{ClaimType(kind).label}共计{plain_yuan(total)}元"
        if total
        else f"{len(people)}名申请人：{ClaimType(kind).label}"
        for kind, (people, total) in sums.items()
    ]


def is_listed(matter: Matter) -> bool:
    """Whether the members stand in a list behind the document."""
    return len(applicants(matter)) > MOST_NAMED


def numbered(lines: list[str]) -> list[str]:
    if len(lines) == 1:
        return [f"{lines[0]}。"]
    return [f"{n}．{text}{'。' if n == len(lines) else '；'}" for n, text in enumerate(lines, start=1)]


def claimed_total(matter: Matter) -> str:
    total = sum(claim.amount_fen or 0 for claim in claims_of(matter))
    return sum_in_words(total) if total else NOTHING


def cause(matter: Matter) -> str:
    """案由: 劳动报酬、加班工资争议."""
    kinds = dict.fromkeys(str(ClaimType(claim.type).label) for claim in claims_of(matter))
    return f"{'、'.join(kinds)}争议" if kinds else "劳动争议"


# Hearings


def hearing_of(matter: Matter) -> Hearing:
    """The hearing that the document is about: the one planned last, else the one held last."""
    rows = matter.case.hearings.filter(state__in=(HearingState.PLANNED, HearingState.HELD))
    found = rows.select_related("room").order_by("-pk").first()
    hearing: Hearing = required(found, _("还没有排期"))
    return hearing


def place_of(hearing: Hearing) -> str:
    if hearing.room is None:
        return str(hearing.place)
    return f"{hearing.room.place}{hearing.room.name}"


def finality_words(finality: str) -> str:
    return {Finality.FINAL: "终局", Finality.NONFINAL: "非终局"}.get(Finality(finality), NOTHING)
