"""The end of a case: D35, D36."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.code_lists import label
from documents.context import Matter, required
from documents.models import Document
from documents.wording import cn_date, paragraphs, several, sum_in_words
from inspection import deadlines as d
from inspection.documents.values import (
    approval,
    complaint_of,
    opinion,
    period,
    standing_service,
    units,
)
from inspection.states import ClosingCode

CLOSING_STEPS = ("close_paid", "close_performed", "close_executed", "close_transferred", "police_open")
# Why a filed case is cancelled, and under which article.
CANCELLED = {
    ClosingCode.CANCELLED_CORRECTED: (
        "你单位的违法行为情节轻微，并且已经改正。",
        f"{d.SUPERVISION}第十八条第一款第三项",
    ),
    ClosingCode.CANCELLED_UNFOUNDED: ("违法事实不能成立。", f"{d.PROVISIONS}第三十五条"),
    ClosingCode.WITHDRAWN: (
        "投诉人自愿撤回投诉，本案没有继续查处的必要。",
        f"{d.SUPERVISION}第十八条、{d.PROVISIONS}第三十五条",
    ),
}


# D35


def cancellation(matter: Matter) -> dict[str, Any]:
    """撤销立案决定书: why, under which article, and the remedies; the employer gets it and the complainant a copy."""
    sentence, laws = required(CANCELLED.get(matter.case.outcome), _("本案没有撤销立案"))
    return {
        "findings": paragraphs(required(complaint_of(matter).closing_summary, _("还没写办理结果"))),
        "reason": sentence,
        "laws": laws,
    }


# D36


def closing_form(matter: Matter) -> dict[str, Any]:
    """结案审批表."""
    case, complaint = matter.case, complaint_of(matter)
    return {
        "source": complaint.get_channel_display(),
        "units": units(matter),
        "period": period(matter),
        "outcome": label("closing", required(case.outcome, _("还没定办结方式"))),
        "closed_on": cn_date(case.closed_on),
        "orders": _orders(matter),
        "course": paragraphs(complaint.closing_summary),
        "money": _money(matter),
        "called_back": complaint.call_back_done,
        "opinion": opinion(matter, matter.event.step if matter.event else ""),
        "approval": approval(matter, *CLOSING_STEPS),
    }


def _orders(matter: Matter) -> list[dict[str, str]]:
    """The orders and decisions of the case with the day each reached its addressee."""
    documents = Document.objects.valid().filter(case=matter.case, kind__in=["D18", "D26", "D27"])
    return [
        {
            "title": document.title,
            "number": document.number,
            "issued_on": cn_date(document.issued_on),
            "served_on": "、".join(
                dict.fromkeys(cn_date(row.served_on) for row in standing_service(document))
            ),
        }
        for document in documents.order_by("issued_at").prefetch_related("service")
    ]


def _money(matter: Matter) -> dict[str, Any]:
    """What was found to be owed, what arrived, for how many, from whom, with which vouchers."""
    case = matter.case
    payments = [row for row in case.payments.all() if row.reversed_at is None]
    days: list[date] = [row.paid_on for row in payments]
    return {
        "confirmed": sum_in_words(case.confirmed_fen or case.claimed_fen),
        "is_confirmed": bool(case.confirmed_fen),
        "paid": sum_in_words(sum(row.amount_fen for row in payments)),
        "paid_count": len({row.worker_id for row in payments}),
        "sources": "、".join(dict.fromkeys(str(row.get_source_display()) for row in payments)),
        "payers": several(list(dict.fromkeys(row.payer_name for row in payments))),
        "vouchers": several(list(dict.fromkeys(row.voucher_no for row in payments)), most=4),
        "first_day": cn_date(min(days, default=None)),
        "last_day": cn_date(max(days, default=None)),
    }
