"""Background work of the cases. Running it twice, or at the same time, does no harm."""

import logging

from celery import shared_task

from calendars.services import begin_settings
from cases import audit, drafts, idempotency, presence
from cases.services import evidence

log = logging.getLogger("huxin.files")


@shared_task(name="cases.tasks.anchor")
def anchor() -> None:
    """The heads of the records that moved stand in the anchor file."""
    audit.anchor()


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    """Drafts and idempotency keys older than seven days are gone, and who had a case open more than a minute ago."""
    drafts.sweep()
    idempotency.sweep()
    presence.sweep()


@shared_task(name="cases.tasks.begin_settings")
def begin_rule_settings() -> None:
    """Running clocks hold what the rules give that the office set for today or before."""
    begin_settings()


@shared_task(name="cases.tasks.sweep_files")
def sweep_files() -> None:
    """Files that no row knows are gone; rows without their file are named in the log."""
    swept = evidence.sweep_files()
    for public_id in swept.missing:
        log.error("evidence_file_missing", extra={"attachment": str(public_id)})
