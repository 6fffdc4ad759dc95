from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("案件")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from calendars.services import after_change
        from cases import checks, recompute, triggers  # noqa: F401  checks register themselves

        triggers.connect()
        after_change(recompute.after_calendar_change)
