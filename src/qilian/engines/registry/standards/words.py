"""How standards speak: states, titles, filters."""

from datetime import date

from qilian.core.house.pages import Colour, Filter, Status
from qilian.core.values import clock
from qilian.core.values.text import Text

from .kernel.codes import is_mandatory
from .kernel.life import STATES, STATUSES
from .models import Adoption, Standard
from .queries import in_status, term_of

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


def title(row: Standard) -> Text:
    """A standard's title; where nobody gave an English one, the Chinese."""
    return Text(row.title, row.title_en or row.title)


def binding(row: Standard) -> Text:
    """Whether a standard must be followed, by its number."""
    return Text("强制", "Mandatory") if is_mandatory(row.number) else Text("推荐", "Recommended")


def standard_filters() -> tuple[Filter, ...]:
    """How a catalogue is narrowed."""
    today, statuses = clock.today(), tuple(STATUSES.items())
    return (
        Filter("words", Text("名称", "Title"), lambda rows, value: rows.filter(title__icontains=value)),
        Filter("number", NUMBER, lambda rows, value: rows.filter(number__icontains=value)),
        Filter("status", Text("状态", "State"), lambda rows, value: in_status(rows, value, today), statuses),
    )


ADOPTION_FILTERS = (
    Filter("words", Text("主体", "Party"), lambda rows, value: rows.filter(party__name__icontains=value)),
    Filter("state", Text("状态", "State"), lambda rows, value: rows.filter(state=value), tuple(STATES.items())),
)
