"""Labour mediation and arbitration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArbitrationConfig(AppConfig):
    name = "arbitration"
    verbose_name = _("仲裁调解")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The time limits and the procedure of this app are known to the site."""
        from arbitration import deadlines, documents, workflow  # noqa: F401  documents register their contents
        from calendars import catalogue
        from cases.workflow import registry

        catalogue.register(deadlines.RULES)
        registry.register(workflow.ARBITRATION)
