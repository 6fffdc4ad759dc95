"""Addresses of the figures."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("definition/", views.definition, name="definition"),
    path("<slug:indicator>/<slug:part>/", views.cases, name="cases"),
]
