"""Addresses of second factors."""

from django.urls import path

from . import pages

app_name = "factors"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("check/", pages.check, name="check"),
    path("app/", pages.app, name="app"),
    path("passkeys/new/", pages.passkey, name="passkey"),
    path("codes", pages.codes, name="codes"),
    path("<slug:code>/removal", pages.removing, name="remove"),
]
