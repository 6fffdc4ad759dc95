from django.urls import path

from arbitration.hearings import views

app_name = "hearings"
urlpatterns = [
    path("", views.week_page, name="week"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("roster.pdf", views.roster, name="roster"),
    path("<uuid:public_id>.ics", views.hearing_file, name="hearing_file"),
    path("cases/<uuid:public_id>/times/", views.times, name="times"),
]
