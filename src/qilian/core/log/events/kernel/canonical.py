"""The exact bytes of a fact: one JSON text for one value (RFC 8785), and the digest of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum

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
    written = plain(fact)
    assert isinstance(written, dict)
    return {**written, "money": None if fact.money is None else str(fact.money)}


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
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | bytes | Decimal | date | time | Ref):
        return _scalar(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    raise TypeError(f"{type(value).__name__} has no exact JSON form")


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


def _scalar(value: int | bytes | Decimal | date | time | Ref) -> Json:
    match value:
        case int():
            return value if abs(value) <= SAFE_INTEGER else str(value)
        case bytes():
            return value.hex()
        case Decimal():
            return decimal_text(value)
        case datetime():
            return moment_text(value)
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError("a fact holds no zero character")
    return str(value)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("the keys of an object are text")
    return _text(key)
