"""Core as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """One app for all rooms of core: borders between tables are drawn once, late and few (DESIGN 1)."""

    name = "qilian.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
