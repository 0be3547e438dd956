"""Addresses of sessions."""

from django.urls import path

from . import pages

app_name = "sessions"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("others/ending", pages.ending_others, name="end-others"),
    path("people/<slug:code>/ending", pages.ending_of, name="end-of"),
    path("<slug:code>/ending", pages.ending, name="end"),
]
