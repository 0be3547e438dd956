"""The built-in functions of FEEL, by family, declared with the signatures of the standard."""

from . import contexts, conversion, lists, moments, numbers, ranges, strings
from .declare import BUILTINS

__all__ = ["BUILTINS", "contexts", "conversion", "lists", "moments", "numbers", "ranges", "strings"]
