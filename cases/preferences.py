"""What people chose for their own pages: density, keys, columns, rows, views of the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from cases.models import PartyRole, Preference, SavedView
from cases.workflow.registry import workflows

MOST_VIEWS = 10
LONGEST_QUERY = 1000  # as the column that holds it


@dataclass(frozen=True)
class Column:
    """A column of the work list that people may show or hide; the number of the case always stands."""

    code: str
    label: Any
    is_usual: bool = True
    is_number: bool = False
    sort: str = ""


COLUMNS = {
    column.code: column
    for column in (
        Column("due", gettext_lazy("时限"), sort="due"),
        Column("applicant", gettext_lazy("投诉人")),
        Column("respondent", gettext_lazy("用人单位")),
        Column("amount", gettext_lazy("金额（元）"), is_number=True, sort="amount"),
        Column("state", gettext_lazy("状态")),
        Column("lane", gettext_lazy("通道")),
        Column("handler", gettext_lazy("承办人")),
        Column("registered", gettext_lazy("登记日期"), sort="registered"),
        Column("town", gettext_lazy("用工镇街"), is_usual=False),
        Column("filed", gettext_lazy("立案日期"), is_usual=False),
        Column("due_on", gettext_lazy("办结期限"), is_usual=False),
        Column("paid", gettext_lazy("已付（元）"), is_usual=False, is_number=True),
        Column("receipt", gettext_lazy("登记号"), is_usual=False),
    )
}
USUAL = [code for code, column in COLUMNS.items() if column.is_usual]
ROLE_OF = {"applicant": PartyRole.WORKER, "respondent": PartyRole.RESPONDENT}
SHORT = ("due", "applicant", "respondent", "amount", "state")
"""The columns of a list that stands beside other things."""


def preference_of(user: User) -> Preference:
    """The person's choices, the usual ones where nothing was chosen."""
    try:
        return user.preference
    except Preference.DoesNotExist:
        return Preference(user=user)


def choose(user: User, **values: Any) -> None:
    """The named choices hold from now on."""
    Preference.objects.update_or_create(user=user, defaults=values)
    user._state.fields_cache.pop("preference", None)


def columns_of(user: User) -> list[Column]:
    """The columns of the person's list, in the order of the table."""
    chosen = preference_of(user).columns or USUAL
    return columns_named([code for code in COLUMNS if code in chosen], user)


def columns_named(codes: Sequence[str], user: User | None = None) -> list[Column]:
    """These columns, headed as the procedure the person takes part in calls the people of a case."""
    words = _words_of(user) if user else {}
    return [
        replace(COLUMNS[code], label=words[ROLE_OF[code]]) if ROLE_OF.get(code) in words else COLUMNS[code]
        for code in codes
    ]


def _words_of(user: User) -> Mapping[str, Any]:
    """The words of the first procedure that has steps for the person's role; none for who only looks on."""
    for workflow in workflows():
        actors = {actor.right for step in workflow.steps for actor in step.by + step.proposed_by}
        if any(user.has_right(right) for right in actors):
            return workflow.roles
    return {}


# Views


class ViewRefused(Exception):
    """The view was not kept; the text is a sentence."""


def keep_view(user: User, name: str, query: str) -> SavedView:
    """The view stands beside the tabs under its name; a view of that name is replaced. ViewRefused says why not."""
    name = name.replace("\x00", "").strip()
    if not name:
        raise ViewRefused(_("还没填视图名称"))
    if len(name) > 20:
        raise ViewRefused(_("视图名称最多20个字"))
    if len(query) > LONGEST_QUERY:
        raise ViewRefused(_("筛选条件写得太长，缩短以后再存"))
    with transaction.atomic():
        is_new = not SavedView.objects.filter(user=user, name=name).exists()
        if is_new and SavedView.objects.filter(user=user).count() >= MOST_VIEWS:
            raise ViewRefused(_("最多存%(n)d个视图，先删除一个不用的") % {"n": MOST_VIEWS})
        return SavedView.objects.update_or_create(
            user=user, name=name, defaults={"query": query, "made_at": timezone.now()}
        )[0]


def drop_view(user: User, public_id: Any) -> None:
    """The person's view is gone; SavedView.DoesNotExist for anybody else's."""
    SavedView.objects.get(user=user, public_id=public_id).delete()
