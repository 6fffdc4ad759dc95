"""The list of units that owe wages in bad faith 失信联合惩戒名单, as far as one case carries it.

《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》第五条至第十七条.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from calendars.clock import Clock, due
from calendars.services import current_calendar, effective_rule
from cases import clocks
from cases.forms import ChosenField, DayField, FactsForm, TestField, TextField
from cases.models import Case, CaseClock
from cases.workflow.table import Change, Facts, guard
from inspection import deadlines as d


class ListingForm(FactsForm):
    listed = TestField(label=_("列入名单"))
    reason = TextField(label=_("理由"), max_length=500)


class RemovalForm(FactsForm):
    ground = ChosenField(
        label=_("移出的情形"),
        choices=[
            ("expired", _("列入满三年")),
            ("early", _("改正后提前移出")),
            ("annulled", _("列入决定被撤销")),
            ("refused", _("不同意提前移出")),
        ],
    )
    done_on = DayField(label=_("日期"), past_only=True)
    reason = TextField(label=_("理由"), max_length=500)

    def prepare(self) -> None:
        self.fields["done_on"].initial = timezone.localdate()


def _newest(case: Case, code: str) -> CaseClock | None:
    rows = [row for row in case.clocks.all() if row.rule_code == code]
    return max(rows, key=lambda row: row.pk, default=None)


def _runs(case: Case, code: str) -> bool:
    return any(row.rule_code == code and row.is_running for row in case.clocks.all())


@guard(
    _("没有可以列入名单的情形：责令期满未支付，并且数额较大"),
    law=f"{d.BLACK_LIST}第五条、第八条",
)
def listing_is_open(case: Case, facts: Facts) -> bool:
    """The period runs and the day that set it going has passed unpaid."""
    rows = [
        row for row in case.clocks.all() if row.rule_code == d.BLACK_LIST_DECISION.code and row.is_running
    ]
    return any(row.started_on < timezone.localdate() for row in rows)


@guard(_("决定的期限已经届满，届满以后不能再延长"), law=f"{d.BLACK_LIST}第八条")
def listing_not_overdue(case: Case, facts: Facts) -> bool:
    today = timezone.localdate()
    return any(
        row.rule_code == d.BLACK_LIST_DECISION.code and row.is_running and row.due_on and row.due_on >= today
        for row in case.clocks.all()
    )


@guard(_("已经告知过拟列入名单"), law=f"{d.BLACK_LIST}第六条")
def not_told_yet(case: Case, facts: Facts) -> bool:
    return not _told(case)


def _told(case: Case) -> bool:
    """Whether the unit was told in the period that is open now."""
    told, period = _newest(case, d.BLACK_LIST_OBJECTION.code), _newest(case, d.BLACK_LIST_DECISION.code)
    return told is not None and period is not None and told.started_on >= period.started_on


@guard(_("没有告知过拟列入名单，或者提出异议的期限已过"), law=f"{d.BLACK_LIST}第六条")
def may_object(case: Case, facts: Facts) -> bool:
    return _runs(case, d.BLACK_LIST_OBJECTION.code)


@guard(_("提出异议的期限还没过，也没有收到异议"), law=f"{d.BLACK_LIST}第六条、第八条", needs_facts=True)
def objections_heard(case: Case, facts: Facts) -> bool | str:
    """Only a unit that was told and had its days, or was answered, may be listed."""
    if not facts.get("listed"):
        return True
    told = _newest(case, d.BLACK_LIST_OBJECTION.code)
    if told is None or not _told(case):
        return _now("先“告知拟列入失信名单”")
    if told.met_on or told.due_on is None or timezone.localdate() > told.due_on:
        return True
    return _now("期限到%(day)s") % {"day": told.due_on}


@guard(_("单位没有在名单上"), law=f"{d.BLACK_LIST}第十一条")
def is_listed(case: Case, facts: Facts) -> bool:
    return _runs(case, d.BLACK_LISTED.code)


@guard(_("列入满六个月、改正以后才能申请提前移出"), law=f"{d.BLACK_LIST}第十二条", needs_facts=True)
def listed_long_enough(case: Case, facts: Facts) -> bool | str:
    row, day = _newest(case, d.BLACK_LISTED.code), facts.get("done_on")
    if row is None or day is None:
        return True
    rule = effective_rule(d.EARLY_REMOVAL_WAIT.code)
    wait = due(Clock(rule=rule, start=row.started_on), current_calendar())
    return day > wait.raw_end or _now("%(day)s以后") % {"day": wait.raw_end}


@guard(_("列入还没有满三年"), law=f"{d.BLACK_LIST}第十一条", needs_facts=True)
def listed_to_the_end(case: Case, facts: Facts) -> bool | str:
    row, day = _newest(case, d.BLACK_LISTED.code), facts.get("done_on")
    if facts.get("ground") != "expired" or row is None or day is None or row.raw_end is None:
        return True
    return day >= row.raw_end or _now("期限到%(day)s") % {"day": row.raw_end}


@guard(_("没有收到提前移出的申请"), law=f"{d.BLACK_LIST}第十二条、第十三条", needs_facts=True)
def early_removal_asked(case: Case, facts: Facts) -> bool:
    return facts.get("ground") not in ("early", "refused") or _runs(case, d.EARLY_REMOVAL.code)


@guard(_("没有等待撤下的名单信息"), law=f"{d.BLACK_LIST}第十七条")
def still_published(case: Case, facts: Facts) -> bool:
    return _runs(case, d.TAKE_OFF_LIST.code)


@dataclass(frozen=True)
class ExtendListing:
    """Another twenty working days for deciding, for every unit whose period runs and is not over. 第八条."""

    def apply(self, change: Change) -> None:
        rule = d.BLACK_LIST_DECISION
        rows = change.case.clocks.filter(rule_code=rule.code, due_on__gte=change.on)
        running = [row for row in rows if row.is_running]
        for party in {row.party_id: row.party for row in running}.values():
            clocks.extend(
                change.case,
                rule,
                20,
                reason=change.facts["reason"],
                approved_by=change.by,
                on=change.on,
                party=party,
            )

    def __str__(self) -> str:
        return f"＋{d.BLACK_LIST_DECISION.code}"


@dataclass(frozen=True)
class Listed:
    """The period for deciding is met; three years on the list begin where the unit is listed."""

    def apply(self, change: Change) -> None:
        clocks.meet_all(change.case, (d.BLACK_LIST_DECISION, d.BLACK_LIST_CHECK), change.on)
        clocks.drop(change.case, d.BLACK_LIST_OBJECTION, change.on)
        if change.facts["listed"]:
            clocks.start(change.case, d.BLACK_LISTED, change.on)

    def __str__(self) -> str:
        return "■T44 ■T45b ▶T46（列入）"


@dataclass(frozen=True)
class Removed:
    """The unit is off the list and its entry is to be taken down; a refused request only ends its own period."""

    def apply(self, change: Change) -> None:
        on = change.facts["done_on"]
        clocks.meet(change.case, d.EARLY_REMOVAL, on)
        if change.facts["ground"] != "refused":
            clocks.drop(change.case, d.BLACK_LISTED, on)
            clocks.start(change.case, d.TAKE_OFF_LIST, on)

    def __str__(self) -> str:
        return "■T47 ✕T46 ▶T48（移出）"
