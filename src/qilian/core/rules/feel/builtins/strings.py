"""Strings (DMN 1.5, table 74)."""

from collections.abc import Callable
from decimal import Decimal

import qilian.core.rules.regex.api as regex
from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.scope import Run
from qilian.core.rules.feel.values import Value

from .declare import builtin


@builtin("substring(string: string, start position: number, length?: number) -> string")
def substring(text: str, position: Decimal, length: Decimal | None = None) -> Value:
    """Return a part of a text; positions count from 1, or from -1 at the end."""
    start, size = int(position), len(text)
    if not start or abs(start) > size or (length is not None and length < 1):
        raise Fault("domain", name="substring")
    begin = start - 1 if start > 0 else size + start
    return text[begin:] if length is None else text[begin : begin + int(length)]


def _substring_before(text: str, match: str) -> str:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


_SIMPLE: dict[str, Callable[..., Value]] = {
    "string length(string: string) -> number": lambda text: Decimal(len(text)),
    "upper case(string: string) -> string": str.upper,
    "lower case(string: string) -> string": str.lower,
    "substring before(string: string, match: string) -> string": _substring_before,
    "substring after(string: string, match: string) -> string": lambda text, match: (
        text.partition(match)[2] if match else text
    ),
    "contains(string: string, match: string) -> boolean": str.__contains__,
    "starts with(string: string, match: string) -> boolean": str.startswith,
    "ends with(string: string, match: string) -> boolean": str.endswith,
}
for _signature, _implementation in _SIMPLE.items():
    builtin(_signature)(_implementation)


@builtin("matches(input: string, pattern: string, flags?: string) -> boolean", run=True)
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    """Say whether a regular expression matches anywhere in a text."""
    return _regex(lambda: regex.matches(text, pattern, flags or "", run.limits.regex))


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string) -> string", run=True)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    """Replace what a regular expression matches."""
    return run.fits(_regex(lambda: regex.replace(text, pattern, replacement, flags or "", run.limits.regex)))


@builtin("split(string: string, delimiter: string) -> list", run=True)
def split(run: Run, text: str, delimiter: str) -> Value:
    """Return the parts of a text between what a regular expression matches."""
    return _regex(lambda: regex.split(text, delimiter, run.limits.regex))


@builtin("string join(list: list<string|null>, delimiter?: string) -> string", run=True)
def string_join(run: Run, items: list[str | None], delimiter: str | None = None) -> Value:
    """Join texts; null items are left out."""
    return run.fits((delimiter or "").join(item for item in items if item is not None))


def _regex(run: Callable[[], Value]) -> Value:
    """Run a regular expression; Fault for a wrong or too costly one."""
    try:
        return run()
    except regex.PatternError as error:
        raise Fault("regex", reason=error) from None
    except regex.TooComplex:
        raise Fault("regex.slow") from None
