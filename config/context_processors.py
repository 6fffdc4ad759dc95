"""What the frame of every page shows: navigation, unread messages, the banner of a trial installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from agencies.access import SIGNED_IN
from agencies.rights import Right
from cases.preferences import preference_of
from config.help import pages
from config.navigation import ENTRIES, MENU, Entry
from notifications.selectors import unread_count


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of ``layouts/base.html`` common to all pages; ``unread_count`` is asked for when shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo_banner": settings.DEMO}
    return {
        "demo_banner": settings.DEMO,
        "nav_items": nav_items(user, request.path),
        "user_menu": [
            {"label": entry.label, "url": reverse(entry.url_name)}
            for entry in MENU
            if user.has_right(entry.right)
        ],
        "search_url": reverse("cases:search") if user.has_right(Right.VIEW_CASES) else "",
        "messages_url": reverse("notifications:list"),
        "help_url": pages.address(request.resolver_match),
        "unread_count": SimpleLazyObject(lambda: unread_count(user)),
        "session_seconds": settings.SESSION_IDLE_SECONDS,
        "preference": SimpleLazyObject(lambda: preference_of(user)),
    }


def nav_items(user: Any, path: str) -> list[dict[str, Any]]:
    """The entries this person may use: ``label``, ``url``, ``key``, ``current`` (the page belongs to it)."""
    allowed = [entry for entry in ENTRIES if _may_use(entry, user)]
    items = [{"label": entry.label, "url": reverse(entry.url_name), "key": entry.key} for entry in allowed]
    current = max((item["url"] for item in items if _holds(item["url"], path)), key=len, default=None)
    return [{**item, "current": item["url"] == current} for item in items]


def _may_use(entry: Entry, user: Any) -> bool:
    """Whether the entry is for everybody, or for a right this person holds."""
    return entry.right == SIGNED_IN or user.has_right(entry.right) or user.has_right(entry.or_right)


def _holds(url: str, path: str) -> bool:
    """Whether the page lies at or below the entry; below the start page lies nothing."""
    return path == url or (url != "/" and path.startswith(url))
