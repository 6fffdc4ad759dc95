"""Wages that arrived: the ledger from which recovered sums are counted."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Case, Party, Payment, TimelineEvent
from cases.money import yuan
from cases.services.acting import append, perform
from cases.workflow.table import Change, StepRefused


@dataclass(frozen=True)
class PaymentRow:
    """One payment to one worker: ``amount_fen`` in fen, proved by a voucher."""

    worker_id: int
    amount_fen: int
    paid_on: date
    source: str
    payer_name: str
    voucher_no: str


def record_payments(*, case: Case, by: User, version: int, key: str, rows: list[PaymentRow]) -> TimelineEvent:
    """The payments stand in the ledger, verified by the inspector who recorded them; the case's paid sum follows.

    Raises StepRefused for a payment after today, of nothing, without voucher, to somebody who is not a worker of the
    case, or beyond what is owed; PermissionDenied, StaleVersion, KeyReused, Case.DoesNotExist.
    """

    def do(locked: Case) -> TimelineEvent:
        if not _may_pay(by, locked):
            raise PermissionDenied(_("支付记录由本案的主办或协办监察员登记"))
        if not locked.is_open:
            raise StepRefused([_("案件已经办结，先恢复办理再登记支付")])
        workers = {
            party.pk: party for party in locked.parties.filter(person__isnull=False).select_related("person")
        }
        if reasons := _faults(locked, workers, rows):
            raise StepRefused(reasons)
        now = timezone.now()
        Payment.objects.bulk_create(
            Payment(case=locked, verified_by=by, verified_at=now, **asdict(row)) for row in rows
        )
        total = sum(row.amount_fen for row in rows)
        locked.paid_fen = paid_total(locked)
        event = append(
            locked,
            by,
            kind=TimelineEvent.Kind.STEP,
            step="record_payments",
            label=_("登记支付"),
            source=locked.state,
            note=_("%(n)d人，共%(sum)s元") % {"n": len({row.worker_id for row in rows}), "sum": yuan(total)},
            facts={"payments": [asdict(row) for row in rows]},
            after={"paid_fen": locked.paid_fen},
        )
        facts = {"payments": rows, "all_paid": not owes_wages(locked)}
        locked.workflow.on_payment(Change(locked, None, by, timezone.localdate(now), now, facts, "", event))
        return event

    payload = [case.pk, [asdict(row) for row in rows]]
    return perform(
        case=case, by=by, version=version, key=key, action="record_payments", payload=payload, do=do
    )


def reverse_payment(
    *, case: Case, by: User, version: int, key: str, payment: Payment, reason: str
) -> TimelineEvent:
    """The payment counts no longer; its row stays with the time, the event says why, the paid sum follows.

    Raises StepRefused without a reason, for a payment of another case or one that was reversed before, and when the
    case is over; PermissionDenied, StaleVersion, KeyReused, Case.DoesNotExist.
    """

    def do(locked: Case) -> TimelineEvent:
        if not _may_pay(by, locked):
            raise PermissionDenied(_("支付记录由本案的主办或协办监察员更正"))
        if not locked.is_open:
            raise StepRefused([_("案件已经办结，先恢复办理再冲销支付")])
        if not reason.strip():
            raise StepRefused([_("冲销要写明理由，如：银行退回，没有到账")])
        row = locked.payments.filter(pk=payment.pk, reversed_at=None).first()
        if row is None:
            raise StepRefused([_("这笔支付已经冲销，或不属于本案")])
        now = timezone.now()
        row.reversed_at = now
        row.save(update_fields=["reversed_at"])
        locked.paid_fen = paid_total(locked)
        event = append(
            locked,
            by,
            kind=TimelineEvent.Kind.STEP,
            step="reverse_payment",
            label=_("冲销支付"),
            source=locked.state,
            note=reason.strip()[:500],
            facts={"payment": str(row.public_id), "amount_fen": row.amount_fen, "voucher_no": row.voucher_no},
            after={"paid_fen": locked.paid_fen},
        )
        facts = {"payments": [], "all_paid": False, "reversed": row}
        locked.workflow.on_payment(Change(locked, None, by, timezone.localdate(now), now, facts, "", event))
        return event

    payload = [case.pk, payment.pk, reason]
    return perform(
        case=case, by=by, version=version, key=key, action="reverse_payment", payload=payload, do=do
    )


def _may_pay(user: User, case: Case) -> bool:
    """Whether the ledger is this person's to write: an inspector with a duty on the case."""
    return policies.can(user, Right.INVESTIGATE, case) and any(
        row.user_id == user.pk for row in policies.current_assignments(case)
    )


def _faults(case: Case, workers: dict[int, Party], rows: list[PaymentRow]) -> list[str]:
    if not rows:
        return [_("还没填支付记录，至少填一名劳动者的金额和凭证号")]
    left, found = unpaid_by_worker(case), []
    for row in rows:
        worker = workers.get(row.worker_id)
        if worker is None:
            found.append(_("收款人不是本案的劳动者，从名册里选"))
            continue
        left[worker.pk] = left.get(worker.pk, 0) - row.amount_fen
        if row.amount_fen <= 0:
            found.append(_("%(name)s：支付金额要大于0") % {"name": worker})
        if row.paid_on > timezone.localdate():
            found.append(_("%(name)s：支付日期不能晚于今天") % {"name": worker})
        if not row.voucher_no.strip():
            found.append(_("%(name)s：还没填凭证号，照银行回单或签收单填") % {"name": worker})
        if left[worker.pk] < 0:
            found.append(
                _("%(name)s：比欠付金额多付了%(sum)s元，核对金额")
                % {"name": worker, "sum": yuan(-left[worker.pk])}
            )
    return found


def paid_total(case: Case) -> int:
    """Verified payments of the case that were not reversed, in fen."""
    return case.payments.filter(reversed_at=None).aggregate(total=Sum("amount_fen"))["total"] or 0


def owes_wages(case: Case) -> bool:
    """Whether some worker has not been paid in full."""
    return any(fen > 0 for fen in unpaid_by_worker(case).values())


def unpaid_by_worker(case: Case) -> dict[int, int]:
    """What each worker (party id) is still owed, in fen: the confirmed sum where there is one, else the claimed."""
    owed: dict[int, int] = {}
    for claim in case.claims.all():
        sum_fen = claim.owed_fen if claim.confirmed_fen is None else claim.confirmed_fen
        owed[claim.worker_id] = owed.get(claim.worker_id, 0) + sum_fen
    for payment in case.payments.all():
        if payment.reversed_at is None:
            owed[payment.worker_id] = owed.get(payment.worker_id, 0) - payment.amount_fen
    return owed
