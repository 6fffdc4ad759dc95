from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "agencies"
    verbose_name = _("机构与人员")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The district's lists of codes are read once per request."""
        from django.core.signals import request_finished, request_started

        from agencies import code_lists

        request_started.connect(code_lists.begin, dispatch_uid="agencies.code_lists")
        request_finished.connect(code_lists.end, dispatch_uid="agencies.code_lists")
