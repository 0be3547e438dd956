"""The rules of banking: which line is which transfer, what is left between bank and book, whose name may be shown."""

from .matching import WINDOW_DAYS, Matching, Pair, Suggestion, match, words_of
from .names import is_organisation
from .reconciling import Difference, Reconciliation, reconcile
from .sides import Side, folded
from .sums import Group

__all__ = [
    "WINDOW_DAYS",
    "Difference",
    "Group",
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
