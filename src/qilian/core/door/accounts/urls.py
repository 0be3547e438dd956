"""The address of one's own account."""

from django.urls import path

from .pages import mine

app_name = "accounts"
urlpatterns = [path("", mine, name="mine")]
