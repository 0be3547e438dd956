"""All tables of the ledger, gathered from its parts for Django."""

from qilian.engines.ledger.book.models import Account, Asset, Batch, Hold, Holding, Restraint, Transfer

__all__ = ["Account", "Asset", "Batch", "Hold", "Holding", "Restraint", "Transfer"]
