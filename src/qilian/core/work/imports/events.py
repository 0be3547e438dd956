"""What happens to imports, as facts; the rows themselves stand in the facts of the verbs that they call."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type(
    "core.import.checked",
    title=Text("导入试算", "Import checked"),
    dimensions=("sheet",),
    measures=("rows", "problems"),
)
@dataclass(frozen=True, slots=True)
class ImportChecked:
    """A file was brought and its dry run is done."""

    sheet: str
    sha256: str
    rows: int
    problems: int


@event_type("core.import.applied", title=Text("导入完成", "Import applied"), dimensions=("sheet",), measures=("rows",))
@dataclass(frozen=True, slots=True)
class ImportApplied:
    """All rows of a file were applied in one transaction."""

    sheet: str
    sha256: str
    rows: int
