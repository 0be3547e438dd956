"""Addresses of the inbox."""

from django.urls import path

from . import pages

app_name = "inbox"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("<slug:code>/", pages.item, name="item"),
    path("<slug:code>/claim", pages.take, name="claim"),
]
