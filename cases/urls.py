from django.urls import path

from cases import evidence_views, views

app_name = "cases"
urlpatterns = [
    path("", views.home, name="home"),
    path("cases/", views.case_list, name="list"),
    path("cases/<uuid:public_id>/", views.case_page, name="detail"),
    path("cases/<uuid:public_id>/edit/", views.edit, name="edit"),
    path("cases/<uuid:public_id>/payments/", views.payments, name="payments"),
    path("cases/<uuid:public_id>/files/", evidence_views.files, name="files"),
    path("cases/<uuid:public_id>/files/<uuid:file>/", evidence_views.download, name="file"),
    path("cases/<uuid:public_id>/files/<uuid:file>/show/", evidence_views.file_page, name="file_page"),
    path("cases/<uuid:public_id>/files/<uuid:file>/inline/", evidence_views.inline, name="file_inline"),
    path("cases/<uuid:public_id>/files/<uuid:file>/remove/", evidence_views.remove, name="file_remove"),
    path("cases/<uuid:public_id>/steps/<slug:step>/", views.take_step, name="take_step"),
    path("search/", views.start_search, name="search"),
    path("search/<uuid:query>/", views.found, name="found"),
    path("drafts/<slug:form>/", views.save_draft, name="save_draft"),
    path("drafts/<slug:form>/drop/", views.drop_draft, name="drop_draft"),
    path("rules/", views.workflow_list, name="workflows"),
    path("rules/<slug:kind>/", views.workflow_page, name="workflow"),
]
