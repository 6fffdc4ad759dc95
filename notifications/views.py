"""消息: what waits for one person. Everybody sees only their own."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from notifications import services
from notifications.selectors import inbox_of

PAGE_SIZE = 30


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The person's messages, newest first; ``?unread=1`` shows only the unread ones."""
    messages = inbox_of(request.user)
    unread_only = request.GET.get("unread") == "1"
    if unread_only:
        messages = messages.filter(read_at=None)
    page_obj = Paginator(messages, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/list.html", {"page_obj": page_obj, "unread_only": unread_only})


@require_POST
def read_one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The message counts as read; goes on to what it is about."""
    message = get_object_or_404(inbox_of(request.user), public_id=public_id)
    services.mark_read(inbox_of(request.user).filter(public_id=public_id))
    return redirect(message.url or "notifications:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Every message of the person counts as read."""
    services.mark_read(inbox_of(request.user))
    return redirect("notifications:list")


for view in (inbox, read_one, read_all):
    view.access_rule = "signed_in"  # type: ignore[attr-defined]  # the rule of entry, see config.route_rules
