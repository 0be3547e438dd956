"""The principal of this request or job: a context variable, told to PostgreSQL for row-level security."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from psycopg.pq import TransactionStatus

from qilian.core.values.clock import declared

from .kernel import ANONYMOUS, Principal

_current: ContextVar[Principal] = ContextVar("principal", default=ANONYMOUS)


def current_principal() -> Principal:
    """Return who acts in this request or job; nobody outside of both."""
    return _current.get()


@contextmanager
def acting(principal: Principal) -> Iterator[Principal]:
    """Act as a principal for a block; the database session knows him and forgets him after it.

    Inside, `app.principal` (`system` or a person's key) and `app.speaks_for` (one addressee a line) carry him, and
    `app.moment` the time where tests or the demonstration shifted the clock (empty: it is the database's own);
    afterwards both are what they were before. A connection without a principal reads nothing of a guarded table.
    """
    before = _current.get()
    token = _current.set(principal)
    _tell(principal, instead_of=before)
    try:
        yield principal
    finally:
        _current.reset(token)
        _tell(before, instead_of=principal)


def _tell(principal: Principal, *, instead_of: Principal) -> None:
    """Set the session variables that row policies read, for the session: a rollback returns them to an outer block's.

    Nobody need not be told to a closed connection. In a failed transaction nothing can be told: its rollback does it.
    """
    if principal == instead_of or (not principal.signed_in and not _is_open()):
        return
    connection.ensure_connection()
    if connection.connection.info.transaction_status == TransactionStatus.INERROR:
        return
    moment = declared()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.principal', %s, false), set_config('app.speaks_for', %s, false),"
            " set_config('app.moment', %s, false)",
            [principal.key, "\n".join(principal.speaks_for), moment.isoformat() if moment else ""],
        )


def _is_open() -> bool:
    return connection.connection is not None and not connection.connection.closed
