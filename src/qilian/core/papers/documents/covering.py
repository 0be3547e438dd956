"""Issued documents held against the log: whoever writes into the table makes no forged file genuine."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.db.models import QuerySet

from qilian.core.log.events.api import Event
from qilian.core.log.proofs.api import Wrong, sworn_differences
from qilian.core.values.text import Ref, Text

from .models import Document
from .queries import number_of

TITLE: Final = Text("签发的文件", "Issued documents")
_KIND: Final = "core.document"
_DIFFERS = Text("与日志中的事实不符。", "Not as the event in the log says.")
_UNTOLD = Text("日志里没有签发它的事实。", "The log has no event of its issue.")
_LACKS = Text("日志里有，表里没有。", "The log has it, the table does not.")
Facts = Mapping[str, Mapping[str, str]]


def differences() -> Iterator[Wrong]:
    """Yield what of the documents is not as the log says: each by its code, with the column that was changed."""
    told: dict[str, dict[str, Mapping[str, str]]] = {}
    for subject, kind, data in _events().values_list("subject", "type", "data").iterator():
        told.setdefault(subject.partition(":")[2], {})[kind.rpartition(".")[2]] = data
    for document in Document.objects.order_by("pk").iterator():
        yield from _compared(document, told.pop(document.code, {}))
    yield from (Wrong(code, "document", _LACKS) for code in sorted(told))
    rows = sworn_differences((Document,))
    yield from (wrong for wrong in rows if not wrong.field.endswith(".id"))  # gone or put in: told above


def differing(document: Document) -> list[Wrong]:
    """What of one document is not as the log says; nothing where it can be trusted."""
    events = _events().filter(subject=str(Ref(_KIND, document.code)))
    facts = {kind.rpartition(".")[2]: data for kind, data in events.values_list("type", "data")}
    return list(_compared(document, facts))


def _events() -> QuerySet[Event]:
    return Event.objects.filter(type__in=[f"{_KIND}.{word}" for word in ("issued", "set", "revoked")]).order_by("pk")


def _compared(document: Document, told: Facts) -> Iterator[Wrong]:
    issued = told.get("issued")
    if issued is None:
        yield Wrong(document.code, "document", _UNTOLD)
        return
    made, revoked = told.get("set", {}), told.get("revoked")
    pairs = {
        "number": (number_of(document), issued["number"]),
        "agency": (document.agency, issued["agency"]),
        "title": (document.title, issued["title"]),
        "file": (document.file, made.get("sha256", "")),
        "signed_by": (document.signed_by, made.get("signed_by", "")),
        "revoked_at": (document.revoked_at is not None, revoked is not None),
        "revoked_why": (document.revoked_why, (revoked or {}).get("why", "")),
    }
    yield from (Wrong(document.code, name, _DIFFERS) for name, (has, should) in pairs.items() if has != should)
