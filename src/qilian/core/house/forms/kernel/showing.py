"""What was written and kept, as a page shows it."""

from collections.abc import Mapping
from typing import Any

from qilian.core.values.text import Refusal, Text

from .schema import FieldSpec, Value, plain, read

_YES, _NO = Text("是", "Yes"), Text("否", "No")
_YEAR = 4  # digits


def as_texts(values: Mapping[str, Value]) -> dict[str, str]:
    """Typed values as they are kept: texts by name, empty ones left out."""
    return {name: written for name, value in values.items() if (written := plain(value))}


def shown(spec: FieldSpec, written: str) -> Any:
    """A kept value as a page shows it: the title of a choice, a number, money, a day.

    A whole number whose bounds both have four digits is a year: its digits are not set in groups.
    """
    if not written:
        return None
    titles = dict(spec.choices)
    if spec.kind == "choices":
        parts = [titles.get(value, Text(value, value)) for value in written.split(",")]
        return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    if spec.kind == "choice":
        return titles.get(written, written)
    if spec.kind == "boolean":
        return _YES if written == "yes" else _NO
    if spec.kind == "integer" and len(spec.low) == len(spec.high) == _YEAR:
        return written
    try:
        return read(spec, written)
    except Refusal:  # the declaration changed after the entry was written: what was written stays readable
        return written
