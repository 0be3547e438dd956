"""Which single byte of a fact was changed: found by putting every neighbour back until the digest agrees again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import rfc8785

from .canonical import Fact, Json, canonical, document, moment_text

LONGEST = 4_096
"""A text of more bytes is not searched: its neighbours are too many."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # from which PostgreSQL counts the microseconds of a moment
_FLIPS = tuple(mask << 8 * byte for byte in range(8) for mask in range(1, 256))  # of one byte of a stored number


@dataclass(frozen=True, slots=True)
class Change:
    """The field in which one byte differs (`data.count` for one of the body), what stands there now, and what stood."""

    field: str
    now: str
    before: str


def single_change(fact: Fact, agrees: Callable[[bytes], bool]) -> Change | None:
    """Return the change of one byte that makes a fact's text agree with its digest again; None when there is none.

    Tried are: every byte of the text replaced, left out or put in, and every byte of a stored amount or moment.
    """
    written = canonical(fact)
    if len(written) > LONGEST:
        return None
    for name, value, text in _former_numbers(fact):
        if agrees(text):
            return Change(name, str(getattr(fact, name)), str(value))
    for place, now, before in _neighbours(written):
        if agrees(written[:place] + before + written[place + len(now) :]):
            return Change(_field_at(document(fact), place), _shown(now), _shown(before))
    return None


def _former_numbers(fact: Fact) -> Iterator[tuple[str, int | datetime, bytes]]:
    """Yield the field, the number, and the whole text with it, for every byte of a stored amount or moment."""
    written = document(fact)
    numbers: tuple[tuple[str, Iterator[int | datetime]], ...] = (("money", _amounts(fact)), ("at", _moments(fact)))
    for name, former in numbers:
        before, after = _around(written, name)
        for value in former:
            text = moment_text(value) if isinstance(value, datetime) else str(value)
            yield name, value, before + f'"{text}"'.encode() + after


def _around(written: dict[str, Json], name: str) -> tuple[bytes, bytes]:
    """Return the text before and after the value of a field: two texts that differ in it part where it begins."""
    nothing, empty = (rfc8785.dumps({**written, name: value}) for value in (None, ""))
    start = next(place for place, (a, b) in enumerate(zip(nothing, empty, strict=False)) if a != b)
    return empty[:start], empty[start + len('""') :]


def _amounts(fact: Fact) -> Iterator[int]:
    return (_signed(fact.money ^ flip) for flip in _FLIPS) if fact.money is not None else iter(())


def _moments(fact: Fact) -> Iterator[datetime]:
    counted = (fact.at - _EPOCH) // timedelta(microseconds=1)
    return (_EPOCH + timedelta(microseconds=counted ^ flip) for flip in _FLIPS if 0 <= counted ^ flip < 10**17)


def _signed(number: int) -> int:
    kept = number & (1 << 64) - 1
    return kept - (1 << 64) if kept >> 63 else kept


def _neighbours(text: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield where, what is taken out there, and what is put in: replaced, left out, put in."""
    every = [bytes((value,)) for value in range(1, 256)]
    for place in range(len(text)):
        now = text[place : place + 1]
        for before in every:
            yield place, now, before
        yield place, now, b""
    for place in range(1, len(text)):
        for before in every:
            yield place, b"", before


def _field_at(written: dict[str, Json], place: int, *, start: int = 1, within: str = "") -> str:
    """Return the field whose text covers a byte of the JSON; `start` is where the object's first key begins."""
    *others, last = sorted(written, key=lambda key: key.encode("utf-16-be"))
    for key in others:
        end = start + len(rfc8785.dumps({key: written[key]})) - 2
        if place <= end:
            return _named(key, written[key], place, start=start, within=within)
        start = end + 1
    return _named(last, written[last], place, start=start, within=within)


def _named(key: str, value: Json, place: int, *, start: int, within: str) -> str:
    inner = start + len(rfc8785.dumps(key)) + 2
    if isinstance(value, dict) and value and inner <= place < inner + len(rfc8785.dumps(value)) - 2:
        return _field_at(value, place, start=inner, within=f"{within}{key}.")
    return f"{within}{key}"


def _shown(part: bytes) -> str:
    return part.decode(errors="backslashreplace")
