"""Plain corrections of a case: who typed what, before and after."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Case, TimelineEvent
from cases.services.acting import append, differences, perform, snapshot

_EDITORS = (
    Right.INTAKE,
    Right.INVESTIGATE,
    Right.HEAD,
    Right.HEAD_INSTITUTE,
    Right.RECORD_HEARING,
    Right.RECEIVE_AID,
    Right.REVIEW_AID,
)


def may_edit(user: User, case: Case) -> bool:
    """Whether the person may correct what was typed about the case: staff of the agency, until it is over."""
    return case.is_open and any(policies.can(user, right, case) for right in _EDITORS)


def edit_case(
    *, case: Case, by: User, version: int, key: str, values: dict[str, Any], note: str = ""
) -> TimelineEvent:
    """The named columns of the case or its detail hold the new values, and the event says what they were.

    Raises PermissionDenied, StaleVersion (which carries the saved case, so that both texts can be shown), KeyReused,
    Case.DoesNotExist.
    """

    def do(locked: Case) -> TimelineEvent:
        if not may_edit(by, locked):
            raise PermissionDenied(_("这件案子现在不能修改，或不由你办理"))
        before = snapshot(locked)
        for name, value in values.items():
            setattr(locked if hasattr(type(locked), name) else locked.detail, name, value)
        locked.detail.save()
        old, new = differences(before, snapshot(locked))
        return append(
            locked,
            by,
            kind=TimelineEvent.Kind.EDIT,
            step="edit",
            label=_("修改案件信息"),
            note=note,
            before=old,
            after=new,
        )

    return perform(
        case=case, by=by, version=version, key=key, action="edit", payload=[case.pk, values], do=do
    )
