"""Labour mediation and arbitration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArbitrationConfig(AppConfig):
    name = "arbitration"
    verbose_name = _("仲裁调解")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The time limits of this app are in the catalogue."""
        from arbitration import deadlines
        from calendars import catalogue

        catalogue.register(deadlines.RULES)
