"""Rows that change and yet are covered: each verb that writes them lays the hashes of their columns into the log."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Field, Model

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import Event, emit, event_type, plain
from qilian.core.values.merkle.api import canonical_json
from qilian.core.values.text import Ref, Text

from .coverage import Wrong

_TYPE = "core.rows.sworn"
_LETTERS = 16  # of a column's hash: 64 bits, and whoever changes a row would have to meet them in a sealed event
_CHANGED = Text("与日志中记下的不同。", "Not what the log holds of it.")
_GONE = Text("日志里有这一行，表里没有。", "The log has this row, the table does not.")
_UNTOLD = Text("日志里没有这一行。", "The log has nothing of this row.")
Marks = dict[str, str]


@event_type(_TYPE, title=Text("记下数据行的摘要", "Hashes of rows laid down"), dimensions=("table",))
@dataclass(frozen=True, slots=True)
class RowsSworn:
    """What rows of a table held after a verb: of each row, by its key, a hash of every column."""

    table: str
    rows: Mapping[str, Mapping[str, str]]


def swear(*rows: Model, actor: Principal) -> None:
    """Lay down what rows hold, in the transaction that wrote them; they are read again, so that the table speaks.

    Columns that a model names in `unsworn` are left out: sealed personal values, whose bytes change with their key.
    """
    tables: dict[type[Model], list[object]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row.pk)
    for model, keys in tables.items():
        found = model._default_manager.filter(pk__in=keys).order_by("pk")
        table = model._meta.db_table
        body = RowsSworn(table, {str(row.pk): _marks(row) for row in found})
        emit(body, actor=actor, subject=Ref("core.rows", table))


def sworn_differences(models: Sequence[type[Model]]) -> Iterator[Wrong]:
    """Yield the rows of some tables that are not what was laid down of them last: changed, gone, or put in.

    Rows that are older than the first one that was laid down are of a version that did not do so, and pass.
    """
    last: dict[str, dict[int, Marks]] = {model._meta.db_table: {} for model in models}
    for event in Event.objects.filter(type=_TYPE).order_by("pk").iterator(500):
        if event.data["table"] in last:
            last[event.data["table"]].update({int(key): marks for key, marks in event.data["rows"].items()})
    for model in models:
        yield from _in_table(model, last[model._meta.db_table])


def _in_table(model: type[Model], sworn: dict[int, Marks]) -> Iterator[Wrong]:
    table, first = model._meta.db_table, min(sworn, default=0)
    for row in model._default_manager.order_by("pk").iterator(500):
        told = sworn.pop(row.pk, None)
        if told is None:
            yield from [Wrong(_named(row), f"{table}.id", _UNTOLD)] if first and row.pk > first else []
            continue
        marks = _marks(row)
        for name in sorted({*told, *marks}):
            if told.get(name) != marks.get(name):
                yield Wrong(_named(row), f"{table}.{name}", _CHANGED)
    yield from (Wrong(str(key), f"{table}.id", _GONE) for key in sorted(sworn))


def _marks(row: Model) -> Marks:
    return {field.attname: _mark(row, field) for field in row._meta.concrete_fields if _is_covered(row, field)}


def _is_covered(row: Model, field: "Field[object, object]") -> bool:
    return not field.primary_key and field.name not in getattr(row, "unsworn", ())


def _mark(row: Model, field: "Field[object, object]") -> str:
    """The hash of a column of a row, with table, key and name before it, so that nothing passes for its neighbour."""
    place = [row._meta.db_table, str(row.pk), _named(row), field.attname]
    said = canonical_json([*place, plain(getattr(row, field.attname))])
    return hashlib.sha256(said).hexdigest()[:_LETTERS]


def _named(row: Model) -> str:
    return str(getattr(row, "code", row.pk))
