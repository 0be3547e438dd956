"""The address of a look at a personal value."""

from django.urls import path

from .pages import look

app_name = "privacy"
urlpatterns = [path("<str:kind>/<slug:code>/<slug:field>/", look, name="look")]
