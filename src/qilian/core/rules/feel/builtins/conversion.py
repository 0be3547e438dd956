"""Numbers from text and text from anything (DMN 1.5, table 72)."""

import re

from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.text import string_of
from qilian.core.rules.feel.values import Value, number_of

from .declare import builtin

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,9})?", re.ASCII)


builtin("string(from: Any) -> string", run=True, share=12)(lambda run, value: string_of(value, run))


@builtin("number(from: string, grouping separator: string|null, decimal separator: string|null) -> number")
def number(text: str, grouping: str | None, point: str | None) -> Value:
    """Read a number written with separators."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping and grouping == point):
        raise Fault("domain", name="number")
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    if not _NUMBER.fullmatch(plain):
        raise Fault("domain", name="number")
    return number_of(plain)
