"""Background work of the cases. Running it twice, or at the same time, does no harm."""

from celery import shared_task

from cases import audit, drafts, idempotency


@shared_task(name="cases.tasks.anchor")
def anchor() -> None:
    """The heads of the records that moved stand in the anchor file."""
    audit.anchor()


@shared_task(name="cases.tasks.sweep")
def sweep() -> None:
    """Drafts and idempotency keys older than seven days are gone."""
    drafts.sweep()
    idempotency.sweep()
