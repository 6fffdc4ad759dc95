from django.urls import path

from arbitration.mediation import views

app_name = "mediation"
urlpatterns = [
    path("requests/new/", views.register, name="register"),
    path("cases/<uuid:public_id>/table/", views.table, name="table"),
]
