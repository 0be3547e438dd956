"""Public interface of fees: what an amount costs on a day, and what of it is given back."""

__all__ = []
