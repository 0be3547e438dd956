"""Addresses of notices."""

from django.urls import path

from . import pages

app_name = "notices"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("reading", pages.reading, name="read-all"),
    path("preferences", pages.preferences, name="preferences"),
    path("undelivered/", pages.dead, name="dead"),
    path("undelivered/<int:number>/", pages.dead_record, name="dead-record"),
    path("undelivered/<int:number>/retry", pages.retrying, name="retry"),
    path("<slug:code>/", pages.record, name="record"),
    path("<slug:code>/reading", pages.reading, name="read"),
]
