"""The relay as background tasks. Running them twice, or at the same time, does no harm."""

import logging

from celery import shared_task

from notifications import outbox, selectors
from notifications.waker import send

log = logging.getLogger("huxin.outbox")


@shared_task(name="notifications.tasks.relay")
def relay() -> None:
    """What is due now was attempted; when the time did not suffice, another run is asked for."""
    outbox.run_due()
    if outbox.is_due():
        send()


@shared_task(name="notifications.tasks.sweep")
def sweep() -> None:
    """The same, once a minute, without anybody asking; and says so when effects lie parked."""
    relay()
    if waiting := selectors.parked().count():
        log.error("outbox_has_parked", extra={"count": waiting})
