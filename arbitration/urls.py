"""Addresses of arbitration."""

from django.urls import path

from arbitration import views

app_name = "arbitration"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("queue/", views.queue, name="queue"),
    path("<uuid:public_id>/claims/", views.claims, name="claims"),
]
