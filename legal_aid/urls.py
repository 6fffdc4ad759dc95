from django.urls import path

from legal_aid import registry_views, views

app_name = "legal_aid"
urlpatterns = [
    path("applications/new/", views.register, name="register"),
    path("applications/<uuid:public_id>/means/", views.means, name="means"),
    path("applications/<uuid:public_id>/assignment/", views.assignment, name="assignment"),
    path("cases/<uuid:public_id>/consent/", views.consent, name="consent"),
    path("firms/", registry_views.firms, name="firms"),
    path("firms/new/", registry_views.firm_new, name="firm_new"),
    path("firms/<uuid:public_id>/", registry_views.firm, name="firm"),
    path("rates/", registry_views.rates, name="rates"),
]
