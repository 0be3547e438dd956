"""Rows outside the log that events cover: whoever keeps them says here how they are held against what was sealed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that is not what the log says: which (`where`), in which column or columns, and the sentence."""

    where: str
    field: str
    problem: Text


Check = Callable[[], Iterator[Wrong]]
_checks: dict[str, tuple[Text, Check]] = {}


def cover(name: str, title: Text, check: Check) -> None:
    """Let `audit verify` hold rows against the log by a check; a name that is given again replaces the former one."""
    _checks[name] = (title, check)


def covered() -> list[tuple[Text, Check]]:
    """Return what is held against the log: title and check, in the order of names."""
    return [_checks[name] for name in sorted(_checks)]


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all that is read in a block be of one moment while others write on; in a transaction it changes nothing."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
