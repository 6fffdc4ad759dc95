"""The table of the mediator: claim, offer, difference of every worker, with the arithmetic shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from arbitration.mediation import standing
from arbitration.mediation.arithmetic import Due, Part, discount_shown, discounted, instalments, share
from arbitration.mediation.rounds import Bid, sum_of
from arbitration.mediation.states import OfferKind
from cases.models import Party
from cases.money import yuan


@dataclass
class Row:
    """One worker: what was typed, what it comes to, and how. Sums in fen; ``error`` stands at the sum."""

    party: Party
    claim_fen: int
    kind: str
    typed: str = ""
    is_accepted: bool = False
    fen: int = 0
    before_fen: int | None = None
    dues: Sequence[Due] = field(default_factory=list)
    shown: str = ""
    error: str = ""

    @property
    def difference_fen(self) -> int:
        return self.claim_fen - self.fen

    @property
    def percent(self) -> str:
        return share(self.fen, self.claim_fen)


@dataclass(frozen=True)
class Totals:
    """The table added up, in fen."""

    claimed: int
    offered: int
    accepted: int
    people: int
    accepted_people: int
    by_day: Sequence[tuple[date, int]]

    @property
    def difference(self) -> int:
        return self.claimed - self.offered

    @property
    def percent(self) -> str:
        return share(self.offered, self.claimed)


def reckon(row: Row, bid: Bid, *, percent: int, pay_on: date | None, parts: Sequence[Part]) -> None:
    """The row says what the bid comes to, by when it is paid, and how that was computed."""
    row.fen = sum_of(bid, row.claim_fen, percent)
    row.shown = _shown(row, bid, percent)
    if not row.fen:
        row.dues = []
    elif row.kind == OfferKind.INSTALMENTS and parts:
        row.dues = instalments(row.fen, parts)
    elif row.kind != OfferKind.INSTALMENTS and pay_on:
        row.dues = [Due(pay_on, row.fen, yuan(row.fen))]


def _shown(row: Row, bid: Bid, percent: int) -> str:
    if row.kind == OfferKind.NONE:
        return ""
    if bid.amount_fen is None and row.kind == OfferKind.DISCOUNTED:
        return discount_shown(row.claim_fen, percent)
    if row.fen == row.claim_fen:
        return yuan(row.fen)
    return f"{yuan(row.claim_fen)} − {yuan(row.difference_fen)} = {yuan(row.fen)}"


def rows_of(case: Any, table: Any) -> list[Row]:
    """A row for every worker: as the last round has it, or the whole claim before the first."""
    claims = standing.claims_of(case)
    offers = {offer.worker_id: offer for offer in table.offers.all()} if table else {}
    return [_row(party, claims[party.pk], offers.get(party.pk), table) for party in standing.workers_of(case)]


def _row(party: Party, claim_fen: int, offer: Any, table: Any) -> Row:
    if offer is None:
        return Row(party, claim_fen, OfferKind.FULL)
    plain = {OfferKind.FULL: claim_fen, OfferKind.INSTALMENTS: claim_fen, OfferKind.NONE: 0}
    usual = plain.get(offer.kind, discounted(claim_fen, table.percent))
    return Row(
        party,
        claim_fen,
        offer.kind,
        typed="" if offer.amount_fen == usual else yuan(offer.amount_fen).replace(",", ""),
        is_accepted=offer.is_accepted,
        before_fen=offer.amount_fen,
    )


def totals(rows: Sequence[Row]) -> Totals:
    days: dict[date, int] = {}
    for row in rows:
        for due in row.dues:
            days[due.due_on] = days.get(due.due_on, 0) + due.fen
    accepted = [row for row in rows if row.is_accepted]
    return Totals(
        claimed=sum(row.claim_fen for row in rows),
        offered=sum(row.fen for row in rows),
        accepted=sum(row.fen for row in accepted),
        people=len(rows),
        accepted_people=len(accepted),
        by_day=sorted(days.items()),
    )


@dataclass(frozen=True)
class Past:
    """One round that was put down, added up."""

    round: Any
    offered: int
    accepted_people: int
    moved: int | None
    """How much more than in the round before, in fen."""


def history(rounds: Sequence[Any]) -> list[Past]:
    """Every round with its sum and how far it moved; from rounds with their offers."""
    found: list[Past] = []
    for table in rounds:
        offers = list(table.offers.all())
        offered = sum(offer.amount_fen for offer in offers)
        moved = offered - found[-1].offered if found else None
        found.append(Past(table, offered, sum(offer.is_accepted for offer in offers), moved))
    return found
