"""Accounts as the administrator changes them: each change checked, written down, and open at once to the person.

Nobody is deleted: records name people for ever. Nobody changes their own role, and somebody who manages the system is
always left.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from agencies import changes, services, throttle
from agencies.changes import Area
from agencies.login_forms import normalise_password
from agencies.models import Agency, User
from agencies.rights import ROLES, Right, Role, may_sit_in

PASSWORD_BYTES = 12
COLUMNS = ("display_name", "agency", "role", "licence_no", "licence_until", "office_phone")


@dataclass(frozen=True)
class OpenDuties:
    """What a person leaves behind: cases they are named on, and requests that nobody else of the office answers."""

    cases: int = 0
    tasks: int = 0

    def __bool__(self) -> bool:
        return bool(self.cases or self.tasks)

    def __str__(self) -> str:
        return _("%(cases)d件案件、%(tasks)d项协办任务") % {"cases": self.cases, "tasks": self.tasks}


_counters: list[Callable[[User], OpenDuties]] = []


def counts_duties(counter: Callable[[User], OpenDuties]) -> Callable[[User], OpenDuties]:
    """Ask the function what a person has open; for packages that give people work."""
    _counters.append(counter)
    return counter


def open_duties(user: User) -> OpenDuties:
    """Everything that waits for somebody else when the person leaves."""
    found = [counter(user) for counter in _counters]
    return OpenDuties(sum(each.cases for each in found), sum(each.tasks for each in found))


@transaction.atomic
def leads_of(agency: Agency) -> QuerySet[User]:
    """The people who answer for the people of the office: those who may enter its absences."""
    roles = [role for role, its in ROLES.items() if Right.MANAGE_ABSENCE in its.rights]
    return User.objects.filter(agency=agency, role__in=roles, is_active=True)


def add(*, by: User | None, username: str, agency: Agency, role: str, **columns: Any) -> tuple[User, str]:
    """The account exists with a one-time password, which is returned and kept nowhere. ValidationError as spoken."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user = services.create_user(
        username=username, agency=agency, role=role, password=password, must_change_password=True, **columns
    )
    _record(by, user, gettext_noop("添加账号"), before={}, after=_in_words(user))
    return user, password


@transaction.atomic
def edit(*, by: User, user: User, seen: int, **columns: Any) -> User:
    """The account has these columns; its group follows the agency.

    ValidationError when the role does not exist in the agency, is the person's own, or leaves nobody to manage the
    system; changes.Outdated.
    """
    locked, before = _locked(user, seen)
    for name, value in columns.items():
        setattr(locked, name, value)
    after = _in_words(locked)
    if (locked.role, locked.agency_id) != (user.role, user.agency_id):
        _check_move(by, user, locked)
    if before != after:
        locked.save(update_fields=list(columns))
        locked.groups.set([locked.agency.group])
        _record(by, locked, gettext_noop("修改账号"), before=before, after=after)
    return locked


def _check_move(by: User, before: User, after: User) -> None:
    if before.pk == by.pk:
        raise ValidationError({"role": _("自己的机构和角色要由另一位系统管理员来改")})
    if not may_sit_in(after.role, after.agency.code):
        raise ValidationError(
            {
                "role": _("%(agency)s没有“%(role)s”这个角色，换一个角色或者机构")
                % {"agency": after.agency, "role": after.get_role_display()}
            }
        )
    if before.role == Role.SYSADMIN:
        _require_another_administrator(before)


def _require_another_administrator(user: User) -> None:
    """Somebody else manages the system; every administrator is locked by now, so that two cannot leave at once."""
    if not _administrators().filter(is_active=True).exclude(pk=user.pk).exists():
        raise ValidationError(
            _("%(name)s是最后一位在用的系统管理员，先给别人建好系统管理员账号") % {"name": user}
        )


def _administrators() -> QuerySet[User]:
    return User.objects.filter(role=Role.SYSADMIN).order_by("pk")


@transaction.atomic
def reset_password(*, by: User, user: User) -> str:
    """A new one-time password, returned and kept nowhere; the old one and every open session end, a lock is lifted."""
    locked, _before = _locked(user)
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    locked.set_password(normalise_password(password))
    locked.must_change_password = True
    locked.save(update_fields=["password", "must_change_password"])
    throttle.reopen(locked.username)
    _record(by, locked, gettext_noop("重置密码"))
    return password


@transaction.atomic
def deactivate(*, by: User, user: User) -> OpenDuties:
    """The person is out at the next click and signs in no more; returns what now waits for somebody else.

    ValidationError for oneself and for the last who manages the system.
    """
    locked, _before = _locked(user)
    if locked.pk == by.pk:
        raise ValidationError(_("不能停用自己的账号"))
    if locked.role == Role.SYSADMIN:
        _require_another_administrator(locked)
    left = open_duties(locked)
    if locked.is_active:
        _switch(by, locked, False, gettext_noop("停用账号"))
    return left


@transaction.atomic
def activate(*, by: User, user: User) -> None:
    """The person may sign in again."""
    locked, _before = _locked(user)
    if not locked.is_active:
        _switch(by, locked, True, gettext_noop("恢复账号"))


def _switch(by: User, user: User, active: bool, act: str) -> None:
    column = _label("is_active")
    user.is_active = active
    user.save(update_fields=["is_active"])
    _record(by, user, act, before={column: not active}, after={column: active})


@transaction.atomic
def lift_lock(*, by: User, user: User) -> bool:
    """The name is open for signing in again. Whether it was counted at all."""
    lifted = throttle.reopen(user.username)
    if lifted:
        _record(by, user, gettext_noop("解除登录锁定"))
    return lifted


def key_of(user: User) -> str:
    """Under which the account's changes stand in the record."""
    return str(user.public_id)


def _locked(user: User, seen: int | None = None) -> tuple[User, dict[Any, Any]]:
    """The account as it is now, held until the transaction ends; an administrator's together with all the others."""
    if user.role == Role.SYSADMIN:
        list(_administrators().select_for_update(of=("self",)))
    locked = User.objects.select_for_update(of=("self",)).select_related("agency__group").get(pk=user.pk)
    if seen is not None:
        changes.require_seen(Area.PERSON, key_of(locked), seen)
    return locked, _in_words(locked)


def _in_words(user: User, columns: Iterable[str] = COLUMNS) -> dict[Any, Any]:
    values = {name: getattr(user, name) for name in columns} | {"role": Role(user.role).label}
    return {_label(name): value for name, value in values.items()}


def _label(column: str) -> Any:
    if column == "is_active":
        return gettext_lazy("在用")
    return getattr(User._meta.get_field(column), "verbose_name", column)


def _record(
    by: User | None,
    user: User,
    act: str,
    before: dict[Any, Any] | None = None,
    after: dict[Any, Any] | None = None,
) -> None:
    changes.record(
        by=by,
        area=Area.PERSON,
        key=key_of(user),
        subject=f"{user.display_name}（{user.username}）",
        act=act,
        before=before,
        after=after,
        agency=user.agency,
    )
