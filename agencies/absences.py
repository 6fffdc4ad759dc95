"""Days on which people are away, entered and cancelled; each entry is written down."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from agencies import changes
from agencies.changes import Area
from agencies.models import Absence, User
from agencies.rights import Right

LONGEST = timedelta(days=366)


def people_of(user: User) -> QuerySet[User]:
    """Whose absence the person may enter: of the own agency, of every agency for who manages the system."""
    active = User.objects.filter(is_active=True).select_related("agency")
    if user.has_right(Right.MANAGE_SYSTEM):
        return active
    return active.filter(agency=user.agency_id) if user.has_right(Right.MANAGE_ABSENCE) else active.none()


def absences_of(user: User) -> QuerySet[Absence]:
    """The absences the person may see and cancel, the newest first."""
    rows = Absence.objects.select_related("user__agency", "deputy").order_by("-from_on", "-pk")
    return rows if user.has_right(Right.MANAGE_SYSTEM) else rows.filter(user__agency=user.agency_id)


def on_day(day: date) -> dict[int, Absence]:
    """Who is away on the day, by the person's number."""
    rows = Absence.objects.filter(from_on__lte=day, to_on__gte=day).select_related("deputy")
    return {row.user_id: row for row in rows}


@transaction.atomic
def enter(
    *, by: User, user: User, from_on: date, to_on: date, deputy: User | None = None, reason: str = ""
) -> Absence:
    """The person is away on these days, both included. The same entry twice is one.

    ValidationError with a sentence when the days or the deputy do not fit, or the person is away already.
    """
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    found = Absence.objects.filter(user=user, from_on=from_on, to_on=to_on, deputy=deputy).first()
    if found:
        return found
    _check_days(user, from_on, to_on)
    _check_deputy(user, deputy, from_on, to_on)
    absence = Absence.objects.create(user=user, deputy=deputy, from_on=from_on, to_on=to_on, reason=reason)
    _record(by, absence, gettext_noop("登记缺勤"), after=_in_words(absence))
    return absence


def _check_days(user: User, from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise ValidationError({"to_on": _("最后一天早于第一天")})
    if to_on < timezone.localdate():
        raise ValidationError({"to_on": _("这些日子已经过去，不用登记")})
    if to_on - from_on > LONGEST:
        raise ValidationError({"to_on": _("一次最多登记一年，核对年份")})
    if other := overlapping(user, from_on, to_on).first():
        raise ValidationError(
            {
                "from_on": _("%(name)s在%(from)s至%(to)s已经登记了缺勤，和这次重叠；先取消那一次，或者改日期")
                % {"name": user, "from": other.from_on, "to": other.to_on}
            }
        )


def _check_deputy(user: User, deputy: User | None, from_on: date, to_on: date) -> None:
    if deputy is None:
        return
    if deputy.pk == user.pk:
        raise ValidationError({"deputy": _("代办人不能是本人")})
    if deputy.agency_id != user.agency_id or not deputy.is_active:
        raise ValidationError({"deputy": _("代办人要是%(agency)s在用的账号") % {"agency": user.agency}})
    if other := overlapping(deputy, from_on, to_on).first():
        raise ValidationError(
            {
                "deputy": _("%(name)s在%(from)s至%(to)s自己缺勤，换一位代办人")
                % {"name": deputy, "from": other.from_on, "to": other.to_on}
            }
        )


def overlapping(user: User, from_on: date, to_on: date) -> QuerySet[Absence]:
    """Absences of the person that share a day with these days."""
    return Absence.objects.filter(Q(from_on__lte=to_on) & Q(to_on__gte=from_on), user=user).order_by(
        "from_on"
    )


@transaction.atomic
def cancel(*, by: User, absence: Absence) -> None:
    """The person is there again from today: what has passed stays, the rest is gone. Nothing for one that is over."""
    locked = Absence.objects.select_for_update(of=("self",)).filter(pk=absence.pk).first()
    today = timezone.localdate()
    if locked is None or locked.to_on < today:
        return
    before = _in_words(locked)
    if locked.from_on < today:
        locked.to_on = today - timedelta(days=1)
        locked.save(update_fields=["to_on"])
        _record(by, locked, gettext_noop("提前结束缺勤"), before=before, after=_in_words(locked))
    else:
        _record(by, locked, gettext_noop("取消缺勤"), before=before)
        locked.delete()


def _in_words(absence: Absence) -> dict[Any, Any]:
    return {
        gettext_lazy("第一天"): absence.from_on,
        gettext_lazy("最后一天"): absence.to_on,
        gettext_lazy("代办人"): absence.deputy,
        gettext_lazy("事由"): absence.reason,
    }


def _record(
    by: User,
    absence: Absence,
    act: str,
    before: dict[Any, Any] | None = None,
    after: dict[Any, Any] | None = None,
) -> None:
    person = absence.user
    changes.record(
        by=by,
        area=Area.ABSENCE,
        key=str(person.public_id),
        subject=f"{person.display_name}（{person.username}）",
        act=act,
        before=before,
        after=after,
        agency=person.agency,
    )
