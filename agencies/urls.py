from django.urls import path

from agencies import login_views

app_name = "agencies"
urlpatterns = [
    path("login/", login_views.sign_in, name="login"),
    path("logout/", login_views.sign_out, name="logout"),
    path("password/", login_views.change_password, name="password"),
    path("language/", login_views.choose_language, name="language"),
]
