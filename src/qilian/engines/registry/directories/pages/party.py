"""What directories say of a party on its own page."""

from collections.abc import Sequence

from qilian.core.house.pages import Column, Section, Table
from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.directories.queries import directory_at, entries_of_party
from qilian.engines.registry.parties.api import Party

from .words import TITLE, entry_url, status

_SHOWN = 50


def of_party(party: Party, _reader: Principal) -> Sequence[Section]:
    """The directories that a party stands in, or is a holder in: what is public, the latest first."""
    rows, today = list(entries_of_party(party)[:_SHOWN]), clock.today()
    columns = (
        Column("directory", TITLE, lambda row: directory_at(row.offer).title, url=entry_url),
        Column("number", Text("编号", "Number"), lambda row: row.number, "code"),
        Column("name", Text("条目", "Entry"), lambda row: row.name),
        Column("grade", Text("等级", "Grade"), _grade),
        Column("until", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date"),
        Column("state", Text("状态", "State"), lambda row: status(row, today), "status"),
    )
    return [Section(TITLE, "directories", Table(columns, rows))] if rows else []


def _grade(row: DirectoryEntry) -> Text | None:
    return directory_at(row.offer).grade_title(row.grade) if row.grade else None
