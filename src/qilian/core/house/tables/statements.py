"""Statements of the hottest paths, which the server parses and plans once for a connection."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Cursor


def prepared(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """Run a statement that returns rows, in the open transaction or by itself, and return them.

    Django writes values into the text of a statement, which the server then reads and plans anew each time: of one
    small row that is the larger part of the work. Here the values travel beside the text. Give whole numbers as text
    with a cast (`%s::bigint`): the driver types them by size, and each mixture of types would be prepared by itself.
    On a server elsewhere (`DATABASE_URL`), where a pooler may know no prepared statements, it is run as any other.
    """
    base = connections[DEFAULT_DB_ALIAS]  # the proxy `connection` looks this up for each attribute
    base.ensure_connection()
    base.validate_no_broken_transaction()
    with base.wrap_database_errors, Cursor(base.connection) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()
