"""Background work of the cases. Running it twice, or at the same time, does no harm."""

import logging

from celery import shared_task

from cases import audit, drafts, idempotency
from cases.services import evidence

log = logging.getLogger("huxin.files")


@shared_task(name="cases.tasks.anchor")
def anchor() -> None:
    """The heads of the records that moved stand in the anchor file."""
    audit.anchor()


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    """Drafts and idempotency keys older than seven days are gone."""
    drafts.sweep()
    idempotency.sweep()


@shared_task(name="cases.tasks.sweep_files")
def sweep_files() -> None:
    """Files that no row knows are gone; rows without their file are named in the log."""
    swept = evidence.sweep_files()
    for public_id in swept.missing:
        log.error("evidence_file_missing", extra={"attachment": str(public_id)})
