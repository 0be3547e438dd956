"""Addresses of credit records."""

from django.urls import path

from . import forms, reading

app_name = "credit"
urlpatterns = [
    path("", reading.shown, name="list"),
    path("all/", reading.everything, name="all"),
    path("new/", forms.recording, name="new"),
    path("<str:code>/", reading.record, name="record"),
    path("<str:code>/<slug:deed>/", forms.deed_form, name="deed"),
]
