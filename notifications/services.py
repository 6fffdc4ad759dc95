"""Messages to people."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from notifications import outbox
from notifications.models import InboxMessage

DELIVER = "deliver"


@transaction.atomic
def notify(*, recipient: Any, kind: str, title: str, url: str = "", key: str) -> InboxMessage:
    """The person has one message under that key, in their 消息 and on whatever channel delivers it further.

    Part of the caller's transaction. A second call with the same key changes nothing. ``url`` is a path of
    this site.
    """
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError("a message links into this site only")
    message, created = InboxMessage.objects.get_or_create(
        recipient=recipient,
        key=key,
        defaults={"kind": kind, "title": title, "url": url, "created_at": timezone.now()},
    )
    if created:
        outbox.put(DELIVER, str(message.pk), {"message": message.pk})
    return message


def mark_read(messages: QuerySet[InboxMessage]) -> int:
    """Those messages count as read; the time of the first reading stays. Returns how many were unread."""
    return messages.filter(read_at=None).update(read_at=timezone.now())
