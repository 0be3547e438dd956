"""Addresses of clocks."""

from django.urls import path

from .pages import clock_list

app_name = "clocks"
urlpatterns = [path("", clock_list, name="list")]
