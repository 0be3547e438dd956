"""Public interface of bank messages: each reader yields the vocabulary of `ledger.bankcheck`."""

from .kernel import as_utf8, looks_like_mt940, read_camt, read_mt940

__all__ = ["as_utf8", "looks_like_mt940", "read_camt", "read_mt940"]
