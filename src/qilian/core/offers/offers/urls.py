"""Addresses below an offer of any kind."""

from django.urls import path

from . import pages

app_name = "offers"
urlpatterns = [
    path("<offer:offer>/opening/", pages.opening, name="opening"),
    path("<offer:offer>/closing/", pages.closing, name="closing"),
]
