"""The web floor as a Django app: it owns no tables."""

from django.apps import AppConfig

from .house import furnish


class WebConfig(AppConfig):
    """Furnishes the house when all tables are known."""

    name = "qilian.web"
    label = "web"

    def ready(self) -> None:
        """Let every part and pack present itself."""
        furnish()
