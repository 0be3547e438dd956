"""The address of all sets of standards."""

from django.urls import path

from .pages import index

app_name = "registry-standards"
urlpatterns = [path("standards/", index, name="all")]
