"""From exact JSON back to the typed body that made it: the inverse of `plain` for the types that facts use."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from qilian.core.values.text import Ref

from .canonical import Json

Body = TypeVar("Body")
_WRITTEN = {date: date.fromisoformat, time: time.fromisoformat, Decimal: Decimal, Ref: Ref.parse, bytes: bytes.fromhex}


def rebuild(body: type[Body], data: Mapping[str, Json]) -> Body:
    """Make the dataclass again from its JSON; fields that are absent take their defaults.

    TypeError when a field has a type that facts do not use; ValueError when a value does not fit it.
    """
    hints = get_type_hints(body)
    assert is_dataclass(body)
    given = {item.name: _value(hints[item.name], data[item.name]) for item in fields(body) if item.name in data}
    return body(**given)


def _value(hint: object, written: Json) -> object:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _either(get_args(hint), written)
    if origin in (tuple, list, Sequence):
        return _many(origin, get_args(hint), written)
    if origin in (dict, Mapping) and isinstance(written, dict):
        return {key: _value(get_args(hint)[1], item) for key, item in written.items()}
    if origin is Literal:
        return _among(get_args(hint), written)
    if isinstance(hint, type) and origin is None:
        return _single(hint, written)
    raise TypeError(f"{hint} is not a type of facts")


def _single(hint: type, written: Json) -> object:
    if issubclass(hint, Enum):
        return hint(written)
    if issubclass(hint, datetime) and isinstance(written, str):
        return datetime.fromisoformat(written)
    if hint in _WRITTEN and isinstance(written, str):
        return _WRITTEN[hint](written)
    if hint is int and isinstance(written, str):
        return int(written)
    if is_dataclass(hint) and isinstance(written, dict):
        return rebuild(hint, written)
    if type(written) is hint:
        return written
    raise ValueError(f"{written!r} is not a {hint.__name__}")


def _either(choices: Sequence[object], written: Json) -> object:
    if written is None and type(None) in choices:
        return None
    rest = [choice for choice in choices if choice is not type(None)]
    if len(rest) != 1:
        raise TypeError("a fact's field has one type, or one type or none")
    return _value(rest[0], written)


def _many(origin: object, arguments: tuple[object, ...], written: Json) -> object:
    if not isinstance(written, list):
        raise ValueError(f"{written!r} is not a list")
    if origin is not tuple:
        return [_value(arguments[0], item) for item in written]
    if arguments[-1] is Ellipsis:
        return tuple(_value(arguments[0], item) for item in written)
    if len(arguments) != len(written):
        raise ValueError(f"{written!r} does not have {len(arguments)} items")
    return tuple(_value(hint, item) for hint, item in zip(arguments, written, strict=True))


def _among(choices: Sequence[object], written: Json) -> Json:
    if written not in choices:
        raise ValueError(f"{written!r} is not one of {choices}")
    return written
