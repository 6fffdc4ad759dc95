"""All addresses of the site."""

from django.urls import include, path

from config import styleguide_views

urlpatterns = [
    path("", include("cases.urls")),
    path("", include("agencies.urls")),
    path("inspection/", include("inspection.urls")),
    path("arbitration/", include("arbitration.urls")),
    path("hearings/", include("arbitration.hearings.urls")),
    path("mediation/", include("arbitration.mediation.urls")),
    path("legal-aid/", include("legal_aid.urls")),
    path("documents/", include("documents.urls")),
    path("reports/", include("reports.urls")),
    path("time-limits/", include("calendars.urls")),
    path("messages/", include("notifications.urls")),
    path("help/", include("config.help.urls")),
    path("styleguide/", styleguide_views.show, name="styleguide"),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
