"""Addresses of regions."""

from django.urls import path

from .pages import region_list

app_name = "regions"
urlpatterns = [path("", region_list, name="list")]
