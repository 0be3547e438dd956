"""Public interface of importing: nothing but the event; files come by the page of imports."""

from .events import PartiesImported
from .services import SHEET

__all__ = ["SHEET", "PartiesImported"]
