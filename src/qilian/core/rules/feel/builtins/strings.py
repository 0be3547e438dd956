"""Strings (DMN 1.5, table 74)."""

from collections.abc import Callable
from decimal import Decimal

import qilian.core.rules.regex.api as regex
from qilian.core.rules.feel.faults import Exhausted, Fault
from qilian.core.rules.feel.scope import Run
from qilian.core.rules.feel.values import Value

from .declare import builtin


@builtin("substring(string: string, start position: number, length?: number) -> string")
def substring(text: str, position: Decimal, length: Decimal | None = None) -> Value:
    """Return a part of a text; positions count from 1, or from -1 at the end."""
    size = len(text)
    if not 1 <= abs(position) < size + 1 or (length is not None and length < 1):
        raise Fault("domain", name="substring")
    begin = int(position) - 1 if position > 0 else size + int(position)
    return text[begin:] if length is None or length > size else text[begin : begin + int(length)]


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
    return _regex(run, pattern, lambda left: regex.matches(text, pattern, flags or "", left))


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string) -> string", run=True)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    """Replace what a regular expression matches."""
    most = run.limits.size
    return _regex(run, pattern, lambda left: regex.replace(text, pattern, replacement, flags or "", left, most))


@builtin("split(string: string, delimiter: string) -> list", run=True)
def split(run: Run, text: str, delimiter: str) -> Value:
    """Return the parts of a text between what a regular expression matches."""
    return _regex(run, delimiter, lambda left: regex.split(text, delimiter, left))


@builtin("string join(list: list<string|null>, delimiter?: string) -> string", run=True)
def string_join(run: Run, items: list[str | None], delimiter: str | None = None) -> Value:
    """Join texts; null items are left out."""
    kept = [item for item in items if item is not None]
    run.room(sum(map(len, kept)) + len(delimiter or "") * len(kept))
    return (delimiter or "").join(kept)


def _regex(run: Run, pattern: str, work: Callable[[regex.Steps], Value]) -> Value:
    """Run a regular expression; Fault for a wrong or too costly one. What it took is paid for, found or not.

    Four steps of the machine are one of the run; a pattern that is new is read, which takes its length.
    """
    run.spend(len(pattern) >> 2)
    left = regex.Steps(min(run.limits.regex, 4 * run.left))
    try:
        return work(left)
    except regex.PatternError as error:
        raise Fault("regex", reason=error) from None
    except regex.TooComplex:
        raise Fault("regex.slow") from None
    except regex.TooLarge:
        raise Exhausted("size", limit=run.limits.size) from None
    finally:
        run.spend(left.taken >> 2)
