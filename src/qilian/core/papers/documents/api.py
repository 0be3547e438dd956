"""Public interface of documents."""

from .kernel import DocumentNumber, Sheet, TableBlock, Verdict, sheet_of, verify
from .models import Document
from .queries import about, by_code, find, number_of
from .services import issue, record_set, ref, revoke

__all__ = [
    "Document",
    "DocumentNumber",
    "Sheet",
    "TableBlock",
    "Verdict",
    "about",
    "by_code",
    "find",
    "issue",
    "number_of",
    "record_set",
    "ref",
    "revoke",
    "sheet_of",
    "verify",
]
