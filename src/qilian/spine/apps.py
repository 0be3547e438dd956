"""The spine as a Django app."""

from django.apps import AppConfig


class SpineConfig(AppConfig):
    """One app for the plan, supervision, projects and assessment."""

    name = "qilian.spine"
    label = "spine"
    default_auto_field = "django.db.models.BigAutoField"
