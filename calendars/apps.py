"""Working days and time limits."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "calendars"
    verbose_name = _("工作日历")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lamps speak the reader's language; calendar and rule settings are read once per request."""
        from django.core.signals import request_finished, request_started
        from django.utils.translation import gettext

        from calendars import lamps, memo

        lamps.speak(gettext)
        request_started.connect(memo.begin, dispatch_uid="calendars.memo")
        request_finished.connect(memo.end, dispatch_uid="calendars.memo")
