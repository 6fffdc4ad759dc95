"""The queue carries JSON only and is not open to the network."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

from config.checks.findings import TAG, Findings, weak


@register(TAG, deploy=True)
def queue_is_closed(**_options: Any) -> list[Error]:
    """Nobody else can put work into the queue, and what lies there cannot be code."""
    return [*_open_redis(), *_code_in_messages()]


def _open_redis() -> Findings:
    address = urlsplit(settings.REDIS_URL)
    if address.hostname and not address.password and not is_loopback(address.hostname):
        yield weak(60, "REDIS_URL", "Redis on another machine needs a password")


def is_loopback(host: str) -> bool:
    """Whether the name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _code_in_messages() -> Findings:
    if set(settings.CELERY_ACCEPT_CONTENT) != {"json"}:
        yield weak(61, "CELERY_ACCEPT_CONTENT", "JSON only")
    if settings.CELERY_TASK_SERIALIZER != "json" or settings.CELERY_RESULT_SERIALIZER != "json":
        yield weak(61, "CELERY_TASK_SERIALIZER", "JSON only")
    if "Pickle" in settings.SESSION_SERIALIZER:
        yield weak(62, "SESSION_SERIALIZER", "JSON only")
    if not (settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_REJECT_ON_WORKER_LOST):
        yield weak(63, "CELERY_TASK_ACKS_LATE", "a task of a killed worker would be lost")
