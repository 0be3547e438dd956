"""Values as text: what `string()` returns, and FEEL literals that read back as the same value."""

import re
from collections.abc import Callable
from decimal import Decimal

from .values import Function, Range, Value

_BARE = re.compile(r"[^\W\d]\w*(?: \w+)*")


def number_text(value: Decimal) -> str:
    """Write a number without exponent; trailing zeros that carry precision stay."""
    return f"{value or abs(value):f}"


def string_of(value: Value) -> str | None:
    """Return what the built-in `string` makes of a value; strings inside lists and contexts are quoted."""
    return value if value is None or isinstance(value, str) else literal(value)


def literal(value: Value) -> str:
    """Return a FEEL text of a value, for people and for files; dates and durations stand bare."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case str():
            return quoted(value)
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{_key(key)}: {literal(item)}" for key, item in value.items()) + "}"
        case Range():
            return _range(value, literal)
        case Function():
            return repr(value)
    return str(value)


def source(value: Value) -> str:
    """Return a FEEL expression that has this value: like `literal`, with dates and durations as `@"…"`."""
    match value:
        case None | bool() | Decimal() | str():
            return literal(value)
        case list():
            return "[" + ", ".join(map(source, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{quoted(key)}: {source(item)}" for key, item in value.items()) + "}"
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
