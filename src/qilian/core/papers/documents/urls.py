"""Addresses of documents."""

from django.urls import path

from . import pages

app_name = "documents"
urlpatterns = [
    path("", pages.entry, name="entry"),
    path("<slug:code>/", pages.record, name="record"),
    path("<slug:code>/comparison", pages.comparison, name="comparison"),
    path("<slug:code>/pdf", pages.pdf, name="pdf"),
    path("<slug:code>/revocation", pages.revocation, name="revocation"),
]
