"""Addresses of the figures."""

from django.urls import path

from reports import check_views, definition_views, views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("definition/", definition_views.definition, name="definition"),
    path("definitions/", definition_views.definitions, name="definitions"),
    path("check/", check_views.check, name="check"),
    path("figures.json", check_views.figures, name="figures"),
    path("<slug:indicator>/<slug:part>/", views.cases, name="cases"),
    path("<slug:indicator>/<slug:part>/export/", check_views.export, name="export"),
]
