from django.urls import path

from config.help import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("start-list/", views.mark, name="mark"),
    path("<str:view_name>/", views.page, name="page"),
]
