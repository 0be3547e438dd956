"""The static methods of java.lang that the standard's examples call, and nothing else: a table, never a class path."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from qilian.core.rules.budget.api import Budget, size_of

from .faults import Fault
from .text import literal
from .values import DECIMAL128, Function, Parameter, Value, is_integer, number_of

_SIGNATURE = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*")
_FLOATS = frozenset(
    {"double", "float", "java.lang.Double", "java.lang.Float", "java.math.BigDecimal", "java.lang.Number"}
)
_BOUNDS = {"byte": 2**7, "short": 2**15, "int": 2**31, "long": 2**63}
_BOXES = {"java.lang.Byte": "byte", "java.lang.Short": "short", "java.lang.Integer": "int", "java.lang.Long": "long"}
_FORMAT = re.compile(r"%(?:(\d+)\$)?([-0,+]*)(\d{1,3})?(?:\.(\d{1,2}))?([sdfnSxX%])")
_WIDEST = 10_000
_WIDE = Context(prec=6300)  # room for every digit of a decimal128 that is written out
Method = Callable[..., object]


def _of_doubles(function: Callable[..., float]) -> Method:
    def run(*numbers: Decimal) -> Decimal:
        return Decimal(repr(function(*map(float, numbers))))

    return run


_MATH: Mapping[str, Method] = {
    **{
        name: _of_doubles(getattr(math, name)) for name in ("cos", "sin", "tan", "acos", "asin", "atan", "exp", "log10")
    },
    **{name: _of_doubles(getattr(math, name)) for name in ("atan2", "hypot", "cosh", "sinh", "tanh", "log", "sqrt")},
    "pow": _of_doubles(math.pow),
    "abs": abs,
    "max": max,
    "min": min,
    "floor": lambda number: Decimal(math.floor(number)),
    "ceil": lambda number: Decimal(math.ceil(number)),
    "round": lambda number: Decimal(math.floor(number + Decimal("0.5"))),
}


def _parsed(text: object) -> Decimal:
    return DECIMAL128.create_decimal(str(text))


def _integer(kind: str) -> Method:
    def parse(text: object) -> Decimal:
        return Decimal(_whole(_parsed(text), kind))

    return parse


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else literal(value)


_METHODS: Mapping[str, Mapping[str, Method]] = {
    "java.lang.Math": _MATH,
    "java.lang.StrictMath": _MATH,
    **{box: {"valueOf": _integer(kind), f"parse{kind.capitalize()}": _integer(kind)} for box, kind in _BOXES.items()},
    "java.lang.Double": {"valueOf": _parsed, "parseDouble": _parsed},
    "java.lang.Float": {"valueOf": _parsed, "parseFloat": _parsed},
    "java.lang.Boolean": {"valueOf": lambda text: str(text).lower() == "true"},
    "java.lang.Character": {"getNumericValue": lambda char: Decimal(int(str(char), 36)), "toString": _text},
    "java.lang.String": {"valueOf": _text, "format": lambda form, *values: _format(str(form), values)},
}
_METHODS["java.lang.Integer"]["parseInt"] = _integer("int")  # type: ignore[index]  # Java's one irregular name


def external(parameters: Sequence[Parameter], mapping: Value) -> Function:
    """Return the function that `{java: {class, method signature}}` names; calling an unknown one is a Fault."""
    java = mapping.get("java") if isinstance(mapping, dict) else None
    named = java if isinstance(java, dict) else {}
    home, signature = str(named.get("class", "")), str(named.get("method signature", ""))
    found = _SIGNATURE.fullmatch(signature)
    method = _METHODS.get(home, {}).get(found[1]) if found else None
    kinds = [kind.strip() for kind in found[2].split(",") if kind.strip()] if found else []

    def call(run: Budget, *arguments: Value) -> Value:
        if method is None:
            raise Fault("external", name=f"{home}.{signature}")
        run.spend(4 + sum(map(size_of, arguments)))
        made = _answer(method, kinds, arguments, f"{home}.{signature}")
        run.made(made)
        return made

    return Function(f"{home}.{signature}", parameters, call)


def _answer(method: Method, kinds: list[str], arguments: Sequence[Value], name: str) -> Value:
    kinds = _spread(kinds, len(arguments))
    if len(kinds) != len(arguments):
        raise Fault("arguments", name=name, given=len(arguments))
    try:
        made = method(*(_to_java(value, kind) for value, kind in zip(arguments, kinds, strict=True)))
        return number_of(made) if isinstance(made, Decimal) else made
    except (ValueError, ArithmeticError, TypeError, IndexError):
        raise Fault("domain", name=name) from None


def _spread(kinds: list[str], count: int) -> list[str]:
    """Give the last kind as often as there are values, when it is an array: variable arguments."""
    last = kinds[-1] if kinds else ""
    item = last.removesuffix("...") if last.endswith("...") else last[2:-1] if last.startswith("[L") else ""
    item = last.removesuffix("[]") if last.endswith("[]") else item
    return [*kinds[:-1], *[item] * (count - len(kinds) + 1)] if item else kinds


def _to_java(value: Value, kind: str) -> object:
    kind = _BOXES.get(kind, kind)
    if kind in _BOUNDS:
        return Decimal(_whole(value, kind))
    if kind in _FLOATS and isinstance(value, Decimal):
        return value
    if kind in ("char", "java.lang.Character") and isinstance(value, str) and len(value) == 1:
        return value
    if kind in ("boolean", "java.lang.Boolean") and isinstance(value, bool):
        return value
    if kind == "java.lang.String" and isinstance(value, str):
        return value
    if kind == "java.lang.Object" and value is not None:
        return value
    raise TypeError(kind)


def _whole(value: Value, kind: str) -> int:
    if not isinstance(value, Decimal) or not is_integer(value) or not -_BOUNDS[kind] <= value < _BOUNDS[kind]:
        raise ValueError(kind)
    return int(value)


def _format(form: str, values: Sequence[object]) -> str:
    """Fill a format of java.util.Formatter with %s %d %f %n and their widths."""
    left = iter(values)

    def fill(found: re.Match[str]) -> str:
        index, flags, width, precision, letter = found.groups()
        if letter in "n%":
            return "\n" if letter == "n" else "%"
        value = values[int(index) - 1] if index else next(left, None)
        shown = _shown(value, letter, flags, precision)
        if not width:
            return shown
        if "0" in flags:
            return shown.zfill(int(width))
        return shown.ljust(int(width)) if "-" in flags else shown.rjust(int(width))

    widths = sum(int(width or 0) + int(precision or 0) for _, _, width, precision, _ in _FORMAT.findall(form))
    if "%" in _FORMAT.sub("", form) or widths > _WIDEST:
        raise ValueError(form[:60])
    return _FORMAT.sub(fill, form)


def _shown(value: object, letter: str, flags: str, precision: str | None) -> str:
    if letter in "sS":
        shown = _text(value)[: int(precision) if precision else None]
        return shown.upper() if letter == "S" else shown
    if not isinstance(value, Decimal) or (letter != "f" and not is_integer(value)):
        raise ValueError(letter)
    sign = "+" if "+" in flags else ""
    comma = "," if "," in flags else ""
    if letter == "f":
        rounded = value.quantize(Decimal().scaleb(-int(precision or 6)), ROUND_HALF_UP, _WIDE)
        return format(rounded, f"{sign}{comma}f")
    return format(int(value), f"{sign}{comma}{letter}")
