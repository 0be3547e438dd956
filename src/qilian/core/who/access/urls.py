"""Addresses of access."""

from django.urls import path

from .pages import emergencies, rights

app_name = "access"
urlpatterns = [
    path("", rights.listed, name="list"),
    path("new/", rights.giving, name="give"),
    path("people/<slug:code>/", rights.person, name="person"),
    path("emergencies/", emergencies.listed, name="emergencies"),
    path("emergencies/new/", emergencies.breaking, name="break"),
    path("emergencies/<slug:code>/", emergencies.record, name="emergency"),
    path("emergencies/<slug:code>/ending", emergencies.ending, name="end"),
    path("emergencies/<slug:code>/review", emergencies.reviewing, name="review"),
    path("<slug:code>/", rights.record, name="record"),
    path("<slug:code>/revocation", rights.taking, name="revoke"),
]
