"""The calendar in force, its edits, and the rules as the office has set them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from calendars import catalogue, memo
from calendars.clock import Clock, Due, due
from calendars.models import CalendarDay, CalendarVersion, RuleSetting
from calendars.official_years import NOTICES, built_in_calendar, entries
from calendars.rules import Direction, Extension, Period, Rule, Unit
from calendars.working_days import DayEntry, DayKind, WorkingCalendar


class CalendarConflict(Exception):
    """Somebody else edited the calendar in between; nothing was changed."""


class SettingRefused(ValueError):
    """The rule may not be set that way; the text is a sentence for the person who tried."""


@dataclass(frozen=True)
class ChangedDay:
    """A day that two calendars see differently; None where one knows nothing about it but the plain week."""

    date: date
    before: DayEntry | None
    after: DayEntry | None


Listener = Callable[[WorkingCalendar, WorkingCalendar, Any, str], None]
RuleListener = Callable[[Rule, Rule, RuleSetting], None]
_listeners: list[Listener] = []
_rule_listeners: list[RuleListener] = []


@dataclass(frozen=True)
class DateKeeper:
    """A package that keeps computed dates.

    ``would_move`` counts the running clocks whose date differs under the rule and changes nothing; ``move`` brings
    them to what the settings in force give, and returns how many moved. SettingRefused when they cannot be computed.
    """

    would_move: Callable[[Rule], int]
    move: Callable[[str, Any, str], int]  # code of the rule, who, why


_keepers: list[DateKeeper] = []


def after_change(listener: Listener) -> Listener:
    """Call the function inside the transaction of each edit, with old and new calendar, who, and why.

    For apps that keep computed dates: they recompute them there.
    """
    _listeners.append(listener)
    return listener


def after_setting(listener: RuleListener) -> RuleListener:
    """Call the function inside the transaction of each new setting, with the rule as it was and as it will be."""
    _rule_listeners.append(listener)
    return listener


def keep_dates(keeper: DateKeeper) -> None:
    """Dates of the package follow the settings of rules."""
    _keepers.append(keeper)


# The calendar


def current_calendar() -> WorkingCalendar:
    """The newest version: one query, none when the request asked before. Built-in before any exists."""
    return memo.remember("calendar", _newest)


def read_ahead() -> None:
    """What clocks are reckoned by is known to this request from now on: the calendar and the office's settings."""
    current_calendar()
    settings_today()


def calendar_version(number: int) -> WorkingCalendar:
    """The calendar as it was in the version. CalendarVersion.DoesNotExist; 0 is the built-in one."""
    if number == 0:
        return _built_in()
    return _calendar(number, CalendarVersion.objects.values_list("digest", flat=True).get(number=number))


def changed_days(before: WorkingCalendar, after: WorkingCalendar) -> list[ChangedDay]:
    """Every day on which the two calendars differ, provisional holidays included, in order."""
    days = set(before.days) | set(after.days)
    for calendar in (before, after):
        days |= set(calendar.expected_days_off)
    seen = [ChangedDay(day, before.entry(day), after.entry(day)) for day in sorted(days)]
    return [change for change in seen if change.before != change.after]


def changes_of(version: CalendarVersion, before: CalendarVersion | None) -> list[ChangedDay]:
    """The days that the version changed against the one before it; all its days when it is the first."""
    if before is None:
        days = _calendar(version.number, version.digest).days
        return [ChangedDay(day, None, entry) for day, entry in sorted(days.items(), key=lambda item: item[0])]
    return changed_days(_calendar(before.number, before.digest), _calendar(version.number, version.digest))


@transaction.atomic
def load_official_calendars() -> CalendarVersion | None:
    """Every year delivered with the system is in the calendar; None when nothing had to be added.

    Years that are official already are left as the office has them. Safe to repeat.
    """
    newest = _lock_newest()
    base = _calendar(newest.number, newest.digest) if newest else None
    known = base.official_years if base else frozenset()
    missing = [year for year in NOTICES if year not in known]
    if not missing:
        return None
    days = dict(base.days) if base else {}
    for year in missing:
        days = _with_year(days, year, entries(NOTICES[year].breaks))
    reason = "；".join(NOTICES[year].source for year in missing)
    return _add_version(newest, known | set(missing), days, by=None, reason=reason[:200])


@transaction.atomic
def replace_days(
    *,
    year: int,
    days: Mapping[date, DayEntry],
    official: bool,
    by: Any,
    reason: str,
    expected_version: int,
) -> CalendarVersion:
    """A new version in which the year consists of these days; the other years are unchanged.

    ``official`` says that they follow the published notice; otherwise dates in that year stay provisional.
    CalendarConflict when the newest version is not the expected one. Who keeps computed dates is told.
    """
    newest = _lock_newest()
    if (newest.number if newest else 0) != expected_version:
        raise CalendarConflict
    base = _calendar(newest.number, newest.digest) if newest else _built_in()
    years = base.official_years | {year} if official else base.official_years - {year}
    try:
        with transaction.atomic():
            version = _add_version(newest, years, _with_year(base.days, year, days), by=by, reason=reason)
    except IntegrityError as error:
        raise CalendarConflict from error
    after = _calendar(version.number, version.digest)
    for listener in _listeners:
        listener(base, after, by, reason)
    return version


def _newest() -> WorkingCalendar:
    newest = CalendarVersion.objects.order_by("-number").values_list("number", "digest").first()
    return _calendar(*newest) if newest else _built_in()


@lru_cache(maxsize=32)
def _calendar(number: int, digest: str) -> WorkingCalendar:
    """The calendar of a version. The digest is part of the key: a number may come back after a rollback."""
    version = CalendarVersion.objects.get(number=number, digest=digest)
    days = {day.date: DayEntry(DayKind(day.kind), day.name) for day in version.days.all()}
    return WorkingCalendar(number, frozenset(version.official_years), days)


@lru_cache(maxsize=1)
def _built_in() -> WorkingCalendar:
    return built_in_calendar()


def _lock_newest() -> CalendarVersion | None:
    return CalendarVersion.objects.select_for_update(of=("self",)).order_by("-number").first()


def _with_year(
    days: Mapping[date, DayEntry], year: int, new: Mapping[date, DayEntry]
) -> dict[date, DayEntry]:
    if outside := [day for day in new if day.year != year]:
        raise ValueError(f"{outside[0]} is not a day of {year}")
    return {day: entry for day, entry in days.items() if day.year != year} | dict(new)


def _add_version(
    newest: CalendarVersion | None,
    years: frozenset[int] | set[int],
    days: Mapping[date, DayEntry],
    *,
    by: Any,
    reason: str,
) -> CalendarVersion:
    version = CalendarVersion.objects.create(
        number=newest.number + 1 if newest else 1,
        official_years=sorted(years),
        digest=_digest(years, days),
        made_at=timezone.now(),
        made_by=by,
        reason=reason,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, date=day, kind=entry.kind.value, name=entry.name)
        for day, entry in sorted(days.items(), key=lambda item: item[0])
    )
    memo.forget()
    return version


def _digest(years: frozenset[int] | set[int], days: Mapping[date, DayEntry]) -> str:
    rows = sorted((day.isoformat(), entry.kind.value, entry.name) for day, entry in days.items())
    return hashlib.sha256(json.dumps([sorted(years), rows], ensure_ascii=False).encode()).hexdigest()


# The rules as the office has set them


def effective_rule(code: str, on: date | None = None) -> Rule:
    """The rule of the catalogue, with the office's setting that holds on the day (today). UnknownRule."""
    rule = catalogue.rule(code)
    setting = _settings_on(on or timezone.localdate()).get(rule.code)
    return with_setting(rule, setting) if setting else rule


def reckoned(rule: Rule, start: date) -> Due:
    """When the rule would end that starts on the day, with the office's setting and calendar of today."""
    return due(Clock(rule=effective_rule(rule.code), start=start), current_calendar())


def with_setting(rule: Rule, setting: RuleSetting) -> Rule:
    """The rule as the setting makes it; its version is the number of the setting."""
    return replace(
        rule,
        period=Period(setting.length, Unit(setting.unit)),
        extension=rule.extension if setting.extension is None else Extension(setting.extension),
        pausable=rule.pausable if setting.pausable is None else setting.pausable,
        strict=rule.strict if setting.strict is None else setting.strict,
        version=setting.pk,
    )


@transaction.atomic
def set_rule(
    *,
    code: str,
    period: Period,
    valid_from: date,
    by: Any,
    reason: str,
    extension: int | None = None,
    pausable: bool | None = None,
    strict: bool | None = None,
) -> RuleSetting:
    """From the day on the rule has that length, for clocks that run already too. Their number is in ``moved``.

    What holds later is moved on its day (`begin_settings`). SettingRefused where the law fixes what is to be changed.
    """
    rule = catalogue.rule(code)
    _check_setting(rule, period, extension)
    before = effective_rule(rule.code, valid_from)
    setting = RuleSetting.objects.create(
        code=rule.code,
        length=period.length,
        unit=period.unit.value,
        extension=extension,
        pausable=pausable,
        strict=strict,
        valid_from=valid_from,
        changed_by=by,
        changed_at=timezone.now(),
        reason=reason,
    )
    memo.forget()
    if valid_from <= timezone.localdate():
        try:
            setting.moved = _move(setting)
        except SettingRefused:
            memo.forget()
            raise
    for listener in _rule_listeners:
        listener(before, with_setting(rule, setting), setting)
    return setting


def would_move(rule: Rule) -> int:
    """How many running clocks would get another date if the rule were like this. Changes nothing."""
    return sum(keeper.would_move(rule) for keeper in _keepers)


@transaction.atomic
def begin_settings() -> int:
    """Running clocks hold what the settings in force give, also those that began today. Returns how many moved.

    For the task of the day; harmless to repeat, and a day that was missed is made up for.
    """
    return sum(_move(setting) for setting in _settings_on(timezone.localdate()).values())


def _move(setting: RuleSetting) -> int:
    moved = sum(keeper.move(setting.code, setting.changed_by, setting.reason) for keeper in _keepers)
    if moved:
        RuleSetting.objects.filter(pk=setting.pk).update(moved=F("moved") + moved)
    return moved


def setting_on(code: str, day: date) -> RuleSetting | None:
    """The setting of the rule that holds on the day."""
    return _settings_on(day).get(code)


def newest_setting(code: str) -> int:
    """The number of the newest setting of the rule, 0 without any: what a form has seen."""
    return RuleSetting.objects.filter(code=code).order_by("-pk").values_list("pk", flat=True).first() or 0


def versions(code: str) -> list[tuple[RuleSetting, Rule]]:
    """Every setting of the rule, the newest first, each with the rule that it replaced on its day."""
    rows = list(RuleSetting.objects.filter(code=code).select_related("changed_by").order_by("pk"))
    found = []
    for place, row in enumerate(rows):
        earlier = [each for each in rows[:place] if each.valid_from <= row.valid_from]
        last = max(earlier, key=lambda each: (each.valid_from, each.pk), default=None)
        rule = catalogue.rule(code)
        found.append((row, with_setting(rule, last) if last else rule))
    return found[::-1]


def may_set(rule: Rule) -> bool:
    """Whether the office may set the rule at all: it has a length, and the law leaves length or unit open."""
    return rule.period is not None and rule.unit_configurable


def _check_setting(rule: Rule, period: Period, extension: int | None) -> None:
    if rule.period is None:
        raise SettingRefused(_("%(code)s没有长度，不能设置") % {"code": rule.code})
    if period.length != rule.period.length and not rule.configurable:
        raise SettingRefused(
            _("%(code)s的长度由%(law)s规定，不能设置") % {"code": rule.code, "law": rule.law}
        )
    if period.unit is not rule.period.unit and not rule.unit_configurable:
        raise SettingRefused(
            _("%(code)s的单位由%(law)s规定，不能设置") % {"code": rule.code, "law": rule.law}
        )
    if rule.direction is Direction.BACKWARD and (period.unit is not Unit.WORKING_DAYS or period.length == 0):
        raise SettingRefused(_("%(code)s往前推算，只能按工作日计算") % {"code": rule.code})
    if extension is not None and not rule.configurable:
        raise SettingRefused(
            _("%(code)s的延长由%(law)s规定，不能设置") % {"code": rule.code, "law": rule.law}
        )


Settings = Mapping[str, RuleSetting]


def settings_today() -> Settings:
    """The settings that hold today, by code."""
    return _settings_on(timezone.localdate())


def _settings_on(day: date) -> Settings:
    """The newest setting of each rule that holds on the day."""
    return {row.code: row for row in memo.remember("settings", _read_settings) if row.valid_from <= day}


def _read_settings() -> list[RuleSetting]:
    return list(RuleSetting.objects.order_by("valid_from", "pk"))
