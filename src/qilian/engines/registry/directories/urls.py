"""The address of all directories."""

from django.urls import path

from .pages import index

app_name = "registry"
urlpatterns = [path("directories/", index, name="directories")]
