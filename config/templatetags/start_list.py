"""上手清单 for the first page."""

from typing import Any

from django import template

from config import start_list

register = template.Library()


@register.simple_tag(takes_context=True)
def start_items(context: dict[str, Any]) -> list[start_list.Line]:
    """The reader's list; empty once it was put away."""
    user = context["request"].user
    return [] if start_list.is_put_away(user) else start_list.items(user)
