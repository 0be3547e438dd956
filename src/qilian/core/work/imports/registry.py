"""The sheets of this process, and the verb that each applies row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from qilian.core.house.forms.api import Value
from qilian.core.house.principal import Principal
from qilian.core.papers.sheets.api import Line, Report, Sheet
from qilian.core.values.text import Ref, Refusal, Text


class Apply(Protocol):
    """Applies one row inside the transaction of all; refuses like any verb, touches nothing but the database."""

    def __call__(self, *, actor: Principal, values: Mapping[str, Value]) -> None:
        """Apply the typed values of a row."""


class Bulk(Protocol):
    """Checks and applies a whole file at once, set by set: for sheets of which files hold very many rows."""

    def check(self, *, actor: Principal, lines: Iterable[Line]) -> Report:
        """Check all rows, header first, and leave no trace; the report needs no ready rows."""

    def apply(self, *, actor: Principal, lines: Iterable[Line], subject: Ref) -> int:
        """Apply all rows inside the caller's transaction, checked anew; `subject` is the import. Return how many."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet and its verb: of one row, or of the whole file."""

    sheet: Sheet
    apply: Apply | None = None
    bulk: Bulk | None = None


_entries: dict[str, Entry] = {}


def register_sheet(sheet: Sheet, apply: Apply) -> None:
    """Let people bring a sheet; the same one twice is harmless. TypeError for a wrong sheet or a taken slug."""
    _register(Entry(sheet, apply))


def register_bulk_sheet(sheet: Sheet, bulk: Bulk) -> None:
    """Let people bring a sheet whose files are checked and applied as a whole; TypeError as for `register_sheet`."""
    _register(Entry(sheet, bulk=bulk))


def _register(entry: Entry) -> None:
    sheet = entry.sheet
    problems = sheet.problems()
    if problems:
        raise TypeError(f"sheet {sheet.slug}: {'; '.join(problems)}")
    if _entries.setdefault(sheet.slug, entry).sheet != sheet:
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


def is_bulk(slug: str) -> bool:
    """Whether files of a sheet are applied as a whole, by the worker."""
    return entry_named(slug).bulk is not None


def sheets() -> tuple[Sheet, ...]:
    """Return all sheets in the order of registration."""
    return tuple(entry.sheet for entry in _entries.values())
