"""Delivery of a message beyond the site. So far: one file each in ``OUTBOX_SINK``, for trials and tests."""

import json
import os
from pathlib import Path

from django.conf import settings

from notifications import outbox
from notifications.models import InboxMessage
from notifications.services import DELIVER


@outbox.handler(DELIVER)
def deliver(payload: outbox.Payload) -> None:
    """The message was delivered on every channel that is set up. Repeating it changes nothing."""
    message = InboxMessage.objects.select_related("recipient").get(pk=payload["message"])
    if settings.OUTBOX_SINK:
        write_to_sink(message, settings.OUTBOX_SINK)


def write_to_sink(message: InboxMessage, folder: Path) -> None:
    """The folder holds one complete file for the message, named by its id."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "id": message.pk,
        "recipient": message.recipient.get_username(),
        "kind": message.kind,
        "key": message.key,
        "title": message.title,
        "url": message.url,
    }
    unfinished = folder / f".{message.pk}.{os.getpid()}"
    unfinished.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(folder / f"{message.pk}.json")
