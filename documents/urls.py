from django.urls import path

from documents import batch_issue_views, batch_views, referral_views, views

app_name = "documents"
urlpatterns = [
    path("batch/", batch_views.batch, name="batch"),
    path("batch/issue/", batch_issue_views.issue_many, name="issue_many"),
    path("cases/<uuid:public_id>/", views.case_documents, name="case"),
    path("cases/<uuid:public_id>/new/<slug:kind>/", views.new, name="new"),
    path("cases/<uuid:public_id>/new/<slug:kind>/preview/", views.preview, name="preview"),
    path("cases/<uuid:public_id>/refer/", referral_views.refer, name="refer"),
    path("cases/<uuid:public_id>/refer/letters/", referral_views.preview_letters, name="refer_letters"),
    path("<uuid:public_id>/", views.show, name="show"),
    path("<uuid:public_id>/text/", views.text, name="text"),
    path("<uuid:public_id>/pdf/", views.pdf, name="pdf"),
    path("<uuid:public_id>/void/", views.void, name="void"),
]
