"""Addresses of files."""

from django.urls import path

from . import pages

app_name = "files"
urlpatterns = [
    path("unused/", pages.unused_list, name="unused"),
    path("unused/<slug:sha256>/", pages.unused_record, name="unused-record"),
    path("unused/<slug:sha256>/discarding", pages.discarding, name="discard"),
    path("<slug:code>/", pages.opened, name="open"),
]
