"""Values as text: what `string()` returns, and FEEL literals that read back as the same value."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from qilian.core.rules.budget.api import Budget

from .values import Function, Range, Value

_LONGEST = 1_000_000
_BARE = re.compile(r"[^\W\d]\w*(?: \w+)*")


def number_text(value: Decimal) -> str:
    """Write a number without exponent; trailing zeros that carry precision stay."""
    return f"{value or abs(value):f}"


def string_of(value: Value, run: Budget) -> str | None:
    """Return what the built-in `string` makes of a value; strings inside lists and contexts are quoted."""
    if value is None or isinstance(value, str):
        return value
    made, size = [], 0
    for part in _pieces(value, _plain, _key):
        made.append(part)
        size += len(part)
        run.spend()
        run.room(size)
    return "".join(made)


def literal(value: Value) -> str:
    """Return a FEEL text of a value, for people and for files; dates and durations stand bare.

    A value that is written with more than a million signs ends in `…`: lists may hold themselves many times over.
    """
    return _cut(_pieces(value, _plain, _key), _LONGEST)


def shown(value: Value) -> str:
    """Return the beginning of a value's text, sixty signs at most, for a sentence."""
    return _cut(_pieces(value, lambda one: _plain(one[:60] if isinstance(one, str) else one), _key), 60)[:60]


def source(value: Value) -> str:
    """Return a FEEL expression that has this value: like `literal`, with dates and durations as `@"…"`."""
    return "".join(_pieces(value, _exact, quoted))


def _pieces(value: Value, single: Callable[[Value], str], key: Callable[[str], str]) -> Iterator[str]:
    """Yield the text of a value piece by piece, so that whoever reads may stop, and lists may be nested deeply."""
    open_: list[tuple[Iterator[tuple[str, Value]], str]] = [(iter([("", value)]), "")]
    between = ""
    while open_:
        items, closing = open_[-1]
        found = next(items, None)
        if found is None:
            yield closing
            open_.pop()
            between = ", "
            continue
        name, item = found
        yield between + name if name else between
        between = ""
        if isinstance(item, list):
            yield "["
            open_.append((iter([("", one) for one in item]), "]"))
        elif isinstance(item, dict):
            yield "{"
            open_.append((iter([(f"{key(name)}: ", one) for name, one in item.items()]), "}"))
        else:
            yield single(item)
            between = ", "


def _cut(pieces: Iterator[str], most: int) -> str:
    made, size = [], 0
    for piece in pieces:
        made.append(piece)
        size += len(piece)
        if size > most:
            made.append("…")
            break
    return "".join(made)


def _plain(value: Value) -> str:
    """Write a value that holds no others."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case str():
            return quoted(value)
        case Range():
            return _range(value, literal)
        case Function():
            return repr(value)
    return str(value)


def _exact(value: Value) -> str:
    match value:
        case None | bool() | Decimal() | str():
            return _plain(value)
        case Range():
            return _range(value, source)
    return f'@"{value}"'


def quoted(text: str) -> str:
    """Write a string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else quoted(key)


def _range(value: Range, say: Callable[[Value], str]) -> str:
    if value.start is None and value.end is not None:
        return f"{'<=' if value.end_included else '<'}{say(value.end)}"
    if value.end is None and value.start is not None:
        return f"{'>=' if value.start_included else '>'}{say(value.start)}"
    opened, closed = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opened}{say(value.start)}..{say(value.end)}{closed}"
