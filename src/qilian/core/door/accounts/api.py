"""Public interface of accounts: nothing but its page."""

__all__ = []
