"""Which rule of entry holds for a view. The rules are set with `agencies.access.rule`."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from agencies.access import CASE, CASE_ACTS, PUBLIC, SIGNED_IN
from agencies.rights import Right

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    """One address pattern with the rule that guards it; ``rule`` is None when somebody forgot it."""

    route: str
    name: str
    rule: str | None
    methods: tuple[str, ...] | None


def rule_of(view: Any) -> str | None:
    """The rule the view carries, looking through decorators, partials and class-based views; None without one."""
    for layer in _layers(view):
        if found := getattr(layer, "access_rule", None):
            return found
    return None


def is_known(rule: str) -> bool:
    """Whether the rule is one the middleware understands."""
    if rule.startswith(CASE):
        return rule.removeprefix(CASE) in (*CASE_ACTS, *Right.values)
    return rule in (PUBLIC, SIGNED_IN) or rule in Right.values


def all_routes() -> list[Route]:
    """Every route of the site, in the order in which they are tried."""
    return list(_walk(get_resolver(), prefix="/", namespaces=[]))


def _layers(view: Any) -> Iterator[Any]:
    while view is not None:
        yield view
        if view_class := getattr(view, "view_class", None):
            yield view_class
        view = getattr(view, "__wrapped__", None) or getattr(view, "func", None)


def _walk(resolver: URLResolver, *, prefix: str, namespaces: list[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = [*namespaces, entry.namespace] if entry.namespace else namespaces
            yield from _walk(entry, prefix=route, namespaces=inner)
        elif isinstance(entry, URLPattern):
            yield Route(
                route=route,
                name=":".join([*namespaces, entry.name or ""]),
                rule=rule_of(entry.callback),
                methods=_methods(entry.callback),
            )


def _methods(view: Any) -> tuple[str, ...] | None:
    """The methods the view takes, where a class or Django's ``require_http_methods`` says so."""
    for layer in _layers(view):
        if view_class := getattr(layer, "view_class", None):
            return tuple(name.upper() for name in METHODS if hasattr(view_class, name))
        closure = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else {}
        if named := closure.get("request_method_list"):
            return tuple(named)
    return None
