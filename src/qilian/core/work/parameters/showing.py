"""Values as pages show them."""

from collections.abc import Callable, Mapping
from typing import Any

from qilian.core.house.pages import Status
from qilian.core.rules.dmn.api import Table
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.core.work.approvals.api import STATES

from .kernel import Dated, Value
from .models import Parameter, ParameterValue
from .queries import held_of

PUBLISHED = Status(Text("已公布", "Published"), "green")


def shown(parameter: Parameter, value: Value) -> Any:
    """A value for a cell or a fact: numbers with their unit, tables by their number of rows or rules."""
    if isinstance(value, Table):
        rules = len(value.shape.rules)
        return Text(f"{rules} 条规则", f"{rules} rules" if rules != 1 else "1 rule")
    if isinstance(value, tuple):
        return Text(f"{len(value)} 行", f"{len(value)} rows" if len(value) != 1 else "1 row")
    if parameter.unit and not isinstance(value, Money):
        return f"{value:,} {parameter.unit}" if isinstance(value, int) else f"{value} {parameter.unit}"
    return value


_words: dict[str, Callable[[], Mapping[str, Text]]] = {}


def name_words(words: Mapping[str, Callable[[], Mapping[str, Text]]]) -> None:
    """Say what the columns and words of tables are called, by parameter and by the word that the table holds."""
    _words.update(words)


def word_in(key: str, written: Any) -> Any:
    """A column or a cell of a parameter's table as people call it; as it is written where nobody said so."""
    return _words[key]().get(written, written) if key in _words and isinstance(written, str) else written


def heading(key: str, column: str) -> Text:
    """The head of a column of a parameter's table."""
    found = word_in(key, column)
    return found if isinstance(found, Text) else Text(column, column)


def holds(row: ParameterValue) -> bool:
    """Whether a value holds or will hold."""
    return row.state == "approved" and row.superseded_at is None


def state_of(row: ParameterValue) -> Status:
    """Where a value stands: what is approved is published until another supersedes it."""
    if row.superseded_at is not None:
        return Status(Text("已被取代", "Superseded"), "grey")
    if row.state != "approved":
        return STATES[row.state]
    later = row.valid_from > clock.today()
    return Status(Text("将生效", "Begins later"), "blue") if later else PUBLISHED


def title_of(row: Parameter) -> Text:
    """What a parameter is called."""
    return Text(row.title_zh, row.title_en)


def of_today(show: Callable[[Parameter, Dated], Any]) -> Callable[[Parameter], Any]:
    """What is known of the value of today; None where none holds."""

    def found(row: Parameter) -> Any:
        held = held_of(row)
        return show(row, held) if held else None

    return found
