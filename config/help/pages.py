"""Which sheet of help belongs to which page."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.access import CASE, SIGNED_IN
from agencies.models import User
from agencies.rights import Right
from cases.workflow.registry import workflows
from cases.workflow.table import Step
from config.help import (
    of_arbitration,
    of_cases,
    of_documents,
    of_figures,
    of_hearings,
    of_inspection,
    of_legal_aid,
    of_mediation,
    of_settings,
    of_time_limits,
)
from config.help.sheet import Sheet, Sheets, Text
from config.route_rules import all_routes

# In the order in which the list of all help shows them.
PARTS: tuple[tuple[Text, Sheets], ...] = (
    (_("工作台和案件"), of_cases.SHEETS),
    (_("登记和线索"), of_inspection.SHEETS),
    (_("劳动争议仲裁"), of_arbitration.SHEETS),
    (_("日程"), of_hearings.SHEETS),
    (_("劳动争议调解"), of_mediation.SHEETS),
    (_("法律援助"), of_legal_aid.SHEETS),
    (_("文书"), of_documents.SHEETS),
    (_("统计"), of_figures.SHEETS),
    (_("期限和日历"), of_time_limits.SHEETS),
    (_("消息、密码和设置"), of_settings.SHEETS),
)
SHEETS: dict[str, Sheet] = {name: sheet for _title, sheets in PARTS for name, sheet in sheets.items()}

# Addresses that only take a form, and the page they show again when it is refused.
SHOWN_AGAIN = {
    "agencies:absence_cancel": "agencies:absences",
    "cases:choose_columns": "cases:list",
    "cases:keep_view": "cases:list",
    "cases:undo_reassign": "cases:list",
    "inspection:task_upload": "inspection:task",
    "reports:export": "reports:cases",
}

# Addresses that answer to GET without being a page of the frame: why they need no sheet.
WITHOUT = {
    "cases:file": "a file",
    "cases:file_inline": "a file inside its page",
    "documents:pdf": "a file",
    "documents:preview": "a document inside the page on which it is issued",
    "documents:text": "a document inside its page",
    "hearings:calendar": "a file",
    "hearings:hearing_file": "a file",
    "hearings:roster": "a file",
    "inspection:last_receipt": "a file",
    "inspection:bundle": "a file",
    "inspection:task_file": "a file",
    "inspection:task_file_inline": "a file",
    "reports:figures": "for other programs",
    "help:index": "the help itself",
    "help:page": "the help itself",
    "styleguide": "for developers, explains itself",
}


def address(match: Any) -> str:
    """Where the help for the page of this ``ResolverMatch`` is; the list of all help when the page has none."""
    name = SHOWN_AGAIN.get(match.view_name, match.view_name) if match else ""
    if name not in SHEETS:
        return reverse("help:index")
    step = match.kwargs.get("step", "")
    return reverse("help:page", args=[name]) + (f"?{urlencode({'step': step})}" if step else "")


def rows_of(step: str) -> list[Step]:
    """The rows of that name in the procedures; none for an unknown one."""
    return [workflow.by_name[step] for workflow in workflows() if step in workflow.by_name]


def open_to(user: User) -> list[tuple[Text, list[tuple[str, Sheet]]]]:
    """The sheets of the pages this person may reach, part by part; parts without any are left out."""
    shown = [
        (title, [(name, sheet) for name, sheet in sheets.items() if _may_reach(user, name)])
        for title, sheets in PARTS
    ]
    return [(title, sheets) for title, sheets in shown if sheets]


def _may_reach(user: User, name: str) -> bool:
    rule = _rules()[name]
    if rule.startswith(CASE):
        return user.has_right(Right.VIEW_CASES)
    return rule == SIGNED_IN or user.has_right(rule)


@cache
def _rules() -> dict[str, str]:
    return {route.name: route.rule or "" for route in all_routes()}
