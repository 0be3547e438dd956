"""Addresses of the coverage."""

from django.urls import path

from . import pages

app_name = "coverage"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("systems/", pages.systems, name="systems"),
    path("<slug:slug>/", pages.section, name="section"),
]
