"""Django's admin, for reference data only. Signing in and passwords stay on the one page that counts
attempts.
"""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from agencies.rights import Right


class ReferenceDataSite(AdminSite):
    site_title = site_header = index_title = _("基础数据")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person administers the system; ``is_staff`` plays no part."""
        return request.user.is_authenticated and request.user.has_right(Right.MANAGE_SYSTEM)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect(settings.LOGIN_URL)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("agencies:password")
