"""For the page that a lawyer of legal aid has of a dispute."""

from typing import Any

from django import template

from arbitration import representing

register = template.Library()


@register.simple_tag
def brief_for(user: Any, case: Any) -> representing.Brief:
    """What this lawyer reads of the dispute."""
    return representing.brief_for(user, case)


@register.simple_tag
def lawyers_of(case: Any) -> list[Any]:
    """The lawyers of legal aid in the dispute, each with the names of their clients."""
    return representing.lawyers_of(case)
