"""Housekeeping of the site itself."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="config.tasks.clear_sessions")
def clear_sessions() -> None:
    """Sessions that have expired are gone from the database."""
    call_command("clearsessions")
