"""The address of all grades."""

from django.urls import path

from .pages import index

urlpatterns = [path("grades/", index, name="registry-grades")]
