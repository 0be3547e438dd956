"""The address of all grades."""

from django.urls import path

from . import lists

urlpatterns = [path("grades/", lists.index, name="registry-grades")]
