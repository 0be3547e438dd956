"""Public interface of regular expressions: safe to run on patterns that users write."""

from .machine import PatternError, Steps, TooComplex, TooLarge, matches, replace, split

__all__ = ["PatternError", "Steps", "TooComplex", "TooLarge", "matches", "replace", "split"]
