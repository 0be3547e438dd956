"""Addresses of the coverage."""

from django.urls import path

from . import pages

app_name = "coverage"
urlpatterns = [
    path("coverage/", pages.overview, name="overview"),
    path("coverage/systems/", pages.systems, name="systems"),
    path("<pack:pack>/", pages.pack_page, name="pack"),
]
