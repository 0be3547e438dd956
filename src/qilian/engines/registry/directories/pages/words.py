"""How directories speak on pages: states, attributes, divisions, columns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from qilian.core.house.forms.api import FieldSpec, read
from qilian.core.house.pages import Column, Filter, Status
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.regions.api import regions
from qilian.engines.registry.directories.kernel.life import EXPIRED, STATES
from qilian.engines.registry.directories.models import DirectoryEntry
from qilian.engines.registry.directories.offering import Directory
from qilian.engines.registry.directories.queries import in_force, overdue, standing_of

TITLE = Text("名录", "Directories")
HIDDEN = Text("未公开", "Not public")
_YES, _NO = Text("是", "Yes"), Text("否", "No")
_YEAR = 4  # digits
_COLOURS = {"admitted": "grey", "listed": "green", "suspended": "amber", "exited": "grey"}


def status(row: DirectoryEntry, today: date) -> Status:
    """Where an entry stands on a day, in a word."""
    if standing_of(row).expired(today):
        return Status(EXPIRED, "red")
    return Status(STATES[row.state], _COLOURS[row.state])  # type: ignore[arg-type] # the table's words are colours


def division_names() -> Mapping[str, Text]:
    """The names of all divisions by code: one query."""
    return {row.code: Text(row.name, row.en or row.name) for row in regions() if len(row.code) == 6}


def division_choices(names: Mapping[str, Text]) -> tuple[tuple[str, Text], ...]:
    """Divisions to choose from: those inside another one are set off below it."""
    return tuple((code, name if code.endswith("00") else _inset(name)) for code, name in names.items())


def shown(spec: FieldSpec, written: str) -> Any:
    """A kept attribute as a page shows it: the title of a choice, a number, money, a day.

    A whole number whose bounds both have four digits is a year: its digits are not set in groups.
    """
    if not written:
        return None
    titles = dict(spec.choices)
    if spec.kind == "choices":
        parts = [titles.get(value, Text(value, value)) for value in written.split(",")]
        return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    if spec.kind == "choice":
        return titles.get(written, written)
    if spec.kind == "boolean":
        return _YES if written == "yes" else _NO
    if spec.kind == "integer" and len(spec.low) == len(spec.high) == _YEAR:
        return written
    try:
        return read(spec, written)
    except Refusal:  # the declaration changed after the entry was written: what was written stays readable
        return written


def columns(shape: Directory, names: Mapping[str, Text], *, official: bool) -> tuple[Column, ...]:
    """The columns of a directory's list."""
    today = clock.today()
    number = Column("number", Text("编号", "Number"), lambda row: row.number, "code", sort="number")
    name = Column(
        "name",
        Text(shape.noun.zh, shape.noun.en[:1].upper() + shape.noun.en[1:]),
        lambda row: row.name,
        url=lambda row: entry_url(row),
        sort="name",
    )
    code = shape.identifier or Text("统一社会信用代码", "Unified code")
    return (
        number,
        name,
        Column("identifier", code, lambda row: row.identifier, "code", sort="identifier"),
        *((_grade(shape),) if shape.grades else ()),
        *(_attribute(spec) for spec in shape.attributes if spec.name in shape.shown),
        *((_region(names),) if shape.mapped else ()),
        *(
            (Column("until", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date", sort="valid_to"),)
            if shape.months
            else ()
        ),
        Column("state", Text("状态", "State"), lambda row: status(row, today), "status", sort="state"),
        *(
            (Column("public", Text("公开", "Public"), lambda row: _YES if row.published else HIDDEN),)
            if official
            else ()
        ),
    )


def filters(shape: Directory, names: Mapping[str, Text], *, official: bool) -> tuple[Filter, ...]:
    """How a directory's list is narrowed."""
    today = clock.today()
    places = [(code, name) for code, name in names.items() if code.endswith("00") and not code.endswith("0000")]
    states = [(state, title) for state, title in STATES.items() if official or state != "admitted"]
    chosen = [spec for spec in shape.attributes if spec.kind == "choice" and spec.name in shape.shown]
    return (
        Filter("words", Text("名称", "Name"), lambda rows, value: rows.filter(name__icontains=value)),
        *((_by("grade", Text("等级", "Grade"), [(s.slug, s.title) for s in shape.grades]),) if shape.grades else ()),
        *(_by(f"attributes__{spec.name}", spec.label, spec.choices, name=spec.name) for spec in chosen),
        *((_in_division(places),) if shape.mapped and places else ()),
        Filter(
            "state",
            Text("状态", "State"),
            lambda rows, value: _in_state(rows, value, today),
            [*states, *([("expired", EXPIRED)] if shape.months else [])],
        ),
    )


def entry_url(row: DirectoryEntry) -> str:
    """Where an entry stands."""
    return f"/{row.offer}/entries/{row.code}/"


def _in_state(rows: Any, value: str, today: date) -> Any:
    if value == "expired":
        return overdue(rows, today)
    return in_force(rows, today) if value == "listed" else rows.filter(state=value)


def _by(field: str, title: Text, choices: Sequence[tuple[str, Text]], name: str = "") -> Filter:
    return Filter(name or field, title, lambda rows, value: rows.filter(**{field: value}), choices)


def _in_division(places: Sequence[tuple[str, Text]]) -> Filter:
    title = Text("市（州）", "Prefecture")
    return Filter("region", title, lambda rows, value: rows.filter(region__startswith=value[:4]), places)


def _grade(shape: Directory) -> Column:
    title = Text("等级", "Grade")
    return Column("grade", title, lambda row: shape.grade_title(row.grade) if row.grade else None, sort="grade")


def _region(names: Mapping[str, Text]) -> Column:
    return Column("region", Text("所在地", "Place"), lambda row: names.get(row.region, row.region), sort="region")


def _attribute(spec: FieldSpec) -> Column:
    kind = "number" if spec.kind in ("integer", "decimal", "money") else "date" if spec.kind == "date" else "text"
    unit = spec.unit or (Text("元", "CNY") if spec.kind == "money" else None)
    return Column(spec.name, spec.label, lambda row: shown(spec, row.attributes.get(spec.name, "")), kind, unit)  # type: ignore[arg-type] # one of the column kinds


def _inset(name: Text) -> Text:
    return Text(f"　{name.zh}", f"　{name.en}")
