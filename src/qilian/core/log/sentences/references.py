"""What a reference points at, as people know it: every room says once how its records are named and found."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from qilian.core.values.text import Refusal, Text


@dataclass(frozen=True, slots=True)
class Pointed:
    """A record by the name that the reader may see, with its address."""

    name: Text | str
    url: str


def _without_page(_identifier: str) -> None:
    """What has no page of its own is told by its noun and code."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A kind of record: what one of them is called, and how a reader finds it; None where he may not, or it is gone.

    `names` looks up several names together, for lists; without it a list tells noun and code.
    """

    noun: Text
    find: Callable[[str], Pointed | None] = _without_page
    names: Callable[[Collection[str]], Mapping[str, Text]] | None = None


_references: dict[str, Reference] = {}


def refer(references: Mapping[str, Reference]) -> None:
    """Say what references of some kinds (`budget.commitment`) point at; a kind said twice keeps the later word."""
    _references.update(references)


def refers(kind: str) -> bool:
    """Whether references of a kind lead to a page."""
    return kind in _references and _references[kind].find is not _without_page


def called(kind: str, identifiers: Collection[str]) -> Mapping[str, Text]:
    """The names of several records of a kind, looked up together; of a kind that has none, and unknown ones, none."""
    known = _references.get(kind)
    return known.names(identifiers) if known and known.names else {}


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
