"""The face of regular expressions: safe to run on patterns that users write."""

from .machine import PatternError, TooComplex, matches, replace, split

__all__ = ["PatternError", "TooComplex", "matches", "replace", "split"]
