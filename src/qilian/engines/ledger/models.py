"""All tables of the ledger, gathered from its parts for Django."""

__all__: list[str] = []
