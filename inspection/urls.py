from django.urls import path

from inspection import views

app_name = "inspection"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("registered/<uuid:public_id>/", views.registered, name="registered"),
]
