"""What stood in a changed column of a fact: values that other facts still hold are put back until the digest agrees."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from qilian.core.values.merkle.api import Plain, canonical_json

_COUNTED = 1_000
"""Up to which a number of a body is counted through."""
Document = Mapping[str, Plain]


class Former(NamedTuple):
    """The field that was changed (`data.count` for one of the body), what stands there now, and what stood."""

    field: str
    now: str
    before: str


def former(written: Document, known: Sequence[Document], agrees: Callable[[bytes], bool]) -> Former | None:
    """Return the change of one column, or of one field of the body, that makes a document agree with its digest again.

    Tried are: nothing, and what stands in the same column of other documents (`known`). None when no such change does.
    """
    for name, now in written.items():
        if name == "data":
            continue
        for before in _distinct([None, "", *(each[name] for each in known)], now):
            if agrees(canonical_json({**written, name: before})):
                return Former(name, _said(now), _said(before))
    return _in_body(written, [each["data"] for each in known], agrees)


def _in_body(written: Document, bodies: Sequence[Plain], agrees: Callable[[bytes], bool]) -> Former | None:
    body = written["data"]
    assert isinstance(body, Mapping)
    known = [each for each in bodies if isinstance(each, Mapping)]
    for name in dict.fromkeys([*body, *(key for each in known for key in each)]):
        now, rest = body.get(name), {key: value for key, value in body.items() if key != name}
        counted = range(_COUNTED) if type(now) is int else ()
        values = _distinct([*(each.get(name) for each in known), *counted], now)
        for whole in (rest, *({**rest, name: before} for before in values)):
            if agrees(canonical_json({**written, "data": whole})):
                return Former(f"data.{name}", _said(now), _said(whole.get(name)))
    return None


def _distinct(values: Iterable[Plain], now: Plain) -> list[Plain]:
    """The values without repetition and without the present one, in their order."""
    return list({_said(value): value for value in values if value != now}.values())


def _said(value: Plain) -> str:
    return value if isinstance(value, str) else canonical_json(value).decode()
