"""Addresses of ratings."""

from django.urls import path

from . import forms, reading

app_name = "ratings"
urlpatterns = [
    path("", reading.everybody, name="list"),
    path("flags/", reading.flags, name="flags"),
    path("flags/<str:code>/", reading.flag, name="flag"),
    path("flags/<str:code>/finding/", forms.settling, name="settle"),
    path("parties/<str:code>/new/", forms.rating_form, name="new"),
    path("<str:code>/", reading.rating, name="rating"),
    path("<str:code>/<slug:deed>/", forms.deed_form, name="deed"),
]
