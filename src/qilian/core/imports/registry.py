"""The sheets of this process, and the verb that each applies row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from qilian.core.forms.api import Value
from qilian.core.principal import Principal
from qilian.core.sheets.api import Sheet
from qilian.core.text import Refusal, Text


class Apply(Protocol):
    """Applies one row inside the transaction of all; refuses like any verb, touches nothing but the database."""

    def __call__(self, *, actor: Principal, values: Mapping[str, Value]) -> None:
        """Apply the typed values of a row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet and its verb."""

    sheet: Sheet
    apply: Apply


_entries: dict[str, Entry] = {}


def register_sheet(sheet: Sheet, apply: Apply) -> None:
    """Let people bring a sheet; the same one twice is harmless. TypeError for a wrong sheet or a taken slug."""
    problems = sheet.problems()
    if problems:
        raise TypeError(f"sheet {sheet.slug}: {'; '.join(problems)}")
    if _entries.setdefault(sheet.slug, Entry(sheet, apply)).sheet != sheet:
        raise TypeError(f"sheet {sheet.slug} is registered twice")


def entry_named(slug: str) -> Entry:
    """Return a registered sheet with its verb; Refusal `imports.unknown` (HTTP 404)."""
    found = _entries.get(slug)
    if found is None:
        message = Text(f"没有“{slug}”这种导入表。", f"There is no sheet “{slug}”.")
        remedy = Text("请从导入页面选择。", "Choose one on the page of imports.")
        raise Refusal("imports.unknown", message, where="sheet", remedy=remedy)
    return found


def sheet_named(slug: str) -> Sheet:
    """Return a registered sheet; Refusal `imports.unknown` (HTTP 404)."""
    return entry_named(slug).sheet


def sheets() -> tuple[Sheet, ...]:
    """Return all sheets in the order of registration."""
    return tuple(entry.sheet for entry in _entries.values())
