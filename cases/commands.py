"""命令: what Ctrl+K offers besides cases. Each leads to an address or presses a button of the frame."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.rights import Right
from cases import names

MOST = 8


@dataclass(frozen=True)
class Command:
    """One line of the command list. ``press`` is the id of the element of the frame that it presses."""

    label: Any
    route: str = ""
    query: str = ""
    right: str = ""
    press: str = ""

    @property
    def url(self) -> str:
        address = reverse(self.route) if self.route else reverse("cases:preferences")
        return f"{address}?{self.query}" if self.query else address

    def matches(self, text: str) -> bool:
        """Whether the typed text means it, by its characters or their pinyin."""
        label = str(self.label)
        return text in label or text.lower() in names.pinyin_key(label, person=False)


COMMANDS = (
    Command(_("登记一件"), "inspection:register", right=Right.REGISTER),
    Command(_("登记群体"), "inspection:register", "group=1", Right.REGISTER),
    Command(_("工作台"), "cases:home"),
    Command(_("我的待办"), "cases:list", "tab=todo", Right.VIEW_CASES),
    Command(_("已超期的案件"), "cases:list", "tab=overdue", Right.VIEW_CASES),
    Command(_("三日内到期的案件"), "cases:list", "tab=soon", Right.VIEW_CASES),
    Command(_("统计、办结率"), "reports:dashboard", right=Right.VIEW_INDICATORS),
    Command(_("期限计算"), "calendars:calculator"),
    Command(_("消息"), "notifications:list"),
    Command(_("切换紧凑或标准行距"), press="density-switch"),
    Command(_("快捷键表"), press="keys-opener"),
    Command(_("个人设置"), "cases:preferences"),
)


def matching(user: User, text: str) -> list[Command]:
    """The commands that this person may use and the text means; all of them for an empty text."""
    text = text.strip()
    allowed = [each for each in COMMANDS if not each.right or user.has_right(each.right)]
    return allowed if not text else [each for each in allowed if each.matches(text)][:MOST]
