"""How directories speak: states, kept attributes, filters."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from qilian.core.house.forms.api import Value
from qilian.core.house.pages import Filter, Status
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.regions.api import prefectures

from .kernel.life import EXPIRED, STATES
from .models import DirectoryEntry
from .offering import Directory
from .queries import directory_at, in_force, overdue, status_of

TITLE = Text("名录", "Directories")
IDENTIFIER = Text("统一社会信用代码", "Unified code")
HIDDEN = Text("未公开", "Not public")
_COLOURS = {"admitted": "grey", "listed": "green", "suspended": "amber", "exited": "grey"}


def status(row: DirectoryEntry, today: date) -> Status:
    """Where an entry stands on a day, in a word."""
    if status_of(row).expired(today):
        return Status(EXPIRED, "red")
    return Status(STATES[row.state], _COLOURS[row.state])  # type: ignore[arg-type] # the table's words are colours


def kept(shape: Directory, attributes: Mapping[str, str]) -> dict[str, Value]:
    """Kept attributes as a form shows them: choices one by one."""
    several = {spec.name for spec in shape.attributes if spec.kind == "choices"}
    return {
        name: tuple(each for each in value.split(",") if each) if name in several else value
        for name, value in attributes.items()
    }


def filters(path: str, *, official: bool) -> tuple[Filter, ...]:
    """How a directory's list is narrowed."""
    shape, today = directory_at(path), clock.today()
    states = [(state, title) for state, title in STATES.items() if official or state != "admitted"]
    over = [("expired", EXPIRED)] if shape.months else []
    chosen = [spec for spec in shape.attributes if spec.kind == "choice" and spec.name in shape.shown]
    grades = [(step.slug, step.title) for step in shape.grades]
    return (
        Filter("words", Text("名称", "Name"), lambda rows, value: rows.filter(name__icontains=value)),
        *((_by("grade", Text("等级", "Grade"), grades),) if grades else ()),
        *(_by(f"attributes__{spec.name}", spec.label, spec.choices, name=spec.name) for spec in chosen),
        *((_in_division(),) if shape.mapped else ()),
        Filter("state", Text("状态", "State"), lambda rows, value: _in_state(rows, value, today), [*states, *over]),
    )


def _by(column: str, title: Text, choices: Sequence[tuple[str, Text]], *, name: str = "") -> Filter:
    return Filter(name or column, title, lambda rows, value: rows.filter(**{column: value}), choices)


def _in_state(rows: Any, value: str, today: date) -> Any:
    if value == "expired":
        return overdue(rows, today)
    return in_force(rows, today) if value == "listed" else rows.filter(state=value)


def _in_division() -> Filter:
    title = Text("市（州）", "Prefecture")
    return Filter("region", title, lambda rows, value: rows.filter(region__startswith=value[:4]), prefectures())
