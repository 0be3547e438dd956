"""Addresses of watching."""

from django.urls import path

from . import pages

app_name = "watching"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("<path:subject>/beginning", pages.beginning, name="beginning"),
    path("<path:subject>/removal", pages.removal, name="removal"),
]
