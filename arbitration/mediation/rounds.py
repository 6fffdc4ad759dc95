"""A round of offers is put down by the mediator of the case; the record says that, never what was offered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from arbitration.mediation import standing
from arbitration.mediation.arithmetic import MOST_INSTALMENTS, discounted
from arbitration.mediation.concessions import is_mediator
from arbitration.mediation.states import OfferKind, State
from cases.models import Case, TimelineEvent
from cases.services.acting import append, perform
from cases.workflow.table import StepRefused


@dataclass(frozen=True)
class Bid:
    """What one worker (party id) is offered, in fen; ``amount_fen`` None is what claim and percentage give."""

    worker_id: int
    kind: str
    amount_fen: int | None = None
    is_accepted: bool = False


@dataclass(frozen=True)
class Proposal:
    """One round as it was typed: ``schedule`` are days with hundredths of the sum."""

    proposed_by: str
    percent: int
    pay_on: date
    schedule: tuple[tuple[date, int], ...]
    bids: tuple[Bid, ...]
    note: str = ""


def sum_of(bid: Bid, claim_fen: int, percent: int) -> int:
    """What the bid comes to: the sum that was typed, or what claim and percentage give."""
    if bid.kind == OfferKind.NONE:
        return 0
    if bid.amount_fen is not None:
        return bid.amount_fen
    return discounted(claim_fen, percent) if bid.kind == OfferKind.DISCOUNTED else claim_fen


def faults_of(case: Any, proposal: Proposal) -> list[str]:
    """Why the round cannot be put down, in sentences that name the worker."""
    claims, names = standing.claims_of(case), {party.pk: party for party in standing.workers_of(case)}
    found = _of_schedule(proposal)
    for bid in proposal.bids:
        name, claim = names[bid.worker_id], claims[bid.worker_id]
        fen = sum_of(bid, claim, proposal.percent)
        if bid.kind == OfferKind.FULL and bid.amount_fen not in (None, claim):
            found.append(_("%(name)s：全额就是请求的金额；要改金额，选打折或者分期") % {"name": name})
        if claim and fen > claim:
            found.append(_("%(name)s：方案不能多于请求的金额") % {"name": name})
        if claim and bid.kind != OfferKind.NONE and not fen:
            found.append(_("%(name)s：方案的金额是0；没有方案的选“没有方案”") % {"name": name})
        if bid.kind == OfferKind.NONE and bid.is_accepted:
            found.append(_("%(name)s：没有方案，不能勾选双方同意") % {"name": name})
        if bid.kind == OfferKind.INSTALMENTS and len(proposal.schedule) < 2:
            found.append(_("%(name)s：分期至少写两期的日期和比例") % {"name": name})
    return found


def _of_schedule(proposal: Proposal) -> list[str]:
    days = [day for day, _percent in proposal.schedule]
    found: list[str] = []
    if not proposal.schedule:
        return found
    if len(days) > MOST_INSTALMENTS:
        found.append(_("最多分%(n)d期") % {"n": MOST_INSTALMENTS})
    if days != sorted(set(days)):
        found.append(_("分期的日期要从早到晚，不能重复"))
    if (total := sum(percent for _day, percent in proposal.schedule)) != 100:
        found.append(_("各期比例合计是%(total)d%%，要等于100%%") % {"total": total})
    return found


def save_round(*, case: Case, by: User, version: int, key: str, proposal: Proposal) -> TimelineEvent:
    """The round stands after the others, with an offer for every worker.

    Raises PermissionDenied for everybody but the mediator of the case, StepRefused for faults and once nothing is
    mediated any more, StaleVersion, KeyReused, Case.DoesNotExist.
    """

    def allowed(locked: Case) -> None:
        if not is_mediator(by, locked):
            raise PermissionDenied(_("方案由本案调解员登记"))

    def do(locked: Case) -> TimelineEvent:
        if locked.state not in (State.ACCEPTED, State.MEDIATING):
            raise StepRefused([_("案件现在是“%(state)s”，不能再改方案") % {"state": locked.state_label}])
        if reasons := faults_of(locked, proposal):
            raise StepRefused(reasons)
        made = _keep(locked, by, proposal)
        return append(
            locked,
            by,
            kind=TimelineEvent.Kind.EDIT,
            step="save_round",
            label=_("登记调解方案"),
            source=locked.state,
            facts={"round": made.no},
        )

    return perform(
        case=case,
        by=by,
        version=version,
        key=key,
        action="save_round",
        payload=[case.pk, repr(proposal)],
        do=do,
        allowed=allowed,
    )


def _keep(case: Case, by: User, proposal: Proposal) -> Any:
    rounds, claims = apps.get_model("mediation", "Round").objects, standing.claims_of(case)
    made = rounds.create(
        case_id=case.pk,
        no=rounds.filter(case_id=case.pk).count() + 1,
        proposed_by=proposal.proposed_by,
        percent=proposal.percent,
        pay_on=proposal.pay_on,
        schedule=[[day.isoformat(), percent] for day, percent in proposal.schedule],
        note=proposal.note,
        made_by=by,
        made_at=timezone.now(),
    )
    offer = apps.get_model("mediation", "Offer")
    offer.objects.bulk_create(
        offer(
            round=made,
            worker_id=bid.worker_id,
            kind=bid.kind,
            amount_fen=sum_of(bid, claims[bid.worker_id], proposal.percent),
            is_accepted=bid.is_accepted,
        )
        for bid in proposal.bids
    )
    return made
