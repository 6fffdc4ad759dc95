from django.urls import path

from calendars import rule_views, views

app_name = "calendars"
urlpatterns = [
    path("calculator/", views.calculator, name="calculator"),
    path("rules/", views.rules, name="rules"),
    path("rules/<str:code>/", rule_views.rule_page, name="rule"),
    path("calendar/", views.this_year, name="calendar"),
    path("calendar/history/", views.history, name="history"),
    path("calendar/<int:year>/", views.show_year, name="year"),
    path("calendar/<int:year>/edit/", views.edit_year, name="edit_year"),
]
