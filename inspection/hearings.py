"""The hearing before a decision: asked for in time, announced in time, chaired by somebody else.

《行政处罚法》第六十三条、第六十四条.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from calendars.services import reckoned
from cases import clocks, policies
from cases.forms import ChosenField, DayField, FactsForm, SpokenCharField, TextField
from cases.models import Case
from cases.workflow.table import Change, Facts, guard
from inspection import deadlines as d
from inspection.unit_field import UnitForm


class HearingRequestForm(UnitForm):
    done_on = DayField(label=_("收到申请的日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("方式和经手人"), max_length=120)


class HearingDayForm(FactsForm):
    hearing_on = DayField(label=_("听证日期"))
    place = SpokenCharField(label=_("听证地点"), max_length=120)

    def prepare(self) -> None:
        self.fields["place"].initial = self.case.agency.address

    def clean_hearing_on(self) -> date:
        day: date = self.cleaned_data["hearing_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("听证日期要晚于今天"))
        return day


class HearingForm(FactsForm):
    held_on = DayField(label=_("听证日期"), past_only=True)
    notified_on = DayField(label=_("听证通知送达日期"), past_only=True)
    chair = SpokenCharField(label=_("主持人（不是本案办案人员）"), max_length=50)
    report = TextField(label=_("听证报告"), max_length=2000)

    def prepare(self) -> None:
        self.fields["held_on"].initial = self.case.complaint.hearing_on


def notice_due(hearing_on: date) -> date:
    """The last day on which the notice of a hearing on that day may reach the parties."""
    return reckoned(d.HEARING_NOTICE, hearing_on).due_on


@guard(_("告知书没有给当事人听证的权利"), law=f"{d.PENALTY}第六十三条")
def may_be_heard(case: Case, facts: Facts) -> bool:
    return case.complaint.hearing_right


class HearingDroppedForm(UnitForm):
    ground = ChosenField(
        label=_("不再举行的情形"),
        choices=[("taken_back", _("当事人撤回申请")), ("absent", _("当事人无正当理由不出席，视为放弃"))],
    )
    done_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("经过"), max_length=200)


@guard(_("这个单位没有申请听证"), law=f"{d.PENALTY}第六十四条", needs_facts=True)
def asked_for_a_hearing(case: Case, facts: Facts) -> bool:
    party = facts.get("party")
    return party is None or party.pk in case.complaint.hearing_by


@dataclass(frozen=True)
class HearingDropped:
    """Nothing has to be announced any more once nobody wants to be heard."""

    def apply(self, change: Change) -> None:
        if not change.case.complaint.hearing_by:
            clocks.drop(change.case, d.HEARING_NOTICE, change.on)

    def __str__(self) -> str:
        return f"✕{d.HEARING_NOTICE.code}（没有人再申请的）"


@guard(_("听证申请超过了期限，不用登记"), law=f"{d.PENALTY}第六十四条", needs_facts=True)
def hearing_asked_in_time(case: Case, facts: Facts) -> bool | str:
    party, day = facts.get("party"), facts.get("done_on")
    ends = [
        row.due_on
        for row in clocks.running_rows(case, d.REQUEST_HEARING)
        if row.due_on and party is not None and row.party_id == party.pk
    ]
    if not ends:
        return _now("告知书还没有送达这个单位")
    return True if day is None or day <= max(ends) else _now("期限到%(day)s") % {"day": max(ends)}


@guard(_("没有人申请听证，先“登记听证申请”"), law=f"{d.PENALTY}第六十四条")
def hearing_asked_for(case: Case, facts: Facts) -> bool:
    return case.complaint.hearing_requested_on is not None


@guard(_("还没有定听证日期，先“定听证日期”"), law=f"{d.PENALTY}第六十四条")
def hearing_day_set(case: Case, facts: Facts) -> bool:
    return case.complaint.hearing_on is not None


@guard(
    _("听证七个工作日前要通知当事人，离听证日太近了"),
    law=f"{d.PENALTY}第六十四条、第八十五条",
    needs_facts=True,
)
def time_to_announce(case: Case, facts: Facts) -> bool | str:
    day = facts.get("hearing_on")
    if day is None:
        return True
    last = notice_due(day)
    return timezone.localdate() <= last or _now("要在%(day)s以前通知") % {"day": last}


@guard(
    _("听证七个工作日前要通知当事人，另定日期重新通知"),
    law=f"{d.PENALTY}第六十四条、第八十五条",
    needs_facts=True,
)
def announced_in_time(case: Case, facts: Facts) -> bool | str:
    held_on, told_on = facts.get("held_on"), facts.get("notified_on")
    if held_on is None or told_on is None:
        return True
    last = notice_due(held_on)
    return told_on <= last or _now("最晚%(day)s通知") % {"day": last}


@guard(_("听证主持人不能是本案的办案人员，换一个人主持"), law=f"{d.PENALTY}第六十四条", needs_facts=True)
def chair_is_impartial(case: Case, facts: Facts) -> bool:
    chair = (facts.get("chair") or "").strip()
    return chair not in {str(row.user) for row in policies.current_assignments(case)}


def hearing_wanted(case: Any) -> bool:
    """Whether somebody asked for a hearing that has not been held."""
    complaint = case.complaint
    return complaint.hearing_requested_on is not None and complaint.hearing_held_on is None


def hearing_without_day(case: Any) -> bool:
    return hearing_wanted(case) and case.complaint.hearing_on is None
