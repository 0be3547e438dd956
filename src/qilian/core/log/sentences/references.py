"""What a reference points at, as people know it: every room says once how its records are named and found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qilian.core.values.text import Refusal, Text


@dataclass(frozen=True, slots=True)
class Pointed:
    """A record by the name that the reader may see, with its address."""

    name: Text | str
    url: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A kind of record: what one of them is called, and how a reader finds it; None where he may not, or it is gone."""

    noun: Text
    find: Callable[[str], Pointed | None]


_references: dict[str, Reference] = {}


def refer(references: Mapping[str, Reference]) -> None:
    """Say what references of some kinds (`budget.commitment`) point at; a kind said twice keeps the later word."""
    _references.update(references)


def refers(kind: str) -> bool:
    """Whether anybody said what references of a kind point at."""
    return kind in _references


def pointed(written: str) -> Pointed:
    """What a reference points at; without an address, by noun and code, where the reader may not see it."""
    kind, _, identifier = written.partition(":")
    known = _references.get(kind)
    found = _found(known, identifier) if known and identifier else None
    return found or Pointed(noun_of(written), "")


def noun_of(written: str) -> Text:
    """A reference in words, without asking the database: what it is of, and the beginning of its code."""
    kind, _, identifier = written.partition(":")
    known = _references.get(kind)
    short = identifier if len(identifier) <= _SHORT else f"{identifier[:_SHORT]}…"
    return Text(f"{known.noun.zh} {short}", f"{known.noun.en} {short}") if known else Text(written, written)


_SHORT = 12


def _found(known: Reference, identifier: str) -> Pointed | None:
    try:
        return known.find(identifier)
    except Refusal:
        return None
