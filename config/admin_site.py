"""Django's admin, for reference data only. Signing in and passwords stay on the one page that counts attempts."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from agencies.rights import Right
from config.backends import REFERENCE_APPS


class ReferenceDataSite(AdminSite):
    site_title = site_header = index_title = _("基础数据")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only models of `REFERENCE_APPS`: Django's own are left out, and a case has no second way in."""
        models: list[Any] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        )
        ours = [model for model in models if not model.__module__.startswith(("django.", "guardian."))]
        if strangers := [model.__name__ for model in ours if model._meta.app_label not in REFERENCE_APPS]:
            raise ImproperlyConfigured(f"not reference data: {', '.join(strangers)}")
        super().register(ours, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person administers the system; ``is_staff`` plays no part."""
        return request.user.is_authenticated and request.user.has_right(Right.MANAGE_SYSTEM)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect(settings.LOGIN_URL)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("agencies:password")
