"""Rows that change and yet are covered: each verb that writes them lays the hashes of their columns into the log."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import Event, emit, event_type, plain
from qilian.core.values.merkle.api import canonical_json
from qilian.core.values.text import Ref, Refusal, Text

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
    """What rows of a table held after a verb: of each row, by its key, a hash of every column, or `only` of some."""

    table: str
    rows: Mapping[str, Mapping[str, str]]
    only: tuple[str, ...] = ()


def swear(*rows: Model, actor: Principal, only: Collection[str] = ()) -> None:
    """Lay down what rows hold, in the transaction that wrote them; they are read again, so that the table speaks.

    A verb that changes a few columns of a row that was there names them in `only` (as `attname`): the others stay what
    they were laid down as before, so that no verb takes on what somebody else wrote into them.

    Columns that a model names in `unsworn` are left out: sealed personal values, whose bytes change with their key. For
    them stands what the model's `sworn_instead` says, by column: a salted digest of the value.
    """
    tables: dict[type[Model], list[object]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row.pk)
    for model, keys in tables.items():
        found = model._default_manager.filter(pk__in=keys).order_by("pk")
        table = model._meta.db_table
        body = RowsSworn(table, {str(row.pk): _marks(row, only) for row in found}, tuple(sorted(only)))
        emit(body, actor=actor, subject=Ref("core.rows", table))


def sworn_differences(models: Sequence[type[Model]]) -> Iterator[Wrong]:
    """Yield the rows of some tables that are not what was laid down of them last: changed, gone, or put in.

    Rows that are older than the first one that was laid down whole are of a version that did not do so, and pass.
    """
    last: dict[str, dict[int, Marks]] = {model._meta.db_table: {} for model in models}
    whole: dict[str, set[int]] = {table: set() for table in last}
    for event in Event.objects.filter(type=_TYPE).order_by("pk").iterator(500):
        if event.data["table"] in last:
            for key, marks in event.data["rows"].items():
                last[event.data["table"]].setdefault(int(key), {}).update(marks)
                if not event.data.get("only"):
                    whole[event.data["table"]].add(int(key))
    for model in models:
        yield from _in_table(model, last[model._meta.db_table], whole[model._meta.db_table])


def refuse_changed(*rows: Model, code: str) -> None:
    """Let no verb go on with rows that somebody wrote into the table past the house; the refusal names the columns."""
    for row in rows:
        columns = ", ".join(changed_columns(row))
        if columns:
            message = Text(f"这条记录与日志不符：{columns}。", f"This is not as the log holds it: {columns}.")
            remedy = Text(
                "请立即告知审计管理员，核实后撤销并重新办理。",
                "Tell the audit administrator at once; then cancel it and begin anew.",
            )
            raise Refusal(code, message, where=_named(row), remedy=remedy)


def changed_columns(row: Model) -> list[str]:
    """The columns of one row that are not what was laid down of it last; none of a row that never was."""
    events = Event.objects.filter(subject=str(Ref("core.rows", row._meta.db_table)), type=_TYPE)
    told: Marks = {}
    for event in events.filter(data__rows__has_key=str(row.pk)).order_by("-pk").iterator(1):
        told = event.data["rows"][str(row.pk)] | told
        if not event.data.get("only"):
            break  # what was laid down before it no longer counts
    return _changed(told, _marks(row)) if told else []


def _changed(told: Marks, marks: Marks) -> list[str]:
    """What differs of the columns that both have: an older version laid down fewer, and a verb its own alone."""
    return [name for name in sorted(told.keys() & marks.keys()) if told[name] != marks[name]]


def _in_table(model: type[Model], sworn: dict[int, Marks], whole: Collection[int]) -> Iterator[Wrong]:
    table, first = model._meta.db_table, min(whole, default=0)
    for row in model._default_manager.order_by("pk").iterator(500):
        told = sworn.pop(row.pk, None)
        if told is None:
            yield from [Wrong(_named(row), f"{table}.id", _UNTOLD)] if first and row.pk > first else []
            continue
        yield from (Wrong(_named(row), f"{table}.{name}", _CHANGED) for name in _changed(told, _marks(row)))
    yield from (Wrong(str(key), f"{table}.id", _GONE) for key in sorted(sworn))


def _marks(row: Model, only: Collection[str] = ()) -> Marks:
    names = [field.attname for field in row._meta.concrete_fields if _is_covered(row, field)]
    instead: Mapping[str, str] = row.sworn_instead() if hasattr(row, "sworn_instead") else {}
    values = {name: plain(getattr(row, name)) for name in names} | dict(instead)
    return {name: _mark(row, name, value) for name, value in values.items() if not only or name in only}


def _is_covered(row: Model, field: "Field[object, object]") -> bool:
    return not field.primary_key and field.name not in getattr(row, "unsworn", ())


def _mark(row: Model, name: str, value: Any) -> str:
    """The hash of a column of a row, with table, key and name before it, so that nothing passes for its neighbour."""
    place = [row._meta.db_table, str(row.pk), _named(row), name]
    return hashlib.sha256(canonical_json([*place, value])).hexdigest()[:_LETTERS]


def _named(row: Model) -> str:
    return str(getattr(row, "code", row.pk))
