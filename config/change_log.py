"""Edits of the calendar and of time limits stand in the record of changed settings, which their package cannot know."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from agencies import changes
from agencies.changes import Area
from agencies.models import User
from calendars.models import RuleSetting
from calendars.rules import Rule, period_words
from calendars.services import ChangedDay, changed_days
from calendars.working_days import DayEntry, DayKind, WorkingCalendar

MOST_DAYS = 60  # of one edit; the pages of the calendar show every day of every version


def calendar_changed(old: WorkingCalendar, new: WorkingCalendar, by: User | None, reason: str) -> None:
    """The edit is on record with the days that changed, old and new, and with the years that became official."""
    days = changed_days(old, new)[:MOST_DAYS]
    changes.record(
        by=by,
        area=Area.CALENDAR,
        key="calendar",
        subject=f"工作日历第{new.version}版",
        act=gettext_noop("修改工作日历"),
        before={_("已公布的年份"): _years(old)} | {_day(each): _entry(each.before) for each in days},
        after={_("已公布的年份"): _years(new)} | {_day(each): _entry(each.after) for each in days},
        reason=reason,
    )


def rule_set(before: Rule, after: Rule, setting: RuleSetting) -> None:
    """The new length of a time limit is on record beside the one it replaces."""
    changes.record(
        by=setting.changed_by,
        area=Area.RULE,
        key=after.code,
        subject=format_lazy("{} {}", after.code, after.label),
        act=gettext_noop("修改时限规则"),
        before=_rule(before) | {_("生效日期"): ""},
        after=_rule(after) | {_("生效日期"): setting.valid_from, _("重算的期限"): setting.moved},
        reason=setting.reason,
    )


def _rule(rule: Rule) -> dict[Any, Any]:
    return {
        _("长度"): period_words(rule.period) if rule.period else "",
        _("最多延长"): rule.extension.most if rule.extension else None,
        _("中止时停止计算"): rule.pausable,
        _("往前推算时按净日"): rule.strict,
    }


def _years(calendar: WorkingCalendar) -> str:
    return "、".join(str(year) for year in sorted(calendar.official_years))


def _day(change: ChangedDay) -> str:
    return change.date.isoformat()


def _entry(entry: DayEntry | None) -> str:
    if entry is None:
        return "照常"
    return f"{entry.name}（上班）" if entry.kind is DayKind.WORKDAY else entry.name
