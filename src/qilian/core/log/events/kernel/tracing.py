"""What was changed in a fact: one byte, put back until the digest agrees again, or one value that others still have."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import rfc8785

from .canonical import Fact, Json, canonical, document, moment_text

LONGEST = 4_096
"""A text of more bytes is not searched: its neighbours are too many."""
_COUNTED = 1_000
"""Up to which a number of a body is counted through."""
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


def whole_change(fact: Fact, others: Iterable[Fact], agrees: Callable[[bytes], bool]) -> Change | None:
    """Return the change of one column, or of one field of the body, that makes a fact agree with its digest again.

    Tried are: nothing, and what stands in the same column of other facts. None when no such change does.
    """
    written = document(fact)
    known = [document(other) for other in others]
    for name, now in written.items():
        if name == "data":
            continue
        for before in _distinct([None, "", *(each[name] for each in known)], now):
            if agrees(rfc8785.dumps({**written, name: before})):
                return Change(name, _said(now), _said(before))
    return _body_change(written, [each["data"] for each in known], agrees)


def _body_change(written: dict[str, Json], bodies: Sequence[Json], agrees: Callable[[bytes], bool]) -> Change | None:
    body = written["data"]
    assert isinstance(body, dict)
    known = [each for each in bodies if isinstance(each, dict)]
    for name in dict.fromkeys([*body, *(key for each in known for key in each)]):
        now, rest = body.get(name), {key: value for key, value in body.items() if key != name}
        former = _distinct([*(each.get(name) for each in known), *(range(_COUNTED) if type(now) is int else ())], now)
        tried = [rest, *({**rest, name: before} for before in former)]
        for whole in tried:
            if agrees(rfc8785.dumps({**written, "data": whole})):
                return Change(f"data.{name}", _said(now), _said(whole.get(name)))
    return None


def _distinct(values: Iterable[Json], now: Json) -> list[Json]:
    """The values without repetition and without the present one, in their order."""
    return list({_said(value): value for value in values if value != now}.values())


def _said(value: Json) -> str:
    return value if isinstance(value, str) else rfc8785.dumps(value).decode()


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
