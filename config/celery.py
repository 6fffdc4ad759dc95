"""The Celery application: work outside the request."""

import logging.config
import os
import sys
from typing import Any

from celery import Celery, signals
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.profile import settings_module
from config.startup import refuse_weak_configuration

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or settings_module()

app = Celery("huxin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()  # for every thread, not only the one that imported this

REFUSED = 3


@signals.setup_logging.connect
def use_our_logging(**_options: Any) -> None:
    """The worker and beat log as the site does."""
    logging.config.dictConfig(settings.LOGGING)


@signals.worker_init.connect
@signals.beat_init.connect
def check_before_work(**_options: Any) -> None:
    """Worker and beat end with exit code 3 on weak configuration. (Celery swallows plain exceptions here.)"""
    try:
        refuse_weak_configuration()
    except ImproperlyConfigured as refusal:
        sys.stderr.write(f"{refusal}\n")
        raise SystemExit(REFUSED) from None
