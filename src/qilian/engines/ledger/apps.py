"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """One app for all parts of the ledger."""

    name = "qilian.engines.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
