"""Legal aid."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalAidConfig(AppConfig):
    name = "legal_aid"
    verbose_name = _("法律援助")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The time limits of this app are in the catalogue."""
        from calendars import catalogue
        from legal_aid import deadlines

        catalogue.register(deadlines.RULES)
