"""The fine: made with or without an order to pay wages, paid, and reported to the level above.

《劳动保障监察条例》第三十条，《行政处罚法》第六十六条、第六十七条，《关于实施〈劳动保障监察条例〉若干规定》第四十六条.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from calendars.services import effective_rule
from cases import clocks
from cases.models import Case
from cases.services.payments import unpaid_by_worker
from cases.workflow.table import Change, Facts, guard
from documents.effects import Issue
from inspection import deadlines as d
from inspection.states import ClosingCode

HANDLING, PENALTY, BOTH = "handling", "penalty", "both"
DOCUMENTS = {HANDLING: ("D26",), PENALTY: ("D27",), BOTH: ("D26", "D27")}


def documents_of(case: Any) -> tuple[str, ...]:
    """The decisions that the prior notice announced."""
    return DOCUMENTS.get(case.complaint.notice_kind, DOCUMENTS[HANDLING])


def is_fined(case: Any) -> bool:
    """Whether a fine was announced; its sum is fixed by the decision."""
    return case.complaint.notice_kind in (PENALTY, BOTH)


def days_to_pay_a_fine() -> int:
    """Calendar days from service of the decision. 《行政处罚法》第六十七条."""
    period = effective_rule(d.PAY_FINE.code).period
    return period.length if period else 0


@dataclass(frozen=True)
class IssueDecision:
    """The decision on wages, on the fine, or both: what the prior notice announced."""

    kinds: tuple[str, ...] = ("D26", "D27")

    def apply(self, change: Change) -> None:
        Issue(*documents_of(change.case)).apply(change)

    def kinds_for(self, case: Any) -> tuple[str, ...]:
        """What would be issued on this case."""
        return documents_of(case)

    def __str__(self) -> str:
        return "文书D26（处理）、D27（处罚）"


@dataclass(frozen=True)
class ReportPenalty:
    """A fine goes to the level above within its working days."""

    def apply(self, change: Change) -> None:
        if is_fined(change.case):
            clocks.start(change.case, d.REPORT_PENALTY, change.on)

    def __str__(self) -> str:
        return f"▶{d.REPORT_PENALTY.code}（处罚）"


@guard(_("没有等待备案的处罚决定"), law=f"{d.PROVISIONS}第四十六条")
def report_is_due(case: Case, facts: Facts) -> bool:
    return any(row.rule_code == d.REPORT_PENALTY.code and row.is_running for row in case.clocks.all())


@guard(_("没有要缴纳的罚款，或者已经缴清"), law=f"{d.PENALTY}第六十七条")
def fine_is_open(case: Case, facts: Facts) -> bool:
    return bool(case.complaint.fine_fen) and case.complaint.fine_paid_on is None


@guard(_("罚款还没有缴清，登记缴款以后再结案"), law=f"{d.PENALTY}第六十七条")
def fine_paid(case: Case, facts: Facts) -> bool:
    return not case.complaint.fine_fen or case.complaint.fine_paid_on is not None


@guard(_("没有作出处罚决定，不能以“处罚履行”办结"), law=f"{d.PROVISIONS}第三十五条", needs_facts=True)
def fined_if_so_coded(case: Case, facts: Facts) -> bool:
    return facts.get("outcome") != ClosingCode.PENALTY_PERFORMED or bool(case.complaint.fine_fen)


@guard(_("工资已经付清、罚款已经缴清，办理结案即可"), law=f"{d.SUPERVISION}第十八条")
def not_performed(case: Case, facts: Facts) -> bool:
    owes_fine = bool(case.complaint.fine_fen) and case.complaint.fine_paid_on is None
    return owes_fine or any(fen > 0 for fen in unpaid_by_worker(case).values())
