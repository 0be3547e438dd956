"""Addresses of one's own mail address."""

from django.urls import path

from . import pages

app_name = "signup"
urlpatterns = [
    path("email/", pages.address, name="address"),
    path("email/sent/", pages.address_sent, name="address-sent"),
    path("email/confirmation/", pages.address_confirmation, name="address-confirm"),
]
