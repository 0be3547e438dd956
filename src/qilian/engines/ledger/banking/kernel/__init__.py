"""The rules of banking: how statements are read and checked, matched and brought to zero; how orders are written."""

from .amounts import read_amount, read_day
from .camt import read_camt
from .checking import LINES_MAX, Checking, Wanted
from .csvfile import currency_of, read_statement_csv
from .identity import Prints
from .matching import WINDOW_DAYS, Matching, Pair, Side, Suggestion, folded, match, words_of
from .names import is_organisation
from .orders import Order, check_order, clean_account, write_batch
from .reading import Claim, Entry, Passed
from .reconciling import Difference, Reconciliation, reconcile

__all__ = [
    "LINES_MAX",
    "WINDOW_DAYS",
    "Checking",
    "Claim",
    "Difference",
    "Entry",
    "Matching",
    "Order",
    "Pair",
    "Passed",
    "Prints",
    "Reconciliation",
    "Side",
    "Suggestion",
    "Wanted",
    "check_order",
    "clean_account",
    "currency_of",
    "folded",
    "is_organisation",
    "match",
    "read_amount",
    "read_camt",
    "read_day",
    "read_statement_csv",
    "reconcile",
    "words_of",
    "write_batch",
]
