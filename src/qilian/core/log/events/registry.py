"""Event types: frozen dataclasses registered with their dimensions and measures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

from qilian.core.values.text import Text

from .models import Event


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of fact: name (`engine.noun.past_participle`), version, title, which fields are dimensions or measures.

    `proves` is the stage of an offer that such an event shows (`opened`, `used`, `evidenced`), `says` its sentence.
    """

    name: str
    version: int
    title: Text
    body: type[Any]
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    proves: str = ""
    says: Text | None = None


_types: dict[tuple[str, int], EventType] = {}
_by_body: dict[type[Any], EventType] = {}
_followers: list[Callable[[Sequence[Event]], None]] = []
Body = TypeVar("Body", bound=type[Any])


def event_type(
    name: str,
    *,
    title: Text,
    version: int = 1,
    dimensions: tuple[str, ...] = (),
    measures: tuple[str, ...] = (),
    proves: str = "",
    says: Text | None = None,
) -> Callable[[Body], Body]:
    """Register a frozen dataclass as the body of an event type, with the sentence that an event of it says.

    TypeError when it is no frozen dataclass, names a dimension or measure that it lacks, or the name is taken.
    """

    def register(body: Body) -> Body:
        if not is_dataclass(body) or not body.__dataclass_params__.frozen:  # type: ignore[attr-defined] # no public name
            raise TypeError(f"{body!r} is not a frozen dataclass")
        if missing := {*dimensions, *measures} - {item.name for item in fields(body)}:
            raise TypeError(f"{name} has no field {', '.join(sorted(missing))}")
        if (name, version) in _types and _types[name, version].body.__qualname__ != body.__qualname__:
            raise TypeError(f"event type {name} version {version} is registered twice")
        kind = EventType(name, version, title, body, dimensions, measures, proves, says)
        _types[name, version] = _by_body[body] = kind
        return body

    return register


def type_of(event: object) -> EventType:
    """Return the registered type of an event body; TypeError when it was never registered."""
    if (kind := _by_body.get(type(event))) is None:
        raise TypeError(f"{type(event).__name__} is not a registered event type")
    return kind


def types() -> Mapping[tuple[str, int], EventType]:
    """Return all registered types by name and version."""
    return dict(_types)


def follow(follower: Callable[[Sequence[Event]], None]) -> None:
    """Call a function with each batch of appended events, within their transaction; the outbox is the one follower."""
    if follower not in _followers:
        _followers.append(follower)


def followers() -> tuple[Callable[[Sequence[Event]], None], ...]:
    """Return who is told of appended events."""
    return tuple(_followers)
