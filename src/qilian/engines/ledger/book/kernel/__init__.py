"""The rules of the book, pure: values in, decisions out."""

from . import restraining, serials
from .book import RESOLVED, Outcome, apply
from .codes import PASSED, SENTENCES, Code, refusal_of
from .content import (
    Content,
    Leaves,
    code_of,
    content_text,
    digest_of,
    fits,
    leaf_of,
    leaf_text,
    leaves_of,
    mark_of,
    root_of,
)
from .replay import Line, out_of_balance, replay
from .values import MOST, Account, Command, Hold, Kind, Piece, Row, Rule, Span, State, Totals

__all__ = [
    "MOST",
    "PASSED",
    "RESOLVED",
    "SENTENCES",
    "Account",
    "Code",
    "Command",
    "Content",
    "Hold",
    "Kind",
    "Leaves",
    "Line",
    "Outcome",
    "Piece",
    "Row",
    "Rule",
    "Span",
    "State",
    "Totals",
    "apply",
    "code_of",
    "content_text",
    "digest_of",
    "fits",
    "leaf_of",
    "leaf_text",
    "leaves_of",
    "mark_of",
    "out_of_balance",
    "refusal_of",
    "replay",
    "restraining",
    "root_of",
    "serials",
]
