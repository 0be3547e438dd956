"""The address of all items."""

from django.urls import path

from .pages import catalogue

urlpatterns = [path("items/", catalogue, name="casework-items")]
