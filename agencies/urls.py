from django.urls import path

from agencies import absence_views, body_views, list_views, login_views, people_views, settings_views

app_name = "agencies"
urlpatterns = [
    path("login/", login_views.sign_in, name="login"),
    path("logout/", login_views.sign_out, name="logout"),
    path("password/", login_views.change_password, name="password"),
    path("language/", login_views.choose_language, name="language"),
    path("settings/", settings_views.overview, name="settings"),
    path("settings/changes/", settings_views.change_log, name="changes"),
    path("settings/roles/", settings_views.roles, name="roles"),
    path("settings/people/", people_views.people_list, name="people"),
    path("settings/people/new/", people_views.add_person, name="person_new"),
    path("settings/people/<uuid:public_id>/", people_views.edit_person, name="person"),
    path("settings/people/<uuid:public_id>/password/", people_views.reset_password, name="person_password"),
    path("settings/people/<uuid:public_id>/deactivate/", people_views.deactivate, name="person_deactivate"),
    path("settings/people/<uuid:public_id>/activate/", people_views.activate, name="person_activate"),
    path("settings/people/<uuid:public_id>/unlock/", people_views.lift_lock, name="person_unlock"),
    path("settings/absences/", absence_views.absence_list, name="absences"),
    path("settings/absences/<int:pk>/cancel/", absence_views.cancel_absence, name="absence_cancel"),
    path("settings/agencies/", body_views.body_list, name="bodies"),
    path("settings/agencies/<slug:code>/", body_views.edit_body, name="body"),
    path("settings/lists/", list_views.lists, name="lists"),
    path("settings/lists/<slug:name>/", list_views.show_list, name="list"),
    path("settings/lists/<slug:name>/<str:code>/", list_views.edit_code, name="code"),
]
