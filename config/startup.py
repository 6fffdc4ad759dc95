"""The gate every long-running process passes: web, worker and beat alike."""

import logging

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

log = logging.getLogger("huxin.startup")


def refuse_weak_configuration() -> None:
    """Returns when the configuration may serve; raises ImproperlyConfigured naming every weak setting otherwise.

    A hardened profile (production) does not start with a warning either. What asks the database about its content
    comes last, when it is known to answer and to be migrated.
    """
    _refuse(checks.run_checks(include_deployment_checks=settings.HARDENED))
    try:
        _refuse(checks.run_checks(tags=[checks.Tags.database], databases=[DEFAULT_DB_ALIAS]))
    finally:
        connections.close_all()  # processes forked from here on must not inherit an open connection


def _refuse(messages: list[checks.CheckMessage]) -> None:
    level = checks.WARNING if settings.HARDENED else checks.ERROR
    refused = [message for message in messages if message.level >= level and not message.is_silenced()]
    for message in refused:
        log.critical("start_refused", extra={"check": message.id, "reason": str(message.msg)})
    if refused:
        named = "; ".join(f"{message.id} {message.msg}" for message in refused)
        raise ImproperlyConfigured(f"The site does not start: {named}")
