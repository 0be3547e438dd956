"""Addresses of linked identities."""

from django.urls import path

from . import pages

app_name = "provider"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("link/", pages.linking, name="link"),
    path("<slug:code>/removal", pages.removing, name="remove"),
]
