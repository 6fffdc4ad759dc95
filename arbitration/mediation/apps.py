"""Labour mediation: a kind of case of its own beside arbitration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediationConfig(AppConfig):
    name = "arbitration.mediation"
    label = "mediation"
    verbose_name = _("劳动争议调解")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The procedure and the papers of this kind are known to the site; its time limits are arbitration's."""
        from arbitration.mediation import documents, workflow  # noqa: F401  documents register their contents
        from cases.workflow import registry

        registry.register(workflow.MEDIATION)
