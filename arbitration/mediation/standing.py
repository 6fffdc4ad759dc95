"""What stands between the sides of a mediation: claims, the offers on the table, what is due, who is left over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from arbitration.mediation.states import MemberOutcome, OfferKind
from calendars.services import current_calendar
from cases.models import CaseKind, Party, PartyRole

NAMED = 5  # so many names are written out, of more the first ones


def workers_of(case: Any) -> list[Party]:
    """The workers of the case in the order of the file; from the rows it has fetched."""
    found = [party for party in case.parties.all() if party.role == PartyRole.WORKER]
    return sorted(found, key=lambda party: party.position)


def claims_of(case: Any) -> dict[int, int]:
    """What each worker (party id) asks for in all, in fen; 0 where no sum is asked for."""
    sums = {party.pk: 0 for party in workers_of(case)}
    for demand in case.demands.all():
        sums[demand.party_id] = sums.get(demand.party_id, 0) + (demand.amount_fen or 0)
    return sums


def last_round(case: Any) -> Any:
    """The round on the table with its offers; None before the first."""
    rounds = apps.get_model("mediation", "Round").objects.filter(case_id=case.pk)
    return rounds.prefetch_related("offers__worker__person").order_by("no").last()


def open_questions(case: Any, offers: Iterable[Any]) -> list[str]:
    """The workers who have neither accepted nor turned down what is on the table, by name."""
    settled = {offer.worker_id for offer in offers if offer.is_accepted or offer.kind == OfferKind.NONE}
    return [party.name for party in workers_of(case) if party.pk not in settled]


def unpaid(case: Any) -> list[Any]:
    """The instalments of which something is owed, by their day."""
    return [row for row in case.agreed_instalments.all() if row.left_fen]


def overdue(case: Any, on: date) -> list[Any]:
    """The instalments that were not paid on their day; one that fell on a day off could be paid on the next worked."""
    return [row for row in unpaid(case) if _is_over(row.due_on, on)]


def _is_over(due_on: date, on: date) -> bool:
    return due_on < on and current_calendar().roll(due_on) < on


def sent(case: Any) -> set[int]:
    """The workers (party ids) who have gone on to arbitration from here."""
    return {term.worker_id for term in case.terms.all() if term.sent_on}


def broken_for(case: Any, on: date) -> list[Party]:
    """The workers to whom the agreement was broken and who have not gone on yet."""
    ids = {row.worker_id for row in overdue(case, on)} - sent(case)
    return [party for party in workers_of(case) if party.pk in ids]


def without_agreement(case: Any) -> list[Party]:
    """The workers who agreed to nothing and have not gone on yet."""
    ids = {
        term.worker_id
        for term in case.terms.all()
        if term.outcome == MemberOutcome.FAILED and not term.sent_on
    }
    return [party for party in workers_of(case) if party.pk in ids]


def still_waiting(case: Any, on: date) -> list[Party]:
    """The workers whose agreement runs on: something is owed to them later, and nothing is overdue."""
    late = {row.worker_id for row in overdue(case, on)}
    ids = {row.worker_id for row in unpaid(case)} - late - sent(case)
    return [party for party in workers_of(case) if party.pk in ids]


def came_from_arbitration(case: Any) -> Any:
    """The arbitration case that waits for this mediation; None when there is none."""
    source = case.mediation.source_case
    return source if source is not None and source.kind == CaseKind.ARBITRATION else None


@dataclass(frozen=True)
class Day:
    """What is due on one day to how many workers, in fen; ``unpaid_names`` who has not been paid in full."""

    due_on: date
    people: int
    due_fen: int
    paid_fen: int
    is_late: bool
    unpaid_names: str

    @property
    def left_fen(self) -> int:
        return self.due_fen - self.paid_fen


def days(case: Any, on: date) -> list[Day]:
    """The days of the agreement in their order, each added up over the workers."""
    names = {party.pk: party.name for party in workers_of(case)}
    found: dict[date, list[Any]] = {}
    for row in case.agreed_instalments.all():
        found.setdefault(row.due_on, []).append(row)
    return [_day(day, rows, names, on) for day, rows in sorted(found.items())]


def _day(day: date, rows: list[Any], names: dict[int, str], on: date) -> Day:
    left = [names[row.worker_id] for row in rows if row.left_fen]
    more = "…" if len(left) > NAMED else ""
    return Day(
        due_on=day,
        people=len(rows),
        due_fen=sum(row.amount_fen for row in rows),
        paid_fen=sum(row.paid_fen for row in rows),
        is_late=bool(left) and _is_over(day, on),
        unpaid_names="、".join(left[:NAMED]) + more,
    )


def paid_rows(case: Any, facts: Any) -> list[Any]:
    """The instalments that the facts of a payment are about."""
    missed = {int(place) for place in (facts.get("left_out") or "").split("、") if place}
    day = date.fromisoformat(facts["due_on"])
    rows = [row for row in unpaid(case) if row.due_on == day]
    places = {party.pk: party.position for party in workers_of(case)}
    return [row for row in rows if places[row.worker_id] not in missed]


def paid_by(rows: Iterable[Any], facts: Any) -> int:
    """How much a payment brings, in fen: what is owed of the instalments, or the part of it that was paid."""
    amount = facts.get("amount")
    return sum(row.left_fen if amount is None else amount for row in rows)


def accepted_offers(case: Any) -> tuple[Any, list[Any]]:
    """The round on the table with the offers of it that both sides agree to."""
    table = last_round(case)
    return table, [offer for offer in table.offers.all() if offer.is_accepted]
