"""Addresses of tokens."""

from django.urls import path

from . import pages

app_name = "tokens"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("new/", pages.making, name="make"),
    path("<slug:code>/revocation", pages.revoking, name="revoke"),
]
