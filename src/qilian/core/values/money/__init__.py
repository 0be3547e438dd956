"""Money: integer fen with a currency; shares are Decimal with a declared rounding; no float ever."""

from .kernel import Money, allocate, share

__all__ = ["Money", "allocate", "share"]
