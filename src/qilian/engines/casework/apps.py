"""Casework as a Django app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """One app for all parts of casework."""

    name = "qilian.engines.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
