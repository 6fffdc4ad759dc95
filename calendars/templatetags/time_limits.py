"""What templates say about time limits: periods, days, and the way from start to end day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy, gettext_noop

from calendars.clock import DayLine, Due, Rule, Unit
from calendars.counting import beijing_day
from calendars.models import RuleSetting

register = template.Library()

EVERY_DAY_UP_TO = 130  # longer ways are told in stretches of equal days

PERIODS = {
    Unit.WORKING_DAYS: gettext_noop("%(n)s个工作日"),
    Unit.CALENDAR_DAYS: gettext_noop("%(n)s天（自然日）"),
    Unit.MONTHS: gettext_noop("%(n)s个月"),
    Unit.YEARS: gettext_noop("%(n)s年"),
    Unit.HOURS: gettext_noop("%(n)s小时"),
}


WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


@dataclass(frozen=True)
class Stretch:
    """One row of the explanation: a day, or several that are alike. ``number`` is the last one counted."""

    first: date
    last: date
    counted: bool
    reason: str
    provisional: bool
    number: int


@register.filter
def period_text(rule: Rule) -> str:
    """60个工作日, 当日; what sets the date where there is no length."""
    return str(rule.sets_date_by) if rule.period is None else _length(rule.period.length, rule.period.unit)


@register.filter
def setting_text(setting: RuleSetting) -> str:
    """The length that the office has set: 10个工作日."""
    return _length(setting.length, Unit(setting.unit))


@register.filter
def stored_length(text: str) -> str:
    """A length or what sets the date, kept in Chinese with a clock, in the reader's language."""
    for words in PERIODS.values():
        before, after = words.split("%(n)s")
        number = text.removeprefix(before).removesuffix(after)
        if text == f"{before}{number}{after}" and number.isdecimal():
            return translate(words) % {"n": number}
    return translate(text) if text else ""


def _length(length: int, unit: Unit) -> str:
    return _("当日") if length == 0 else translate(PERIODS[unit]) % {"n": length}


@register.filter
def extension_text(rule: Rule) -> str:
    """How far the period may be extended; empty where the law knows no extension."""
    if rule.extension is None or rule.period is None:
        return ""
    if rule.extension.most is None:
        return _("按批准的数量")
    return translate(PERIODS[rule.period.unit]) % {"n": rule.extension.most}


@register.filter
def moment_text(moment: date | datetime | None) -> str:
    """2026年5月18日 周一, with the time of an instant."""
    if moment is None:
        return ""
    day = beijing_day(moment)
    text = f"{formats.date_format(day, 'DATE_FORMAT')} {WEEKDAYS[day.weekday()]}"
    return f"{text} {moment:%H:%M}" if isinstance(moment, datetime) else text


@register.filter
def weekday_text(day: date) -> str:
    """周一."""
    return str(WEEKDAYS[day.weekday()])


@register.filter
def reason_text(reason: str) -> str:
    """The reason of a day in the reader's language."""
    return _("，").join(translate(part) for part in reason.split("，"))


@register.filter
def explained(due: Due) -> list[Stretch]:
    """The way from the day after the start to the due date: each day, or stretches where it is long."""
    every_day = len(due.days) <= EVERY_DAY_UP_TO
    return list(_stretches(due.days, every_day=every_day))


def _stretches(days: tuple[DayLine, ...], *, every_day: bool) -> Iterator[Stretch]:
    number = 0

    def key(line: DayLine) -> Any:
        return line.date if every_day else (line.counted, line.reason, line.provisional, line.date.year)

    for _key, group in groupby(days, key):
        lines = list(group)
        number += sum(line.counted for line in lines)
        first = lines[0]
        yield Stretch(first.date, lines[-1].date, first.counted, first.reason, first.provisional, number)
