"""Addresses of lists: one condition less, and the list that a case was opened from."""

from typing import Any
from urllib.parse import urlencode

from django import template

from cases.worklist import KEYS

register = template.Library()


@register.simple_tag(takes_context=True)
def without(context: dict[str, Any], name: str) -> str:
    """The query of this page without one condition, from its first page on."""
    query = context["request"].GET.copy()
    for key in (name, "page"):
        query.pop(key, None)
    return query.urlencode()


@register.simple_tag(takes_context=True)
def list_state(context: dict[str, Any]) -> str:
    """?tab=todo&n=4 of the list this page was opened from, so that the way back is kept; empty without one."""
    given = context["request"].GET
    if "n" not in given:
        return ""
    return "?" + urlencode({key: given[key] for key in (*KEYS, "n") if given.get(key)})


@register.filter
def join_labels(columns: Any) -> str:
    """The names of the columns in one line."""
    return "、".join(str(column.label) for column in columns)
