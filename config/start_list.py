"""上手清单: five things a new person does once. They tick themselves from what was done, or by hand.

What was noticed is kept with the person's choices (`cases.models.Preference`), so that an item stays ticked and
nothing is asked twice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import SettingChange, User
from agencies.rights import Right, Role
from cases import preferences
from cases.models import SearchQuery, TimelineEvent
from config.help.sheet import Text
from documents.models import DocumentPrint

HELP = "help"
Kind = TimelineEvent.Kind


@dataclass(frozen=True)
class Item:
    """One thing to do: in words, where, and how it is noticed; without ``fact`` it is ticked by hand only."""

    code: str
    text: Text
    view_name: str = ""
    fact: Callable[[User], bool] | None = None


@dataclass(frozen=True)
class Line:
    """An item as one person sees it; ``url`` may be empty."""

    code: str
    text: Text
    url: str
    is_done: bool


def _events(user: User) -> QuerySet[TimelineEvent]:
    return TimelineEvent.objects.filter(by=user)


def _chose(user: User) -> bool:
    chosen = preferences.preference_of(user)
    return bool(chosen.density) or not chosen.single_letters


PASSWORD = Item(
    "password", _("把密码换成只有你知道的"), "agencies:password", lambda user: not user.must_change_password
)
SEARCH = Item(
    "search",
    _("按 / 查一件案子：案号、姓名、单位、尾号都行"),
    fact=lambda user: SearchQuery.objects.filter(user=user).exists(),
)
CHOICES = Item("choices", _("选自己顺手的行距和快捷键"), "cases:preferences", _chose)
READ_HELP = Item(HELP, _("在任何一页按 F1，看这一页怎么用"), "help:index")
REGISTER = Item(
    "register",
    _("登记一件投诉，练习时姓名写虚构的"),
    "inspection:register",
    lambda user: _events(user).filter(step="register").exists(),
)
PRINT = Item(
    "print",
    _("打印一张回执或文书"),
    "cases:list",
    lambda user: DocumentPrint.objects.filter(by=user).exists(),
)
NOTE = Item(
    "note",
    _("打开一件案子，写一条备注"),
    "cases:list",
    lambda user: _events(user).filter(kind=Kind.NOTE).exists(),
)
STEP = Item(
    "step",
    _("办一步：打开待办里的一件，按右边的蓝色按钮"),
    "cases:list",
    lambda user: _events(user).filter(kind__in=(Kind.STEP, Kind.PROPOSAL)).exclude(step="register").exists(),
)
DECIDE = Item(
    "decide",
    _("审批一件：同意，或者写理由退回"),
    "cases:list",
    lambda user: _events(user).filter(kind__in=(Kind.STEP, Kind.RETURN)).exists(),
)
RULES = Item("rules", _("看一遍办理规则：每一步谁办、凭什么办"), "cases:workflows")
FIGURES = Item("figures", _("点看板上的一个数，看后面的每一件"), "reports:dashboard")
REPLY = Item(
    "reply",
    _("答复一项协办任务"),
    "cases:list",
    lambda user: _events(user).filter(step="reply_task").exists(),
)
CALENDAR = Item("calendar", _("看一眼今年的工作日历"), "calendars:calendar")
SETTING = Item(
    "setting",
    _("在“设置”里添加一个账号，或者登记一次缺勤"),
    "agencies:settings",
    lambda user: SettingChange.objects.filter(by=user).exists(),
)

DECIDING = (Right.HEAD, Right.DEPUTY, Right.BUREAU)


def items_for(user: User) -> tuple[Item, Item, Item, Item, Item]:
    """The five of this person's role."""
    if user.role == Role.LEADER:
        return PASSWORD, FIGURES, SEARCH, CHOICES, READ_HELP
    if not user.has_right(Right.VIEW_CASES):
        return (
            PASSWORD,
            SETTING if user.has_right(Right.MANAGE_SYSTEM) else RULES,
            CALENDAR,
            CHOICES,
            READ_HELP,
        )
    if user.has_right(Right.INVESTIGATE):
        return PASSWORD, SEARCH, STEP, NOTE, READ_HELP
    if user.has_right(Right.REGISTER):
        return PASSWORD, REGISTER, PRINT, SEARCH, READ_HELP
    if any(user.has_right(right) for right in DECIDING):
        return PASSWORD, DECIDE, SEARCH, RULES, READ_HELP
    if user.has_right(Right.REPLY_TASK):
        return PASSWORD, REPLY, RULES, CHOICES, READ_HELP
    return PASSWORD, SEARCH, RULES, CHOICES, READ_HELP


def items(user: User) -> list[Line]:
    """The person's list; what has been done since it was last looked at is ticked and stays so."""
    ticked = set(preferences.preference_of(user).guide_ticks)
    wanted = items_for(user)
    noticed = {item.code for item in wanted if item.code not in ticked and item.fact and item.fact(user)}
    if noticed:
        _keep(user, ticked | noticed)
    return [
        Line(
            item.code,
            item.text,
            reverse(item.view_name) if item.view_name else "",
            item.code in ticked | noticed,
        )
        for item in wanted
    ]


def is_put_away(user: User) -> bool:
    return preferences.preference_of(user).guide_done


def put_away(user: User, away: bool) -> None:
    """The list is not shown on 工作台 any more, or is again."""
    preferences.choose(user, guide_done=away)


def note(user: User, code: str) -> None:
    """The item is ticked; codes that are not on the person's list change nothing."""
    ticked = set(preferences.preference_of(user).guide_ticks)
    if code not in ticked and code in {item.code for item in items_for(user)}:
        _keep(user, ticked | {code})


def forget(user: User, code: str) -> None:
    """The item is open again, unless what was done ticks it anew."""
    ticked = set(preferences.preference_of(user).guide_ticks)
    if code in ticked:
        _keep(user, ticked - {code})


def _keep(user: User, ticked: set[str]) -> None:
    preferences.choose(user, guide_ticks=sorted(ticked))
