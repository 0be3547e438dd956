"""How standards speak on pages."""

from datetime import date

from django.utils.timezone import localdate

from qilian.core.house.pages import Colour, Column, Filter, Status
from qilian.core.values.text import Text
from qilian.engines.registry.standards.kernel.codes import is_mandatory
from qilian.engines.registry.standards.kernel.life import STATES, STATUSES
from qilian.engines.registry.standards.models import Adoption, Standard
from qilian.engines.registry.standards.queries import in_status, term_of

TITLE = Text("标准", "Standards")
NUMBER = Text("编号", "Number")
RECALLED = Text("据记忆写下，待核对", "From memory, to be verified")
VERIFIED = Text("已核对", "Verified")
_COLOURS: dict[str, Colour] = {"current": "green", "upcoming": "blue", "abolished": "grey"}
_STATE_COLOURS: dict[str, Colour] = {"declared": "amber", "conforming": "green", "failing": "red", "withdrawn": "grey"}


def status(row: Standard, today: date) -> Status:
    """Whether a standard is in force on a day, in a word."""
    found = term_of(row).status(today)
    return Status(STATUSES[found], _COLOURS[found])


def state(row: Adoption) -> Status:
    """Where an adoption stands, in a word."""
    return Status(STATES[row.state], _STATE_COLOURS[row.state])


def standard_url(row: Standard) -> str:
    """Where a standard stands."""
    return f"/{row.offer}/items/{row.code}/"


def adoption_url(row: Adoption) -> str:
    """Where a declaration stands."""
    return f"/{row.standard.offer}/adoptions/{row.code}/"


def title(row: Standard) -> Text:
    """A standard's title; where nobody gave an English one, the Chinese."""
    return Text(row.title, row.title_en or row.title)


def standard_columns(today: date, *, of_laws: bool) -> tuple[Column, ...]:
    """The columns of a catalogue."""
    return (
        Column("number", NUMBER, lambda row: row.number, "code", url=standard_url, sort="number"),
        Column("title", Text("名称", "Title"), title, sort="title"),
        *(() if of_laws else (Column("binding", Text("性质", "Force"), _binding),)),
        Column("status", Text("状态", "State"), lambda row: status(row, today), "status"),
        Column("effective", Text("实施日", "In force from"), lambda row: row.effective, "date", sort="effective"),
        Column("replaces", Text("代替", "Replaces"), lambda row: row.replaces),
        Column("replaced_by", Text("被代替", "Replaced by"), lambda row: row.replaced_by),
        Column("adopters", Text("采用主体", "Adopters"), lambda row: row.adopters, "number", sort="adopters"),
        Column("checked", Text("核对", "Verified"), lambda row: VERIFIED if row.checked else RECALLED),
    )


def standard_filters(today: date) -> tuple[Filter, ...]:
    """How a catalogue is narrowed."""
    return (
        Filter("words", Text("名称", "Title"), lambda rows, value: rows.filter(title__icontains=value)),
        Filter("number", NUMBER, lambda rows, value: rows.filter(number__icontains=value)),
        Filter(
            "status",
            Text("状态", "State"),
            lambda rows, value: in_status(rows, value, today),
            tuple(STATUSES.items()),
        ),
    )


def adoption_columns(*, with_standard: bool) -> tuple[Column, ...]:
    """The columns of a list of declarations."""
    number = Column("number", Text("标准", "Standard"), lambda row: row.standard.number, "code")
    return (
        Column("party", Text("主体", "Party"), lambda row: row.party.name, url=adoption_url, sort="party__name"),
        *((number,) if with_standard else ()),
        Column("state", Text("状态", "State"), state, "status"),
        Column("statement", Text("声明", "Statement"), lambda row: row.statement),
        Column(
            "declared", Text("声明日期", "Declared"), lambda row: localdate(row.declared_at), "date", sort="declared_at"
        ),
        Column("checked", Text("核查日期", "Checked"), _checked_on, "date", sort="checked_at"),
    )


def _checked_on(row: Adoption) -> date | None:
    return localdate(row.checked_at) if row.checked_at else None


def _binding(row: Standard) -> Text:
    return Text("强制", "Mandatory") if is_mandatory(row.number) else Text("推荐", "Recommended")
