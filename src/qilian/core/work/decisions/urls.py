"""Addresses of decisions."""

from django.urls import path

from qilian.core.offers.resource.api import forms

from .pages.bringing import bringing
from .pages.comparing import comparison
from .pages.editing import editing
from .pages.trying import case_form, case_removal, trial
from .reading import decision_list, decision_page, download, version_page
from .resource import VERSIONS

app_name = "decisions"
urlpatterns = [
    path("", decision_list, name="list"),
    path("cases/<str:code>/removal", case_removal, name="removal"),
    path("versions/<str:code>/", version_page, name="version"),
    *forms(VERSIONS),
    path("<str:key>/table.<str:form>", download, name="download"),
    path("<str:key>/", decision_page, name="decision"),
    path("<str:key>/trial", trial, name="trial"),
    path("<str:key>/editing", editing, name="editing"),
    path("<str:key>/file", bringing, name="file"),
    path("<str:key>/comparison", comparison, name="comparison"),
    path("<str:key>/cases", case_form, name="case"),
]
