"""Reading documents."""

from django.db.models import QuerySet

from qilian.core.values.text import Refusal, Text

from .kernel import DocumentNumber
from .models import Document


def by_code(code: str) -> Document:
    """Return the document with a public code; Refusal `documents.unknown` (HTTP 404)."""
    found = Document.objects.filter(code=code.strip().lower()).first()
    if found is None:
        raise _unknown(code)
    return found


def find(written: str) -> Document:
    """Return the document that a person names by its public code or its number; Refusal `documents.unknown`."""
    text = written.strip()
    if "〔" not in text:
        return by_code(text)
    number = DocumentNumber.parse(text)
    found = Document.objects.filter(agency=number.agency, year=number.year, serial=number.serial).first()
    if found is None:
        raise _unknown(text)
    return found


def about(subject: str) -> QuerySet[Document]:
    """Return the documents about a subject, newest first."""
    return Document.objects.filter(subject=subject).order_by("-issued_at", "-pk")


def number_of(document: Document) -> str:
    """Return the written number of a document, empty when it bears none."""
    if document.year is None or document.serial is None:
        return ""
    return str(DocumentNumber(document.agency, document.year, document.serial))


def _unknown(written: str) -> Refusal:
    message = Text(f"没有“{written}”这份文件。", f"There is no document “{written}”.")
    remedy = Text("请核对文件下方的验证码或发文字号。", "Check the code below the document, or its number.")
    return Refusal("documents.unknown", message, where="document", remedy=remedy)
