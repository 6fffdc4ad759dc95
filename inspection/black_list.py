"""The list of units that owe wages in bad faith 失信联合惩戒名单, unit by unit, as far as one case carries it.

《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》第五条至第十七条.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from calendars.rules import Rule
from calendars.services import reckoned
from cases import clocks
from cases.forms import ChosenField, DayField, SpokenCharField, TestField, TextField
from cases.models import Case, CaseClock
from cases.services.payments import owes_wages
from cases.workflow.table import Change, Facts, guard
from inspection import deadlines as d
from inspection.unit_field import UnitForm


class ExtendListingForm(UnitForm):
    reason = TextField(label=_("延长的理由"), max_length=200)


class TellForm(UnitForm):
    done_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("方式和经手人"), max_length=120)


class ListingForm(UnitForm):
    listed = TestField(label=_("列入名单"))
    reason = TextField(label=_("理由"), max_length=500)


class EarlyRemovalForm(UnitForm):
    """《暂行办法》第十二条、第十三条: corrected, six months since, a written promise, no relapse, no criminal case."""

    done_on = DayField(label=_("收到申请的日期"), past_only=True, initial=timezone.localdate)
    corrected_on = DayField(label=_("改正（付清）的日期"), past_only=True)
    promised = TestField(label=_("交来了书面承诺"))
    barred = TestField(label=_("又有欠薪，或者被追究刑事责任"))


class RemovalForm(UnitForm):
    ground = ChosenField(
        label=_("移出的情形"),
        choices=[
            ("expired", _("列入满三年")),
            ("early", _("改正后提前移出")),
            ("annulled", _("列入决定被撤销")),
            ("refused", _("不同意提前移出")),
        ],
    )
    done_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    reason = TextField(label=_("理由"), max_length=500)


# Conditions


def _runs(case: Case, rule: Rule, party: Any = None) -> list[CaseClock]:
    """The running clocks of the rule, of that unit where one is named; those of the whole case count for each."""
    rows = clocks.running_rows(case, rule)
    return [row for row in rows if party is None or row.party_id in (party.pk, None)]


def _begun(case: Case, party: Any = None) -> list[CaseClock]:
    """The periods for deciding whose day has passed unpaid."""
    today = timezone.localdate()
    return [row for row in _runs(case, d.BLACK_LIST_DECISION, party) if row.started_on < today]


@guard(_("没有可以列入名单的情形：责令期满未支付，并且数额较大"), law=f"{d.BLACK_LIST}第五条、第八条")
def listing_is_open(case: Case, facts: Facts) -> bool:
    return bool(_begun(case, facts.get("party")))


@guard(_("决定的期限已经届满，届满以后不能再延长"), law=f"{d.BLACK_LIST}第八条", needs_facts=True)
def listing_not_overdue(case: Case, facts: Facts) -> bool:
    today = timezone.localdate()
    return any(row.due_on and row.due_on >= today for row in _begun(case, facts.get("party")))


def _told(case: Case, party: Any) -> CaseClock | None:
    """The notice to the unit in the period that is open now."""
    began = min((row.started_on for row in _begun(case, party)), default=None)
    told = [
        row
        for row in case.clocks.all()
        if row.rule_code == d.BLACK_LIST_OBJECTION.code and party is not None and row.party_id == party.pk
    ]
    newest = max(told, key=lambda row: row.pk, default=None)
    return newest if newest is not None and began is not None and newest.started_on >= began else None


@guard(_("已经告知过这个单位拟列入名单"), law=f"{d.BLACK_LIST}第六条", needs_facts=True)
def not_told_yet(case: Case, facts: Facts) -> bool:
    return _told(case, facts.get("party")) is None


@guard(_("没有告知过拟列入名单，或者提出异议的期限已过"), law=f"{d.BLACK_LIST}第六条", needs_facts=True)
def may_object(case: Case, facts: Facts) -> bool | str:
    running, day = _runs(case, d.BLACK_LIST_OBJECTION, facts.get("party")), facts.get("done_on")
    ends = [row.due_on for row in running if row.due_on]
    if not ends or day is None or day <= max(ends):
        return bool(running)
    return _now("期限到%(day)s") % {"day": max(ends)}


@guard(_("提出异议的期限还没过，也没有收到异议"), law=f"{d.BLACK_LIST}第六条、第八条", needs_facts=True)
def objections_heard(case: Case, facts: Facts) -> bool | str:
    """Only a unit that was told and had its days, or was answered, may be listed."""
    if not facts.get("listed"):
        return True
    told = _told(case, facts.get("party"))
    if told is None:
        return _now("先“告知拟列入失信名单”")
    if told.met_on or told.due_on is None or timezone.localdate() > told.due_on:
        return True
    return _now("期限到%(day)s") % {"day": told.due_on}


@guard(_("没有单位在名单上"), law=f"{d.BLACK_LIST}第十一条")
def somebody_is_listed(case: Case, facts: Facts) -> bool:
    return bool(_runs(case, d.BLACK_LISTED))


@guard(_("这个单位没有在名单上"), law=f"{d.BLACK_LIST}第十一条", needs_facts=True)
def is_listed(case: Case, facts: Facts) -> bool:
    return bool(_runs(case, d.BLACK_LISTED, facts.get("party")))


@guard(_("付清所欠的工资以后才能申请提前移出"), law=f"{d.BLACK_LIST}第十二条")
def corrected(case: Case, facts: Facts) -> bool:
    """As far as the case knows; of one that is over the day in the form counts."""
    return not case.is_open or not owes_wages(case)


@guard(
    _("要有书面承诺，又有欠薪或者被追究刑事责任的不能提前移出"),
    law=f"{d.BLACK_LIST}第十二条至第十四条",
    needs_facts=True,
)
def promised_and_not_barred(case: Case, facts: Facts) -> bool:
    return bool(facts.get("promised")) and not facts.get("barred")


@guard(_("列入并改正满六个月才能申请提前移出"), law=f"{d.BLACK_LIST}第十二条", needs_facts=True)
def listed_long_enough(case: Case, facts: Facts) -> bool | str:
    """Six months run from the later of the listing and the correction."""
    day, since = facts.get("done_on"), facts.get("corrected_on")
    rows = _runs(case, d.BLACK_LISTED, facts.get("party"))
    if not rows or day is None or since is None:
        return True
    wait = reckoned(d.EARLY_REMOVAL_WAIT, max(since, rows[-1].started_on))
    return day > wait.raw_end or _now("%(day)s以后") % {"day": wait.raw_end}


@guard(_("列入还没有满三年"), law=f"{d.BLACK_LIST}第十一条", needs_facts=True)
def listed_to_the_end(case: Case, facts: Facts) -> bool | str:
    rows, day = _runs(case, d.BLACK_LISTED, facts.get("party")), facts.get("done_on")
    end = rows[-1].raw_end if rows else None
    if facts.get("ground") != "expired" or day is None or end is None:
        return True
    return day >= end or _now("期限到%(day)s") % {"day": end}


@guard(_("没有收到提前移出的申请"), law=f"{d.BLACK_LIST}第十二条、第十三条", needs_facts=True)
def early_removal_asked(case: Case, facts: Facts) -> bool:
    asked = _runs(case, d.EARLY_REMOVAL, facts.get("party"))
    return facts.get("ground") not in ("early", "refused") or bool(asked)


@guard(_("没有等待撤下的名单信息"), law=f"{d.BLACK_LIST}第十七条")
def still_published(case: Case, facts: Facts) -> bool:
    return bool(_runs(case, d.TAKE_OFF_LIST, facts.get("party")))


# Consequences


def _begun_for(change: Change) -> list[CaseClock]:
    """The periods that had begun for the unit of the facts, as the database has them."""
    rows = change.case.clocks.filter(
        rule_code=d.BLACK_LIST_DECISION.code, met_on=None, ended_on=None, started_on__lt=change.on
    )
    return [row for row in rows if row.party_id in (change.facts["party"].pk, None)]


@dataclass(frozen=True)
class ExtendListing:
    """Another twenty working days for deciding about the unit, where the period is not over. 第八条."""

    def apply(self, change: Change) -> None:
        for row in _begun_for(change):
            if change.on <= (row.due_on or change.on):
                clocks.extend(
                    change.case,
                    d.BLACK_LIST_DECISION,
                    20,
                    reason=change.facts["reason"],
                    approved_by=change.by,
                    on=change.on,
                    party=row.party,
                    cause=row.cause,
                )

    def __str__(self) -> str:
        return f"＋{d.BLACK_LIST_DECISION.code}"


@dataclass(frozen=True)
class Listed:
    """The periods that had begun for the unit are met; three years on the list begin where it is listed."""

    def apply(self, change: Change) -> None:
        case, on, party = change.case, change.on, change.facts["party"]
        for row in _begun_for(change):
            clocks.meet(case, d.BLACK_LIST_DECISION, on, party=row.party, cause=row.cause)
        clocks.meet(case, d.BLACK_LIST_CHECK, on, party=party)
        clocks.drop(case, d.BLACK_LIST_OBJECTION, on, party=party)
        if change.facts["listed"]:
            clocks.start(case, d.BLACK_LISTED, on, party=party)

    def __str__(self) -> str:
        return "■T44 ■T45b ▶T46（列入）"


@dataclass(frozen=True)
class Removed:
    """The unit is off the list and its entry is to be taken down; a refused request only ends its own period."""

    def apply(self, change: Change) -> None:
        case, on, party = change.case, change.facts["done_on"], change.facts["party"]
        clocks.meet(case, d.EARLY_REMOVAL, on, party=party)
        if change.facts["ground"] != "refused":
            clocks.drop(case, d.BLACK_LISTED, on, party=party)
            clocks.start(case, d.TAKE_OFF_LIST, on, party=party)

    def __str__(self) -> str:
        return "■T47 ✕T46 ▶T48（移出）"
