"""Legal aid."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalAidConfig(AppConfig):
    name = "legal_aid"
    verbose_name = _("法律援助")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The time limits and the procedure of this app are known to the site."""
        from calendars import catalogue
        from cases.workflow import registry
        from legal_aid import deadlines, documents, workflow  # noqa: F401  documents register their contents

        catalogue.register(deadlines.RULES)
        registry.register(workflow.LEGAL_AID)
