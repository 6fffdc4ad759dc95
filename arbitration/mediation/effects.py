"""Effects that only this procedure has."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from arbitration import deadlines as d
from arbitration.mediation import standing
from arbitration.mediation.agreement import dues_of
from arbitration.mediation.claims_kept import keep_demand
from arbitration.mediation.states import OWED, Body, MemberOutcome, OrderStage, Origin
from cases import clocks
from cases.models import CaseKind, Party, PartyRole, Payment
from cases.workflow.registry import workflow_for
from cases.workflow.table import Change, Referral, StepRefused
from documents.services import record_service
from notifications.services import notify


def _model(name: str) -> Any:
    return apps.get_model("mediation", name)


# The request


@dataclass(frozen=True)
class KeepDemand:
    """The claim that the step states is the first worker's."""

    def apply(self, change: Change) -> None:
        if not change.facts.get("type"):
            return
        keep_demand(
            change.case,
            standing.workers_of(change.case)[0],
            kind=change.facts["type"],
            amount=change.facts.get("amount"),
            from_month=change.facts.get("from_month") or "",
            to_month=change.facts.get("to_month") or "",
        )

    def __str__(self) -> str:
        return "登记请求"


@dataclass(frozen=True)
class StartOwnLimits:
    """The limits that hold for some mediations only: of an enterprise's committee, of one before arbitration."""

    def apply(self, change: Change) -> None:
        mediation = change.case.mediation
        if mediation.body == Body.ENTERPRISE:
            clocks.start(change.case, d.MEDIATE_IN_ENTERPRISE, change.on)
        if mediation.origin == Origin.ARBITRATION_INTAKE:
            clocks.start(change.case, d.MEDIATE_BEFORE_CASE, change.facts["consented_on"])

    def __str__(self) -> str:
        return f"▶{d.MEDIATE_IN_ENTERPRISE.code}（企业调解委员会）▶{d.MEDIATE_BEFORE_CASE.code}（案前调解）"


@dataclass(frozen=True)
class MarkRepresentatives:
    """The workers at these places of the file speak for all, and nobody else."""

    def apply(self, change: Change) -> None:
        places = {int(place) for place in change.facts["people"].split("、")}
        workers = Party.objects.filter(case_id=change.case.pk, role=PartyRole.WORKER)
        workers.update(is_representative=False)
        workers.filter(position__in=places).update(is_representative=True)

    def __str__(self) -> str:
        return "登记代表"


# Meetings and the agreement


@dataclass(frozen=True)
class KeepMinutes:
    """The minutes stand where only the mediator and the head read them."""

    def apply(self, change: Change) -> None:
        names = ("held_on", "place", "present", "worker_position", "employer_position", "proposals", "result")
        meetings = _model("Meeting").objects
        meetings.create(
            case_id=change.case.pk,
            no=meetings.filter(case_id=change.case.pk).count() + 1,
            recorded_by=change.by,
            recorded_at=change.at,
            **{name: change.facts.get(name) or "" for name in names},
        )

    def __str__(self) -> str:
        return "调解笔录（保密）"


@dataclass(frozen=True)
class MakeAgreement:
    """The accepted offers are what was agreed: a sum for each worker, and instalments with a clock for each day."""

    def apply(self, change: Change) -> None:
        case = change.case
        table, accepted = standing.accepted_offers(case)
        agreed = {offer.worker_id: offer.amount_fen for offer in accepted}
        _keep_terms(case, agreed)
        due = [
            _model("Instalment")(
                case_id=case.pk, worker_id=offer.worker_id, no=no, due_on=each.due_on, amount_fen=each.fen
            )
            for offer in accepted
            for no, each in enumerate(dues_of(table, offer), start=1)
        ]
        _model("Instalment").objects.bulk_create(due)
        for day in sorted({row.due_on for row in due}):
            clocks.start(
                case, d.PAY_AS_AGREED, change.facts["agreed_on"], set_due_on=day, cause=f"{day:%Y%m%d}"
            )

    def __str__(self) -> str:
        return f"每人的结果和分期 ▶{d.PAY_AS_AGREED.code}（每期一个）"


@dataclass(frozen=True)
class NobodyAgreed:
    """For every worker it is written down that nothing was agreed."""

    def apply(self, change: Change) -> None:
        _keep_terms(change.case, {})

    def __str__(self) -> str:
        return "每人的结果"


def _keep_terms(case: Any, agreed: dict[int, int]) -> None:
    _model("Term").objects.bulk_create(
        _model("Term")(
            case_id=case.pk,
            worker=party,
            outcome=MemberOutcome.AGREED if party.pk in agreed else MemberOutcome.FAILED,
            agreed_fen=agreed.get(party.pk, 0),
        )
        for party in standing.workers_of(case)
    )


# Performance


@dataclass(frozen=True)
class PayInstalment:
    """The money of one day stands in the ledger, worker by worker; its clock is met when nobody is left out."""

    def apply(self, change: Change) -> None:
        case, facts = change.case, change.facts
        rows, amount, on = standing.paid_rows(case, facts), facts.get("amount"), facts["paid_on"]
        if not rows:
            raise StepRefused([_("这一期已经付清，返回案件看还有哪一期")])
        payments = []
        for row in rows:
            fen = row.left_fen if amount is None else amount
            row.paid_fen += fen
            row.paid_on = None if row.left_fen else on
            payments.append(
                Payment(
                    case_id=case.pk,
                    worker_id=row.worker_id,
                    amount_fen=fen,
                    paid_on=on,
                    source="employer",
                    payer_name=facts["payer"],
                    voucher_no=facts["voucher_no"],
                    verified_by=change.by,
                    verified_at=change.at,
                )
            )
        _model("Instalment").objects.bulk_update(rows, ["paid_fen", "paid_on"])
        Payment.objects.bulk_create(payments)
        self._meet(change, rows[0].due_on, on)

    def _meet(self, change: Change, due_on: Any, on: Any) -> None:
        left = [row for row in _model("Instalment").objects.filter(case_id=change.case.pk) if row.left_fen]
        if all(row.due_on != due_on for row in left):
            clocks.meet(change.case, d.PAY_AS_AGREED, on, cause=f"{due_on:%Y%m%d}")

    def __str__(self) -> str:
        return f"支付记录 ■{d.PAY_AS_AGREED.code}（这一期付清）"


@dataclass(frozen=True)
class MoveOrder:
    """The clocks of the payment order go with its stage."""

    def apply(self, change: Change) -> None:
        case, stage, on = change.case, change.facts["stage"], change.facts["happened_on"]
        if stage in (OrderStage.TAKEN, OrderStage.REJECTED):
            clocks.meet(case, d.COURT_ANSWERS_ORDER, on)
        if stage == OrderStage.TAKEN:
            clocks.start(case, d.COURT_ISSUES_ORDER, on)
        if stage == OrderStage.ISSUED:
            clocks.meet(case, d.COURT_ISSUES_ORDER, on)
            clocks.start(case, d.ORDER_PAY_OR_OBJECT, on)
        if stage in (OrderStage.OBJECTED, OrderStage.ENFORCEABLE):
            clocks.meet(case, d.ORDER_PAY_OR_OBJECT, on)

    def __str__(self) -> str:
        codes = (d.COURT_ANSWERS_ORDER.code, d.COURT_ISSUES_ORDER.code, d.ORDER_PAY_OR_OBJECT.code)
        return "支付令 " + "、".join(codes)


# The next track


@dataclass(frozen=True)
class OpenDispute:
    """Those who are left over have a case of arbitration, with everything that was written down carried along.

    While an agreement stands these are the ones it was broken to and the ones who made none; otherwise everybody.
    Where arbitration sent the case here, that case goes on and no other is opened.
    """

    def apply(self, change: Change) -> None:
        case, people = change.case, _left_over(change)
        if not people:
            raise StepRefused([_("没有要转仲裁的人")])
        waiting = standing.came_from_arbitration(case)
        if waiting is not None and waiting.is_open:
            _tell_handler(change, waiting)
        else:
            _open(change, people)
        terms = _model("Term").objects.filter(case_id=case.pk, worker__in=[party.pk for party in people])
        terms.update(sent_on=change.on)

    def __str__(self) -> str:
        return "转仲裁，材料一并转去"


def _left_over(change: Change) -> list[Party]:
    case = change.case
    if change.event.source in OWED:
        return standing.without_agreement(case) + standing.broken_for(case, change.on)
    gone = standing.sent(case)
    return [party for party in standing.workers_of(case) if party.pk not in gone]


def _open(change: Change, people: list[Party]) -> None:
    workflow = workflow_for(CaseKind.ARBITRATION)
    if workflow.on_referral is None:
        raise StepRefused([_("“%(kind)s”不接收转交") % {"kind": workflow.label}])
    consent = {name: change.facts[name] for name in ("consent_on", "how")}
    workflow.on_referral(
        Referral(change.case, tuple(people), change.by, f"md{change.event.pk}".ljust(8, "-"), consent)
    )


def _tell_handler(change: Change, waiting: Any) -> None:
    """Whoever has the case of arbitration is told that the mediation before it has ended."""
    user = waiting.handler or waiting.registered_by
    notify(
        recipient=user,
        kind="mediation",
        title=f"{waiting.number} 案前调解已经结束，继续办理"[:200],
        url=waiting.get_absolute_url(),
        key=f"mediation:{change.event.pk}:{user.pk}",
    )


@dataclass(frozen=True)
class TellWaiting:
    """Where a case of arbitration waits for this mediation, whoever has it is told that it has ended."""

    def apply(self, change: Change) -> None:
        waiting = standing.came_from_arbitration(change.case)
        if waiting is not None and waiting.is_open:
            _tell_handler(change, waiting)

    def __str__(self) -> str:
        return "通知等待的仲裁案件"


@dataclass(frozen=True)
class RecordService:
    """The proof of service stands beside the document."""

    def apply(self, change: Change) -> None:
        facts = change.facts
        record_service(
            document=facts["document"],
            party=facts["party"],
            method=facts["method"],
            served_on=facts["served_on"],
            by=change.by,
            at=change.at,
            receiver=facts["receiver"],
            proof=facts["proof"],
        )

    def __str__(self) -> str:
        return "送达回证"
