"""Public interface of the audit room."""

__all__ = []
