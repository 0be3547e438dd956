"""A fact as a row, and a row as the fact that its digest covers: every column of one is a field of the other."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from django.db import transaction

from qilian.core.house.tables import copied, prepared
from qilian.core.values.merkle.api import canonical_json

from .hashing import log_hash
from .kernel.canonical import Fact, digest
from .models import Event

_COLUMNS = tuple(item.name for item in fields(Fact))
_VALUES = attrgetter(*_COLUMNS)
_MONEY, _DATA = _COLUMNS.index("money"), _COLUMNS.index("data")
_COPIED = ("id", *_COLUMNS, "digest")
_PLACES = "%s, " * len(_COLUMNS) + "%s"
_INSERT = f"INSERT INTO core_event ({', '.join(_COLUMNS)}, digest) VALUES ({_PLACES}) RETURNING id, transaction"
_NUMBERS = """
    SELECT array_agg(number), pg_current_xact_id()::text::bigint
    FROM (SELECT nextval('core_event_id_seq') AS number FROM generate_series(1, %s::integer)) AS taken"""


def inserted(facts: Sequence[Fact]) -> list[Event]:
    """Save facts in their order and return their rows, each with its digest.

    One goes by a statement that the server knows already; many by COPY, under numbers that were taken before.
    """
    if not facts:
        return []
    if len(facts) > 1:
        return _copied(facts)
    covered = digest(facts[0], log_hash())
    ((number, writer),) = prepared(_INSERT, [*_written(facts[0]), covered])
    return [_row(number, facts[0], covered, writer)]


def fact_of_row(event: Event) -> Fact:
    """Return the fact that a row states today; its digest equals the stored one unless somebody changed the row."""
    return Fact(**{name: getattr(event, name) for name in _COLUMNS})


def _copied(facts: Sequence[Fact]) -> list[Event]:
    """Write many rows; digests are computed while the server takes the rows before."""
    algorithm = log_hash()
    digests: list[bytes] = []

    def rows(numbers: Sequence[int]) -> Iterator[list[Any]]:
        for number, fact in zip(numbers, facts, strict=True):
            covered = digest(fact, algorithm)
            digests.append(covered)
            yield [str(number), *_written(fact), covered]

    with transaction.atomic(savepoint=False):
        ((numbers, writer),) = prepared(_NUMBERS, [str(len(facts))])
        copied("core_event", _COPIED, rows(numbers))
    return [_row(*each, writer) for each in zip(numbers, facts, digests, strict=True)]


def _written(fact: Fact) -> list[Any]:
    """The values of COLUMNS as both statements take them."""
    values = list(_VALUES(fact))
    values[_MONEY] = None if fact.money is None else str(fact.money)
    values[_DATA] = canonical_json(fact.data).decode()
    return values


def _row(number: int, fact: Fact, covered: bytes, writer: int) -> Event:
    return Event.from_db("default", (*_COPIED, "transaction"), (number, *_VALUES(fact), covered, writer))
