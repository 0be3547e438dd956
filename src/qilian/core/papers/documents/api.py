"""Public interface of documents."""

from .kernel import DocumentNumber, Sheet, TableBlock, sheet_of, verify
from .models import Document
from .queries import about, find, number_of
from .services import issue, ref, revoke

__all__ = [
    "Document",
    "DocumentNumber",
    "Sheet",
    "TableBlock",
    "about",
    "find",
    "issue",
    "number_of",
    "ref",
    "revoke",
    "sheet_of",
    "verify",
]
