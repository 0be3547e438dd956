"""Addresses of imports."""

from django.urls import path

from . import pages

app_name = "imports"
urlpatterns = [
    path("", pages.entry, name="entry"),
    path("sheets/<slug:slug>/", pages.bring, name="bring"),
    path("sheets/<slug:slug>/template", pages.empty_file, name="template"),
    path("runs/", pages.runs, name="runs"),
    path("runs/<slug:code>/", pages.record, name="record"),
    path("runs/<slug:code>/application", pages.application, name="application"),
]
