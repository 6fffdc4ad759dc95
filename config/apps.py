from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = _("系统")

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers them


class ReferenceDataAdminConfig(AdminConfig):
    default_site = "config.admin_site.ReferenceDataSite"
