"""All addresses of the site."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("agencies.urls")),
    path("messages/", include("notifications.urls")),
    path("admin/", admin.site.urls),
]
for app, prefix in (
    ("cases", ""),
    ("inspection", ""),
    ("documents", "documents/"),
    ("calendars", "calendars/"),
    ("reports", "reports/"),
):
    if find_spec(f"{app}.urls") and find_spec(f"{app}.views"):
        urlpatterns.append(path(prefix, include(f"{app}.urls")))

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
