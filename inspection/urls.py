from django.urls import path

from inspection import bundle_views, clue_views, incident_views, task_views
from inspection import registration_views as views

app_name = "inspection"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/hints/", views.show_hints, name="hints"),
    path("register/employers/", views.suggest_employers, name="suggest_employers"),
    path("register/projects/", views.suggest_projects, name="suggest_projects"),
    path("registered/last-receipt/", views.last_receipt, name="last_receipt"),
    path("registered/<uuid:public_id>/", views.registered, name="registered"),
    path("registered/<uuid:public_id>/form/", views.form_to_sign, name="form_to_sign"),
    path("registered/<uuid:public_id>/particulars/", views.particulars, name="particulars"),
    path("incidents/<uuid:public_id>/", incident_views.incident, name="incident"),
    path("bundles/<uuid:public_id>/", bundle_views.case_bundles, name="bundles"),
    path("bundles/<uuid:public_id>/<uuid:bundle>/", bundle_views.bundle_file, name="bundle"),
    path("tasks/", task_views.task_list_page, name="tasks"),
    path("tasks/<uuid:public_id>/", task_views.task_page, name="task"),
    path("tasks/<uuid:public_id>/files/", task_views.task_upload, name="task_upload"),
    path("tasks/<uuid:public_id>/files/<uuid:paper>/", task_views.task_file, name="task_file"),
    path(
        "tasks/<uuid:public_id>/files/<uuid:paper>/inline/",
        task_views.task_file_inline,
        name="task_file_inline",
    ),
    path("clues/", clue_views.clue_list, name="clues"),
    path("clues/search/", clue_views.clue_search, name="clue_search"),
    path("clues/new/", clue_views.clue_new, name="clue_new"),
    path("clues/<uuid:public_id>/", clue_views.clue_page, name="clue"),
    path("clues/<uuid:public_id>/numbers/", clue_views.clue_reveal, name="clue_reveal"),
    path("clues/<uuid:public_id>/edit/", clue_views.clue_edit, name="clue_edit"),
    path("clues/<uuid:public_id>/steps/<slug:step>/", clue_views.clue_step, name="clue_step"),
]
