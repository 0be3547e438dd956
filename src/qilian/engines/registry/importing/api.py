"""Public interface of importing: nothing but the event; files come by the page of imports."""

__all__ = []
