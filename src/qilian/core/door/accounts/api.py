"""Public interface of accounts: nothing but its page."""

from .pages import TITLE

__all__ = ["TITLE"]
