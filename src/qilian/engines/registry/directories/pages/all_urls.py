"""The address of all directories."""

from django.urls import path

from .lists import index

app_name = "registry"
urlpatterns = [path("directories/", index, name="directories")]
