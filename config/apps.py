from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = _("系统")

    def ready(self) -> None:
        from calendars.services import after_change, after_setting
        from config import change_log, checks  # noqa: F401  checks register themselves

        after_change(change_log.calendar_changed)
        after_setting(change_log.rule_set)
