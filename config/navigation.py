"""The entries of the top bar: one row each, in the order shown.

A name that does not resolve is an error of the start-up check, not a missing entry.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.access import SIGNED_IN
from agencies.rights import Right


@dataclass(frozen=True)
class Entry:
    """A link of the top bar; shown to whoever holds ``right`` or ``or_right``, or to everybody signed in.

    ``key`` is the letter that opens it after G.
    """

    label: str | Promise
    url_name: str
    right: str = SIGNED_IN
    key: str = ""
    or_right: str = ""


ENTRIES: tuple[Entry, ...] = (
    Entry(_("工作台"), "cases:home", SIGNED_IN, "W"),
    Entry(_("登记"), "inspection:register", Right.REGISTER, "N"),
    Entry(_("仲裁申请"), "arbitration:register", Right.RECEIVE_DISPUTE, "Z"),
    Entry(_("调解申请"), "mediation:register", Right.RECEIVE_DISPUTE, "D"),
    Entry(_("援助申请"), "legal_aid:register", Right.RECEIVE_AID, "A"),
    Entry(_("线索"), "inspection:clues", Right.REGISTER, "L", or_right=Right.HEAD),
    Entry(_("协办"), "inspection:tasks", Right.REPLY_TASK, "X"),
    Entry(_("案件"), "cases:list", Right.VIEW_CASES, "C"),
    Entry(_("办案顺序"), "arbitration:queue", Right.ARBITRATE, "O", or_right=Right.HEAD_INSTITUTE),
    Entry(_("日程"), "hearings:week", Right.ARBITRATE, "R", or_right=Right.RECORD_HEARING),
    Entry(_("日程"), "hearings:week", Right.HEAD_INSTITUTE, "R", or_right=Right.CHAIR_COMMITTEE),
    Entry(_("承办机构"), "legal_aid:firms", Right.DIRECT_AID, "F"),
    Entry(_("统计"), "reports:dashboard", Right.VIEW_INDICATORS, "T"),
    Entry(_("期限"), "calendars:calculator", SIGNED_IN, "Q"),
    Entry(_("规则"), "cases:workflows", SIGNED_IN),
    Entry(_("设置"), "agencies:settings", Right.MANAGE_SYSTEM),
)

# The entries of the person's own menu, for who has no room for them above.
MENU: tuple[Entry, ...] = (
    Entry(_("设置"), "agencies:settings", Right.MANAGE_ABSENCE),
    Entry(_("组件页"), "styleguide", Right.MANAGE_SYSTEM),
)
