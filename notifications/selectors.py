"""Questions about messages and the outbox."""

from typing import Any

from django.db.models import QuerySet

from notifications.models import InboxMessage, OutboxMessage


def inbox_of(user: Any) -> QuerySet[InboxMessage]:
    """The person's own messages, newest first."""
    return InboxMessage.objects.filter(recipient=user)


def unread_count(user: Any) -> int:
    """How many of the person's messages were not opened yet."""
    return inbox_of(user).filter(read_at=None).count()


def parked() -> QuerySet[OutboxMessage]:
    """Effects given up after the last try: each needs a person."""
    return OutboxMessage.objects.filter(state=OutboxMessage.State.PARKED)
