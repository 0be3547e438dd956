"""Addresses below a grade."""

from django.urls import path

from . import forms, lists, sheets

app_name = "grades"
urlpatterns = [
    path("", lists.results, name="list"),
    path("method/", lists.method_page, name="method"),
    path("methods/", lists.versions, name="methods"),
    path("methods/new/", forms.proposal, name="proposal"),
    path("methods/<int:version>/", lists.version_page, name="version"),
    path("methods/<int:version>/decision/", forms.decision, name="decision"),
    path("results/new/", forms.running, name="run"),
    path("results/<str:code>/", sheets.sheet, name="sheet"),
    path("results/<str:code>/<slug:deed>/", forms.deed_form, name="deed"),
]
