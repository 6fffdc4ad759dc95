"""Wage-arrears complaints."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    name = "inspection"
    verbose_name = _("欠薪投诉")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The time limits and the procedure of this app are known to the site."""
        from calendars import catalogue
        from cases.workflow import registry
        from inspection import clues, deadlines, documents, workflow  # noqa: F401  documents register their contents

        catalogue.register(deadlines.RULES)
        registry.register(workflow.INSPECTION)
        registry.register(clues.CLUE)
