"""The text of the agreement 调解协议 as the accepted offers make it; nobody types a sum twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from arbitration.mediation import standing
from arbitration.mediation.arithmetic import Due, Part, instalments
from arbitration.mediation.states import OfferKind
from documents.wording import cn_date, plain_yuan, sum_in_words

NUMERALS = "一二三四五六七八九十"


def dues_of(table: Any, offer: Any) -> list[Due]:
    """What the offer makes due, day by day: all on one day, or by the schedule of its round."""
    if not offer.amount_fen:
        return []
    if offer.kind == OfferKind.INSTALMENTS:
        parts = [Part(date.fromisoformat(day), percent) for day, percent in table.schedule]
        return instalments(offer.amount_fen, parts)
    return [Due(table.pay_on, offer.amount_fen, plain_yuan(offer.amount_fen))]


def text_of(case: Any, facts: Mapping[str, Any]) -> str:
    """The agreement as it is signed: the accepted offers, and what the facts of the step say beside them."""
    table, accepted = standing.accepted_offers(case)
    return _text(case, table, accepted, facts)


def draft_of(case: Any, table: Any) -> str:
    """The agreement as the accepted offers of the round would make it; empty while nobody agrees."""
    accepted = [offer for offer in table.offers.all() if offer.is_accepted] if table else []
    later = "（办理“达成协议”时填写）"
    facts = {"pay_how": later, "default_clause": f"违约的约定{later}"}
    return _text(case, table, accepted, facts) if accepted else ""


def _text(case: Any, table: Any, accepted: Sequence[Any], facts: Mapping[str, Any]) -> str:
    claims = standing.claims_of(case)
    names = {party.pk: party.name for party in standing.workers_of(case)}
    return articles(
        table=table,
        offers=accepted,
        names=[names[offer.worker_id] for offer in accepted],
        claimed_fen=[claims[offer.worker_id] for offer in accepted],
        unit=case.respondent_name,
        pay_how=facts["pay_how"],
        default_clause=facts["default_clause"],
        other_terms=facts.get("other_terms") or "",
    )


def articles(
    *,
    table: Any,
    offers: Sequence[Any],
    names: Sequence[str],
    claimed_fen: Sequence[int],
    unit: str,
    pay_how: str,
    default_clause: str,
    other_terms: str = "",
) -> str:
    """The articles of the agreement, one paragraph each, numbered; of several workers the sums stand in the list."""
    found = _money(table, offers, names, claimed_fen, unit) if any(each.amount_fen for each in offers) else []
    if found:
        found.append(f"付款方式：{pay_how}。" if not pay_how.endswith("。") else f"付款方式：{pay_how}")
        found.append(default_clause)
    found += [line.strip() for line in other_terms.splitlines() if line.strip()]
    found.append(
        "双方就本协议所列请求再无其他争议；本协议自双方签名或者盖章、经调解员签名并加盖调解组织印章之日起生效。"
    )
    return "\n".join(f"{numeral(n)}、{text}" for n, text in enumerate(found, start=1))


def numeral(n: int) -> str:
    """一, 十一, 二十."""
    if n <= 10:
        return NUMERALS[n - 1]
    tens, ones = divmod(n, 10)
    return f"{NUMERALS[tens - 1] if tens > 1 else ''}十{NUMERALS[ones - 1] if ones else ''}"


def _money(
    table: Any, offers: Sequence[Any], names: Sequence[str], claimed_fen: Sequence[int], unit: str
) -> list[str]:
    total = sum(offer.amount_fen for offer in offers)
    if len(offers) == 1:
        offer, dues = offers[0], dues_of(table, offers[0])
        claim = f"（请求{plain_yuan(claimed_fen[0])}元）" if claimed_fen[0] else ""
        first = f"{unit}支付{names[0]}{sum_in_words(offer.amount_fen)}{claim}"
        if len(dues) == 1:
            return [f"{first}，于{cn_date(dues[0].due_on)}前（含当日）付清。"]
        return [f"{first}，分{len(dues)}期支付：{_days(dues)}。"]
    by_day: dict[date, int] = {}
    for offer in offers:
        for due in dues_of(table, offer):
            by_day[due.due_on] = by_day.get(due.due_on, 0) + due.fen
    sums = [Due(day, fen, "") for day, fen in sorted(by_day.items())]
    return [
        f"{unit}支付{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}{len(names)}人"
        f"共{sum_in_words(total)}，各人的金额和期次见附表。",
        f"付款日期和合计：{_days(sums)}。",
    ]


def _days(dues: Sequence[Due]) -> str:
    parts = [f"第{n}期{cn_date(due.due_on)}前{plain_yuan(due.fen)}元" for n, due in enumerate(dues, start=1)]
    return "；".join(parts) if len(parts) > 1 else parts[0].removeprefix("第1期")
