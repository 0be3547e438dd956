"""Every built-in function by its name."""

from . import contexts, conversion, lists, moments, numbers, ranges, strings
from .declare import BUILTINS

FAMILIES = (contexts, conversion, lists, moments, numbers, ranges, strings)

__all__ = ["BUILTINS", "FAMILIES"]
