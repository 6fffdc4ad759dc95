"""The fine: made with or without an order to pay wages, paid, and reported to the level above.

《劳动保障监察条例》第三十条，《行政处罚法》第六十六条、第六十七条，《关于实施〈劳动保障监察条例〉若干规定》第四十六条.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from calendars.services import effective_rule
from cases import clocks
from cases.forms import FactsForm, TextField
from cases.models import Case, PartyRole
from cases.models.people import ChainRole
from cases.services.payments import owes_wages
from cases.workflow.table import Change, Facts, guard
from documents.effects import Issue
from inspection import deadlines as d
from inspection import guards as g
from inspection.remedies import open_court_window
from inspection.states import ClosingCode, State

HANDLING, PENALTY, BOTH = "handling", "penalty", "both"
DOCUMENTS = {HANDLING: ("D26",), PENALTY: ("D27",), BOTH: ("D26", "D27")}


# 《行政处罚法》第六十三条 speaks of larger sums; 《重庆市行政处罚听证程序规定》 (市政府令354号) fixes them.
HEARING_FROM_UNIT_FEN, HEARING_FROM_PERSON_FEN = 50_000_00, 5_000_00


def hearing_is_due(case: Any, fine_fen: int | None) -> bool:
    """Whether a fine of that sum may only be made after the right to a hearing was announced."""
    persons = any(
        party.chain_role == ChainRole.INDIVIDUAL
        for party in case.parties.all()
        if party.role == PartyRole.RESPONDENT
    )
    line = HEARING_FROM_PERSON_FEN if persons else HEARING_FROM_UNIT_FEN
    return fine_fen is not None and fine_fen >= line


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


class DeferFineForm(FactsForm):
    more_days = forms.IntegerField(
        label=_("延期或分期缴纳，最后一期再延多少天"),
        min_value=1,
        max_value=360,
        error_messages={
            "required": _("还没填延长的天数"),
            "invalid": _("延长的天数填数字，如30"),
            "min_value": _("至少延长1天"),
            "max_value": _("最多延长360天"),
        },
    )
    reason = TextField(label=_("经济困难的情况"), max_length=200)


@dataclass(frozen=True)
class DeferFine:
    """Every unit's day for the fine is later by so many days, and the months for going to court follow. 第六十六条."""

    def apply(self, change: Change) -> None:
        case, facts = change.case, change.facts
        running = case.clocks.filter(rule_code=d.PAY_FINE.code, met_on=None, ended_on=None)
        rows = [
            clocks.extend(
                case,
                d.PAY_FINE,
                facts["more_days"],
                reason=facts["reason"],
                approved_by=change.by,
                on=change.on,
                party=row.party,
            )
            for row in running.select_related("party")
        ]
        case.complaint.fine_due_on = max((row.due_on for row in rows if row.due_on), default=None)
        open_court_window(case, change.on)

    def __str__(self) -> str:
        return f"＋{d.PAY_FINE.code} ↻{d.APPLY_TO_COURT.code}"


@guard(_("没有在计时的缴款期限，或者已经届满"), law=f"{d.PENALTY}第六十六条")
def fine_still_due(case: Case, facts: Facts) -> bool:
    due_on = case.complaint.fine_due_on
    return due_on is not None and timezone.localdate() <= due_on


@guard(_("没有等待备案的处罚决定"), law=f"{d.PROVISIONS}第四十六条")
def report_is_due(case: Case, facts: Facts) -> bool:
    return clocks.runs(case, d.REPORT_PENALTY)


@guard(_("没有要缴纳的罚款，或者已经缴清"), law=f"{d.PENALTY}第六十七条")
def fine_is_open(case: Case, facts: Facts) -> bool:
    return bool(case.complaint.owes_fine)


@guard(_("罚款还没有缴清，登记缴款以后再结案"), law=f"{d.PENALTY}第六十七条")
def fine_paid(case: Case, facts: Facts) -> bool:
    return not case.complaint.owes_fine


@guard(_("办结方式与作出的决定不一致"), law=f"{d.PROVISIONS}第三十五条", needs_facts=True)
def fined_if_so_coded(case: Case, facts: Facts) -> bool | str:
    if facts.get("outcome") == ClosingCode.DECISION_PERFORMED and "D26" not in documents_of(case):
        return _now("只作出了处罚决定，选“处罚履行”")
    return facts.get("outcome") != ClosingCode.PENALTY_PERFORMED or bool(case.complaint.fine_fen)


@guard(_("处罚决定书还没有送达"), law=f"{d.PENALTY}第六十一条")
def fine_served(case: Case, facts: Facts) -> bool:
    return case.complaint.fine_served_on is not None


@guard(_("决定书还没有送达全部被投诉单位"), law=f"{d.PENALTY}第六十一条")
def everything_served(case: Case, facts: Facts) -> bool:
    """Each decision that the notice announced reached every unit."""
    served = {"D26": case.complaint.decision_served_on, "D27": case.complaint.fine_served_on}
    return all(served[kind] for kind in documents_of(case))


@guard(_("决定的履行期限还没过"), law=f"{d.PROVISIONS}第三十六条、第四十一条，{d.PENALTY}第六十七条")
def some_term_passed(case: Case, facts: Facts) -> bool | str:
    """The day for the wages or for the fine passed while they were open."""
    complaint, today = case.complaint, timezone.localdate()
    terms = [complaint.decision_pay_by_on] if owes_wages(case) else []
    terms += [complaint.fine_due_on] if complaint.owes_fine else []
    known = [term for term in terms if term is not None]
    if not terms or any(term < today for term in known):
        return True
    return _now("期限到%(day)s") % {"day": min(known)} if known else False


@guard(_("罚款正在申请强制执行，缴清以后再继续查处"), law=f"{d.COERCION}第五十三条")
def fine_not_being_enforced(case: Case, facts: Facts) -> bool:
    return case.state != State.ENFORCING or case.complaint.fine_paid_on is not None


@guard(
    _("还有劳动者的欠付金额没有认定，不能作出处理决定；先办理“认定欠付金额”"),
    law=f"{d.SUPERVISION}第二十六条",
)
def sums_fixed_for_handling(case: Case, facts: Facts) -> bool:
    return "D26" not in documents_of(case) or g.amounts_confirmed.check(case, facts) is True


@guard(
    _("处罚以外没有要继续查处的欠薪，或者决定里已经有处理决定"), law=f"{d.SUPERVISION}第二十六条、第三十条"
)
def fined_alone(case: Case, facts: Facts) -> bool:
    return case.complaint.notice_kind == PENALTY


@guard(_("工资已经付清、罚款已经缴清，办理结案即可"), law=f"{d.SUPERVISION}第十八条")
def not_performed(case: Case, facts: Facts) -> bool:
    return case.complaint.owes_fine or owes_wages(case)
