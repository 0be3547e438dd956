"""Addresses of locked accounts."""

from django.urls import path

from . import pages

app_name = "signin"
urlpatterns = [
    path("", pages.locked, name="locked"),
    path("<slug:code>/unlocking", pages.unlocking, name="unlock"),
]
