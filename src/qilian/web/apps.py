"""The web floor as a Django app: it owns no tables."""

from django.apps import AppConfig

from .house import register_parts


class WebConfig(AppConfig):
    """Registers the parts of the house when all tables are known."""

    name = "qilian.web"
    label = "web"

    def ready(self) -> None:
        """Let every part and pack present itself."""
        register_parts()
