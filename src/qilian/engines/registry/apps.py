"""The registry as a Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """One app for all parts of the registry."""

    name = "qilian.engines.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
