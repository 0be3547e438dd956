"""Statements of the hottest paths, which the server parses and plans once for a connection."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import ClientCursor, Cursor


def prepared(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """Run a statement that returns rows, in the open transaction or by itself, and return them.

    Django writes values into the text of a statement, which the server then reads and plans anew each time: of one
    small row that is the larger part of the work. Here the values travel beside the text. Give whole numbers as text
    with a cast (`%s::bigint`): the driver types them by size, and each mixture of types would be prepared by itself.
    On a server elsewhere (`DATABASE_URL`), where a pooler may know no prepared statements, it is run as any other.
    """
    base = _ready(statement, values)
    with base.wrap_database_errors, Cursor(base.connection) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()


def copied(table: str, columns: Sequence[str], rows: Iterable[Sequence[str | bytes | int | None]]) -> None:
    """Write many rows with one COPY, in the open transaction; times, decimals and JSON are given as text.

    Nothing is parsed and nothing planned: a tenth of the work of INSERT on both sides.
    """
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    base = _ready(statement, ())
    with base.wrap_database_errors, Cursor(base.connection) as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _ready(statement: str, values: Sequence[object]) -> BaseDatabaseWrapper:
    """The connection, as a cursor of Django would have it; whoever counts queries counts this one too."""
    base = connections[DEFAULT_DB_ALIAS]  # the proxy `connection` looks this up for each attribute
    base.ensure_connection()
    base.validate_no_broken_transaction()
    if base.queries_logged:
        shown = ClientCursor(base.connection).mogrify(statement, values or None).strip()
        base.queries_log.append({"sql": shown, "time": "0.000"})
    return base
