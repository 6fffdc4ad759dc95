"""What the employer is told, ordered and reminded of: D18, D19, D21, D26, D31."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Party, Payment
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs, plain_yuan, sum_in_words
from inspection import deadlines as d
from inspection.documents.values import (
    breached,
    complaint_of,
    decision,
    length_of,
    order,
    owed,
    penalty,
    units,
)
from inspection.penalties import documents_of

PLANNED = {"handling": "行政处理决定", "penalty": "行政处罚决定", "both": "行政处理决定和行政处罚决定"}


# D18


def payment_order(matter: Matter) -> dict[str, Any]:
    """限期改正指令书, with the list of workers and what each is still owed."""
    complaint = complaint_of(matter)
    pay_by = required(complaint.order_pay_by_on, _("还没定支付期限"))
    return {
        "breach": paragraphs(required(complaint.breach, _("还没写违法事实"))),
        "breached": breached(matter),
        "laws": f"{d.SUPERVISION}第十八条第一款第二项、第二十六条第一项",
        "fine_law": f"{d.SUPERVISION}第三十条",
        "supervision": d.SUPERVISION,
        "term_on": pay_by,
        "pay_by": cn_date(pay_by),
        **owed(matter, secret=True),
    }


# D19


@dataclass
class Account:
    """What one worker was to get under the order and what arrived, in fen."""

    party: Party
    wanted_fen: int = 0
    payments: list[Payment] = field(default_factory=list)

    @property
    def paid_fen(self) -> int:
        return sum(row.amount_fen for row in self.payments)

    @property
    def left_fen(self) -> int:
        return self.wanted_fen - self.paid_fen


def recheck_record(matter: Matter) -> dict[str, Any]:
    """整改复查记录: for each worker what was to be paid, what arrived, and the vouchers."""
    accounts = [each for each in _accounts(matter) if each.wanted_fen or each.payments]
    wanted, paid = sum(each.wanted_fen for each in accounts), sum(each.paid_fen for each in accounts)
    return {
        "order": order(matter),
        "checked_on": cn_date(matter.fact("checked_on") or matter.on),
        "place": matter.fact("place") or "",
        "findings": paragraphs(matter.fact("findings") or ""),
        "rows": [_rechecked(number, each) for number, each in enumerate(accounts, 1)],
        "wanted": plain_yuan(wanted),
        "paid": plain_yuan(paid),
        "left": plain_yuan(wanted - paid),
        "left_in_words": sum_in_words(wanted - paid),
        "unpaid_count": str(sum(each.left_fen > 0 for each in accounts)),
        "verdict": _verdict(wanted - paid, paid),
        "is_withheld": complaint_of(matter).identity_withheld,
    }


def _accounts(matter: Matter) -> list[Account]:
    """One account for each worker, in the order of the file."""
    workers = sorted(matter.people.workers, key=lambda party: party.position)
    accounts = {party.pk: Account(party) for party in workers}
    for claim in matter.case.claims.all():
        sum_fen = claim.owed_fen if claim.confirmed_fen is None else claim.confirmed_fen
        accounts[claim.worker_id].wanted_fen += sum_fen
    for payment in matter.case.payments.filter(reversed_at=None):
        accounts[payment.worker_id].payments.append(payment)
    return list(accounts.values())


def _rechecked(number: int, account: Account) -> dict[str, str]:
    payments = account.payments
    return {
        "no": str(number),
        "name": account.party.name,
        "wanted": plain_yuan(account.wanted_fen),
        "paid": plain_yuan(account.paid_fen),
        "left": plain_yuan(account.left_fen),
        "paid_on": "、".join(dict.fromkeys(cn_date(row.paid_on) for row in payments)) or NOTHING,
        "vouchers": "、".join(dict.fromkeys(row.voucher_no for row in payments)) or NOTHING,
        "verdict": _verdict(account.left_fen, account.paid_fen),
    }


def _verdict(left_fen: int, paid_fen: int) -> str:
    if left_fen <= 0:
        return "已付清"
    return "部分支付" if paid_fen else "未支付"


# D21


def prior_notice(matter: Matter) -> dict[str, Any]:
    """行政处理（处罚）事先告知书: what is planned and why, and the rights to state, defend and be heard."""
    complaint = complaint_of(matter)
    planned = required(complaint.notice_kind, _("还没选拟作什么决定"))
    return {
        "planned": PLANNED[planned],
        "content": paragraphs(required(complaint.notice_content, _("还没写告知的内容"))),
        "ended_on": cn_date(complaint.investigation_ended_on),
        "laws": _notice_laws(planned),
        "days": str(length_of(d.STATE_AND_DEFEND.code)),
        "hearing_right": complaint.hearing_right,
        "hearing_laws": f"{d.PENALTY}第六十三条、第六十四条",
        "hearing_days": str(length_of(d.REQUEST_HEARING.code)),
    }


def _notice_laws(planned: str) -> str:
    """Handling is announced under the supervision regulations, a penalty under the law on penalties as well."""
    supervision = f"{d.SUPERVISION}第十九条"
    return supervision if planned == "handling" else f"{supervision}和{d.PENALTY}第四十四条、第四十五条"


# D26


def handling_decision(matter: Matter) -> dict[str, Any]:
    """行政处理决定书: facts, what is decided, how and when to perform, and the remedies."""
    complaint = complaint_of(matter)
    return {
        "units": units(matter),
        "breach": paragraphs(required(complaint.breach or complaint.notice_content, _("还没写查明的事实"))),
        "evidence": paragraphs(complaint.investigation_summary),
        "breached": breached(matter),
        "notice_served_on": cn_date(required(complaint.notice_served_on, _("事先告知书还没有送达"))),
        "waived_on": cn_date(complaint.statement_waived_on),
        "hearing_held_on": cn_date(complaint.hearing_held_on),
        "decided": paragraphs(required(matter.fact("content"), _("还没写决定内容"))),
        "laws": f"{d.SUPERVISION}第十八条、第二十六条",
        "days": str(required(complaint.decision_pay_within, _("还没定履行期限"))),
    }


# D27


def penalty_decision(matter: Matter) -> dict[str, Any]:
    """行政处罚决定书: facts and evidence, what was heard, the fine, how and when to pay it, and the remedies.

    《行政处罚法》第五十九条 says what it holds; a late payment costs three percent a day, at most the fine itself
    (第七十二条).
    """
    complaint = complaint_of(matter)
    fine = required(complaint.fine_fen, _("还没定罚款金额"))
    return {
        "units": units(matter),
        "breach": paragraphs(
            required(
                complaint.obstruction or complaint.breach or complaint.notice_content, _("还没写查明的事实")
            )
        ),
        "evidence": paragraphs(complaint.investigation_summary),
        "breached": breached(matter),
        "notice_served_on": cn_date(required(complaint.notice_served_on, _("事先告知书还没有送达"))),
        "waived_on": cn_date(complaint.statement_waived_on),
        "hearing_held_on": cn_date(complaint.hearing_held_on),
        "decided": paragraphs(required(matter.fact("content"), _("还没写决定内容"))),
        "fine_in_words": sum_in_words(fine),
        "laws": f"{d.SUPERVISION}第三十条、{d.PENALTY}第五十七条",
        "late_law": f"{d.PENALTY}第七十二条",
        "days": str(length_of(d.PAY_FINE.code)),
    }


# D31


def demand(matter: Matter) -> dict[str, Any]:
    """催告书: the decision that was not performed, the sum, how and by when to pay, the right to state and defend."""
    complaint = complaint_of(matter)
    wages = "D26" in documents_of(matter.case)
    return {
        "decision": decision(matter) if wages else None,
        "fine": penalty(matter) if complaint.owes_fine else None,
        "fine_in_words": sum_in_words(complaint.fine_fen) if complaint.owes_fine else "",
        "demand": paragraphs(required(matter.fact("demand"), _("还没写催告内容"))),
        "laws": f"{d.COERCION}第三十五条、第五十四条",
        "court_laws": f"{d.COERCION}第五十三条、第五十四条",
        "days": str(length_of(d.DEMAND.code)),
        **(owed(matter, secret=True) if wages else {"count": "", "is_withheld": True}),
    }
