"""Reading items: what is in force on a day, its versions, and a version's text as the kernel reads it."""

from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from qilian.core.offers.packs.api import offer_at, offers
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.casework.procedures.api import Procedure, read_procedure

from .models import ItemVersion
from .offering import Item


def item_at(path: str) -> Item:
    """The declared item at a path; Refusal `casework.item.unknown` (404)."""
    try:
        return offer_at(path, Item)
    except KeyError:
        message = Text(f"没有“{path}”这个事项。", f"There is no item “{path}”.")
        raise Refusal("casework.item.unknown", message, where=path) from None


def called_path(name: str) -> str:
    """The path of an item that a procedure calls, by its path or its own name; "" for none."""
    return next((each for each in offers("procedure") if each == name or each.endswith(f"/{name}")), "")


def versions_of(path: str) -> QuerySet[ItemVersion]:
    """All versions of an item, the latest first."""
    return ItemVersion.objects.filter(offer=path).select_related("proposed_by", "decided_by").order_by("-version")


def version_numbered(path: str, number: int) -> ItemVersion:
    """A version by its number; Refusal `casework.item_version.unknown` (404)."""
    row = versions_of(path).filter(version=number).first()
    if row is None:
        message = Text(f"没有第 {number} 版。", f"There is no version {number}.")
        raise Refusal("casework.item_version.unknown", message, where=str(number))
    return row


def version_in_force(path: str, day: date) -> ItemVersion | None:
    """The published version that is in force on a day."""
    return versions_of(path).filter(state="approved", valid_from__lte=day).order_by("-valid_from", "-version").first()


def version_ref(row: ItemVersion) -> Ref:
    """A version as the subject of events."""
    return Ref("casework.item_version", row.code)


def procedure_of(row: ItemVersion) -> Procedure:
    """What the text of a version says; read once, since it never changes."""
    return _read(row.digest, row.text)


def declared_procedure(path: str) -> Procedure:
    """What the pack's own file says of an item."""
    return _read(path, item_at(path).text)


def procedure_at(path: str, day: date) -> Procedure:
    """What is in force on a day, else what the pack declares."""
    row = version_in_force(path, day)
    return procedure_of(row) if row else declared_procedure(path)


@lru_cache(maxsize=256)
def _read(_digest: str, text: str) -> Procedure:
    return read_procedure(text)
