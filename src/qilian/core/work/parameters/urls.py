"""Addresses of parameters."""

from django.urls import path

from .pages import decision_form, parameter_list, parameter_page, proposal_form, withdrawal

app_name = "parameters"
urlpatterns = [
    path("", parameter_list, name="list"),
    path("values/<str:code>/decision/", decision_form, name="decision"),
    path("values/<str:code>/withdrawal/", withdrawal, name="withdrawal"),
    path("<str:key>/", parameter_page, name="parameter"),
    path("<str:key>/proposal/", proposal_form, name="proposal"),
]
