"""The rules of banking: which line is which transfer, what is left between bank and book, whose name may be shown."""

from .matching import WINDOW_DAYS, Matching, Pair, Side, Suggestion, folded, match, words_of
from .names import is_organisation
from .reconciling import Difference, Reconciliation, reconcile

__all__ = [
    "WINDOW_DAYS",
    "Difference",
    "Matching",
    "Pair",
    "Reconciliation",
    "Side",
    "Suggestion",
    "folded",
    "is_organisation",
    "match",
    "reconcile",
    "words_of",
]
