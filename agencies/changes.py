"""The record of changed settings: every change of a setting is written here, in the transaction that makes it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation

from agencies.models import Agency, SettingChange, User
from agencies.origin import request_id
from agencies.rights import Right

Area = SettingChange.Area
LONGEST_SUBJECT = SettingChange._meta.get_field("subject").max_length


class Outdated(Exception):
    """Somebody changed the same setting after the page was opened; nothing was changed."""


def record(
    *,
    by: User | None,
    area: str,
    key: str,
    subject: Any,
    act: Any,
    before: Mapping[Any, Any] | None = None,
    after: Mapping[Any, Any] | None = None,
    reason: str = "",
    agency: Agency | None = None,
) -> SettingChange:
    """The change stands in the record, with the columns that differ; names and values in Chinese, as they are kept.

    ``by`` is None for the command line. Call it inside the transaction of the change.
    """
    with translation.override("zh-hans"):
        old, new = _in_words(before), _in_words(after)
        differ = {name for name in {**old, **new} if old.get(name) != new.get(name)}
        return SettingChange.objects.create(
            by=by,
            area=area,
            key=key,
            subject=str(subject)[:LONGEST_SUBJECT],
            act=str(act),
            before={name: value for name, value in old.items() if name in differ},
            after={name: value for name, value in new.items() if name in differ},
            reason=reason,
            agency=agency,
            request_id=request_id.get(),
        )


def _in_words(values: Mapping[Any, Any] | None) -> dict[str, str]:
    return {str(name): _word(value) for name, value in (values or {}).items()}


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def latest(area: str, key: str) -> int:
    """The number of the newest change of the setting, 0 where it was never changed: what a form has seen."""
    return SettingChange.objects.filter(area=area, key=key).values_list("pk", flat=True).first() or 0


def require_seen(area: str, key: str, seen: int) -> None:
    """Nothing changed the setting since the form was shown; else Outdated. Lock the setting first."""
    if latest(area, key) != seen:
        raise Outdated


def history(area: str, key: str) -> QuerySet[SettingChange]:
    """Every change of one setting, the newest first."""
    return SettingChange.objects.filter(area=area, key=key).select_related("by")


def readable_by(user: User) -> QuerySet[SettingChange]:
    """The changes a person may read: everything for who manages the system, else what their rights concern."""
    rows = SettingChange.objects.select_related("by")
    if user.has_right(Right.MANAGE_SYSTEM):
        return rows
    seen = Q(pk=None)
    if user.has_right(Right.EDIT_CALENDAR):
        seen |= Q(area__in=(Area.CALENDAR, Area.RULE))
    if user.has_right(Right.MANAGE_ABSENCE):
        seen |= Q(area=Area.ABSENCE, agency=user.agency_id)
    return rows.filter(seen)


def areas(user: User) -> Iterable[tuple[str, Any]]:
    """The areas a person can read changes of, for the filter."""
    if user.has_right(Right.MANAGE_SYSTEM):
        return Area.choices
    mine = {Area.ABSENCE.value}
    if user.has_right(Right.EDIT_CALENDAR):
        mine |= {Area.CALENDAR.value, Area.RULE.value}
    return [(value, label) for value, label in Area.choices if value in mine]
