"""Public interface of the audit room."""

from .services import retry_job

__all__ = ["retry_job"]
