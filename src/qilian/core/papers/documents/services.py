"""Issue, set and revoke documents."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from qilian.core.log.events.api import emit, event_type
from qilian.core.log.outbox.api import later
from qilian.core.log.proofs.api import swear
from qilian.core.papers.series.api import next_number
from qilian.core.rights.grants.api import Principal, Scope, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

from .kernel import DocumentNumber, Sheet, printable
from .models import Document


@event_type("core.document.issued", title=Text("签发文件", "Document issued"), dimensions=("agency",))
@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """A document was issued; its number is empty when it bears none."""

    number: str
    agency: str
    title: str


@event_type("core.document.set", title=Text("文件排版完成", "Document set"))
@dataclass(frozen=True, slots=True)
class DocumentSet:
    """The PDF of a document was made; from now on anybody can compare his copy. `signed_by` is empty without a key."""

    sha256: str
    signed_by: str


@event_type("core.document.revoked", title=Text("撤销文件", "Document revoked"))
@dataclass(frozen=True, slots=True)
class DocumentRevoked:
    """A document was revoked, with its reason."""

    why: str


@transaction.atomic
def issue(
    *, actor: Principal, sheet: Sheet, unit: str, agency: str = "", subject: str = "", public: bool = True
) -> Document:
    """Issue a document: take the next number of the agency's year, if it bears one, and have it set by the worker.

    Needs the grant `documents.issue` for the unit. Numbers have no gap: the number is taken in the transaction that
    issues, under the lock of its series (GB/T 9704-2012 7.2.5).
    """
    require(actor, "documents.issue", Scope(unit=unit))
    number = _next_number(agency, clock.today().year) if agency else None
    words = printable(sheet)
    title = words.title[:200]
    data = words.as_data() | {"number": str(number or ""), "dated": words.dated or _date(clock.today())}
    document = Document.objects.create(
        agency=agency,
        year=number.year if number else None,
        serial=number.serial if number else None,
        title=title,
        subject=subject,
        unit=unit,
        data=data,
        public=public,
        issued_at=clock.now(),
        issued_by=actor.ref,
    )
    swear(document, actor=actor)
    emit(DocumentIssued(str(number or ""), agency, title), actor=actor, subject=ref(document), unit=unit)
    later("documents.typeset", document=document.pk)
    return document


@transaction.atomic
def record_set(*, actor: Principal, document: Document, sha256: str, signed_by: str = "") -> Document:
    """Remember the PDF of a document and who signed it, once; a second setting of the document changes nothing."""
    row = Document.objects.select_for_update().get(pk=document.pk)
    if row.file:
        return row
    row.file, row.signed_by = sha256, signed_by
    row.save(update_fields=["file", "signed_by"])
    swear(row, actor=actor, only=("file", "signed_by"))
    emit(DocumentSet(sha256, signed_by), actor=actor, subject=ref(row), unit=row.unit)
    return row


@transaction.atomic
def revoke(*, actor: Principal, document: Document, why: str) -> Document:
    """Revoke a document for a reason; its number is never used again and its page says so.

    Refusals: `grants.denied`, `documents.revoked` (already), `documents.why` (no reason).
    """
    row = Document.objects.select_for_update().get(pk=document.pk)
    require(actor, "documents.revoke", Scope(unit=row.unit))
    if row.revoked_at:
        raise Refusal(
            "documents.revoked", Text("这份文件已经撤销。", "This document is already revoked."), where=row.code
        )
    if not why.strip():
        raise Refusal("documents.why", Text("请写明撤销的理由。", "Give the reason for revoking."), where="why")
    row.revoked_at, row.revoked_why = clock.now(), why.strip()
    row.save(update_fields=["revoked_at", "revoked_why"])
    swear(row, actor=actor, only=("revoked_at", "revoked_why"))
    emit(DocumentRevoked(row.revoked_why), actor=actor, subject=ref(row), unit=row.unit)
    return row


def ref(document: Document) -> Ref:
    """Return the reference of a document."""
    return Ref("core.document", document.code)


def _date(day: date) -> str:
    """Write a day as documents do: in full, months and days without leading zero (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _next_number(agency: str, year: int) -> DocumentNumber:
    first = DocumentNumber(agency, year, 1)  # refuses a wrong agency code before a series is opened
    return DocumentNumber(agency, year, next_number(f"documents:{first.agency}", year))
