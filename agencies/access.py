"""The rule of entry that every view carries.

A view without a rule is never served (`config.middleware.RouteRuleMiddleware` answers 404 and a test fails), so a new
page cannot be forgotten.
"""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
CASE = "case:"

# What a page may do with a case besides acts that are rights of their own: see it, take a step of its procedure,
# correct what was typed, write a remark.
CASE_ACTS = ("view", "step", "edit", "note")


def rule(name: str) -> Callable[[View], View]:
    """Mark a view with its rule: ``public``, ``signed_in``, a right of `agencies.rights`, or ``case:<right>``.

    ``case:`` rules are enforced where the case is known: the view fetches it through ``visible_to`` and asks
    `cases.policies.can`; the middleware only asks for a signed-in user.
    """

    def mark(view: View) -> View:
        view.access_rule = name  # type: ignore[attr-defined]
        return view

    return mark
