"""The exact bytes of a fact: one JSON text for one value (RFC 8785), and the digest of it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any

from qilian.core.values.merkle.api import Algorithm, canonical_json, hashed
from qilian.core.values.text import Ref

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
SAFE_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exact (RFC 8785, appendix D); larger ones are written as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Everything that an event's digest covers; `data` is plain already, `money` counts fen."""

    type: str
    version: int
    at: datetime
    actor: str
    on_behalf: str = ""
    clause: str = ""
    offer: str = ""
    subject: str
    party: str = ""
    unit: str = ""
    region: str = ""
    quantity: Decimal | None = None
    quantity_unit: str = ""
    money: int | None = None
    currency: str = ""
    data: Mapping[str, Json]


def document(fact: Fact) -> dict[str, Json]:
    """Return the fact as the JSON object that is digested: money as text of fen, moments in UTC to the microsecond."""
    written: dict[str, Json] = {name: _text(getattr(fact, name)) for name in _TEXTS}
    written["version"], written["at"] = fact.version, moment_text(fact.at)
    written["quantity"] = None if fact.quantity is None else decimal_text(fact.quantity)
    written["money"] = None if fact.money is None else str(fact.money)
    written["data"] = dict(fact.data)
    return written


def canonical(fact: Fact) -> bytes:
    """Return the one JSON text of a fact in UTF-8 (RFC 8785)."""
    return canonical_json(document(fact))


def digest(fact: Fact, algorithm: Algorithm = "sha256") -> bytes:
    """Return the hash of the canonical JSON, 32 bytes."""
    return hashed(canonical(fact), algorithm)


def salted(value: str, salt: bytes) -> str:
    """Return the salted digest under which a personal value may stand in a fact; the salt stays with the record."""
    return hashlib.sha256(salt + value.encode()).hexdigest()


def plain(value: object) -> Json:
    """Return a value as exact JSON: decimals and large integers as text, moments in UTC, dataclasses as objects.

    TypeError for a float, a naive moment or anything without one written form; ValueError for a zero character.
    """
    kind = type(value)
    write = _WRITERS.get(kind) or _WRITERS.setdefault(kind, _writer(kind))
    return write(value)


def decimal_text(value: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros, so that equal numbers are written alike."""
    if not value.is_finite():
        raise ValueError("a fact holds finite numbers only")
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def moment_text(value: datetime) -> str:
    """Return a moment in UTC with microseconds, such as `2015-12-03T01:00:00.000000Z`; TypeError when it is naive."""
    if value.tzinfo is None:
        raise TypeError("a moment needs a time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


_WRITERS: dict[type[Any], Callable[[Any], Json]] = {}


def _writer(kind: type[Any]) -> Callable[[Any], Json]:
    """How values of a type are written, found once for each type."""
    if issubclass(kind, Enum):
        return lambda value: plain(value.value)
    for known, way in _WAYS:
        if issubclass(kind, known):
            return way
    if is_dataclass(kind):
        names = tuple(item.name for item in fields(kind))
        return lambda value: {name: plain(getattr(value, name)) for name in names}
    raise TypeError(f"{kind.__name__} has no exact JSON form")


def _itself(value: bool | None) -> Json:
    return value


def _whole(value: int) -> Json:
    return int(value) if abs(value) <= SAFE_INTEGER else str(value)


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError("a fact holds no zero character")
    return str(value)


def _object(value: Mapping[Any, object]) -> Json:
    return {_key(key): plain(item) for key, item in value.items()}


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("the keys of an object are text")
    return _text(key)


def _items(value: Sequence[object]) -> Json:
    return [plain(item) for item in value]


_TEXTS = tuple(item.name for item in fields(Fact) if item.type is str)
_WAYS: tuple[tuple[type[Any], Callable[[Any], Json]], ...] = (  # a type before the types that it is one of
    (NoneType, _itself),
    (bool, _itself),
    (str, _text),
    (int, _whole),
    (bytes, bytes.hex),
    (Decimal, decimal_text),
    (datetime, moment_text),
    (date, date.isoformat),
    (time, time.isoformat),
    (Ref, str),
    (Mapping, _object),
    (Sequence, _items),
)
