"""Review and suit against a decision, party by party, and the months for going to court that follow from them.

《行政复议法》第二十条、第三十四条，《行政诉讼法》第四十五条、第四十六条，《行政强制法》第五十三条.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases import clocks
from cases.forms import ChosenField, DayField, TextField
from cases.models import Case, CaseClock, ClockChange, PartyRole
from cases.workflow.table import Change, Facts, guard
from inspection import deadlines as d
from inspection.unit_field import UnitForm

PERIODS = (d.REVIEW, d.SUE, d.SUE_AFTER_REVIEW)
_CODES = tuple(rule.code for rule in PERIODS)

REVIEW, REVIEW_UPHELD, REVIEW_EXPIRED = "review", "review_upheld", "review_expired"
SUIT, SUIT_UPHELD, ANNULLED, TAKEN_BACK = "suit", "suit_upheld", "annulled", "taken_back"
PENDING = (REVIEW, SUIT)
STANDS_AFTER_REVIEW = (REVIEW_UPHELD, REVIEW_EXPIRED)
RESULTS = (REVIEW_UPHELD, SUIT_UPHELD)


class RemedyForm(UnitForm):
    """What one unit did against the decision, or how that ended, with its day."""

    remedy = ChosenField(
        label=_("发生了什么"),
        choices=[
            (REVIEW, _("申请行政复议")),
            (REVIEW_UPHELD, _("复议决定维持或变更")),
            (REVIEW_EXPIRED, _("复议期满没有作出决定")),
            (SUIT, _("提起行政诉讼")),
            (SUIT_UPHELD, _("判决驳回诉讼请求或变更")),
            (ANNULLED, _("决定被撤销，或责令重新作出")),
            (TAKEN_BACK, _("撤回复议申请或起诉")),
        ],
    )
    done_on = DayField(
        label=_("日期"),
        past_only=True,
        initial=timezone.localdate,
        help_text=_("复议维持的，填单位收到复议决定的日期；判决的，填生效日期"),
    )
    result = TextField(label=_("文号和内容"), max_length=500)


@guard(_("这一天决定书还没有送达"), law=f"{d.LITIGATION}第四十六条", needs_facts=True)
def after_the_decision_arrived(case: Case, facts: Facts) -> bool | str:
    """Counted for the unit that acts: it may act before the decision has reached the others."""
    party, done_on = facts.get("party"), facts.get("done_on")
    complaint = case.complaint
    reached = [
        row.started_on
        for row in of_this_decision(case)
        if row.rule_code in (d.REVIEW.code, d.SUE.code) and party is not None and row.party_id == party.pk
    ]
    served_on = min(reached, default=complaint.decision_served_on or complaint.fine_served_on)
    if served_on is None:
        return _now("先登记送达")
    return True if done_on is None or done_on >= served_on else _now("不早于%(day)s") % {"day": served_on}


@guard(_("还没有登记申请复议或起诉，不能登记它的结果"), law=f"{d.REVIEW_LAW}第二十条", needs_facts=True)
def follows_what_was_asked(case: Case, facts: Facts) -> bool:
    party = facts.get("party")
    known = case.complaint.remedies
    last = known.get(str(party.pk), [""])[0] if party is not None else ""
    if facts.get("remedy") in (*PENDING, ANNULLED, None) or last in PENDING:
        return True
    return not known and case.complaint.remedy_used  # asked for before it was kept by unit


@guard(
    _("申请复议、起诉的期限已经过了；逾期申请没有被受理的，不用登记"),
    law=f"{d.REVIEW_LAW}第二十条、{d.LITIGATION}第四十六条",
    needs_facts=True,
)
def asked_in_time(case: Case, facts: Facts) -> bool | str:
    rules = {REVIEW: (d.REVIEW,), SUIT: (d.SUE, d.SUE_AFTER_REVIEW)}.get(facts.get("remedy", ""), ())
    codes, party, day = {rule.code for rule in rules}, facts.get("party"), facts.get("done_on")
    ends = [
        row.due_on
        for row in of_this_decision(case)
        if row.rule_code in codes and not row.ended_on and party is not None and row.party_id == party.pk
    ]
    last = max((end for end in ends if end), default=None)
    if last is None or day is None or day <= last:
        return True
    return _now("期限到%(day)s") % {"day": last}


@dataclass(frozen=True)
class RemedyTaken:
    """The periods of that party go on, end or begin anew, and the months for going to court with them."""

    def apply(self, change: Change) -> None:
        case, on, event = change.case, change.facts["done_on"], change.facts["remedy"]
        party = change.facts["party"]
        if event == REVIEW:
            clocks.meet(case, d.REVIEW, on, party=party)
            clocks.drop(case, d.SUE, on, party=party)
        elif event in STANDS_AFTER_REVIEW:
            clocks.start(case, d.SUE_AFTER_REVIEW, on, party=party)
        elif event == SUIT:
            for rule in (d.SUE, d.SUE_AFTER_REVIEW):
                clocks.meet(case, rule, on, party=party)
            clocks.drop(case, d.REVIEW, on, party=party)
        elif event == ANNULLED:
            for rule in PERIODS:
                clocks.drop(case, rule, on)
        elif event == TAKEN_BACK:
            _go_on(case, party)
        open_court_window(case, on)

    def __str__(self) -> str:
        return "■T30/T31 ▶T31c（复议维持）↻T36"


def _go_on(case: Any, party: Any) -> None:
    """The time to sue that ran when the unit acted runs on: after a review its fifteen days, else the months."""
    for rule in (d.SUE_AFTER_REVIEW, d.SUE):
        rows = list(case.clocks.filter(rule_code=rule.code, party=party, started_on__gte=_since(case)))
        for row in {row.cause: row for row in sorted(rows, key=lambda each: each.pk)}.values():
            row.met_on = row.ended_on = None
            row.save(update_fields=["met_on", "ended_on"])
        if rows:
            return


def of_this_decision(case: Case) -> list[CaseClock]:
    """The periods of remedies against the decision that stands; those of an earlier round do not count."""
    since = _since(case)
    return [row for row in case.clocks.all() if row.rule_code in _CODES and row.started_on >= since]


def _since(case: Any) -> date:
    return case.complaint.decided_on or date.min


def last_remedy_day(case: Case) -> date | None:
    """The last day on which some party may still ask for review or sue; None when nobody can any more."""
    units = {party.pk for party in case.parties.all() if party.role == PartyRole.RESPONDENT}
    ends = [
        row.due_on
        for row in of_this_decision(case)
        if row.is_running and row.due_on and row.party_id in {*units, None}
    ]
    return max(ends, default=None)


def open_court_window(case: Any, on: date) -> None:
    """The three months for going to court run from the end of every remedy of a unit; not while one is pending.

    A copy for a worker opens no remedy of a unit. A fine that may be paid later is enforced after that day
    (《行政处罚法》第七十二条). Asks the database anew: the act may have just changed the periods.
    《行政强制法》第五十三条.
    """
    clocks.drop(case, d.APPLY_TO_COURT, on)
    complaint = case.complaint
    served = complaint.decision_served_on or complaint.fine_served_on
    if complaint.remedy_used or complaint.decision_annulled or served is None:
        return
    rows = case.clocks.filter(
        rule_code__in=_CODES, started_on__gte=_since(case), met_on=None, ended_on=None
    ).filter(Q(party=None) | Q(party__role=PartyRole.RESPONDENT))
    ends = [row.due_on for row in rows if row.due_on]
    deferred = case.clocks.filter(
        rule_code=d.PAY_FINE.code, met_on=None, ended_on=None, changes__kind=ClockChange.Kind.EXTEND
    )
    ends += [row.due_on for row in deferred if row.due_on]
    ends += [date.fromisoformat(day) for event, day in complaint.remedies.values() if event == SUIT_UPHELD]
    clocks.start(case, d.APPLY_TO_COURT, max(ends, default=on))


@guard(_("复议和诉讼的期限还没过，也没有维持决定的结果，不能申请强制执行"), law=f"{d.COERCION}第五十三条")
def remedies_over(case: Case, facts: Facts) -> bool | str:
    if case.complaint.decision_annulled:
        return _now("决定已被撤销、变更，重新调查处理")
    if case.complaint.remedy_used:
        return _now("已经申请复议或起诉，等结果")
    last = last_remedy_day(case)
    if last is None:
        return case.complaint.decision_upheld
    return True if timezone.localdate() > last else _now("期限到%(day)s") % {"day": last}
