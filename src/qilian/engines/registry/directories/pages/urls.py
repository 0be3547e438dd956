"""Addresses below a directory."""

from django.urls import path

from . import forms, lists, records

app_name = "directories"
urlpatterns = [
    path("", lists.directory_list, name="list"),
    path("criteria/", lists.criteria, name="criteria"),
    path("map/", lists.by_division, name="map"),
    path("admission/", forms.admission, name="admission"),
    path("entries/<str:code>/", records.entry_page, name="entry"),
    path("entries/<str:code>/<slug:deed>/", forms.deed_form, name="deed"),
]
