"""What other parts and engines put on a party's page: sections, and what its reader may do there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from qilian.core.house.pages import Action, Section
from qilian.core.house.principal import Principal

from .models import Party

Part = TypeVar("Part", Section, Action)
Build = Callable[[Party, Principal], Sequence[Part]]


@dataclass(frozen=True, slots=True)
class Contribution(Generic[Part]):
    """What a part brings to the page: what the reader may see or do of it is for `build` to say."""

    name: str
    order: int
    build: Build[Part]


_contributions: dict[str, Contribution[Section]] = {}
_actions: dict[str, Contribution[Action]] = {}


def add_section(name: str, order: int, build: Build[Section]) -> None:
    """Put sections on every party's page, in the order of numbers; the same name again takes the former's place.

    Called in a part's `part.py`. `build(party, reader)` returns no section when there is nothing to show.
    """
    _contributions[name] = Contribution(name, order, build)


def add_action(name: str, order: int, build: Build[Action]) -> None:
    """Put what a reader may do on every party's page, in the order of numbers; called as `add_section`."""
    _actions[name] = Contribution(name, order, build)


def sections_of(party: Party, reader: Principal) -> list[Section]:
    """What all parts have to say of a party to a reader."""
    return [section for each in _ordered(_contributions) for section in each.build(party, reader)]


def actions_of(party: Party, reader: Principal) -> list[Action]:
    """What a reader may do about a party, as all parts say."""
    return [action for each in _ordered(_actions) for action in each.build(party, reader)]


def _ordered(known: dict[str, Contribution[Part]]) -> list[Contribution[Part]]:
    return sorted(known.values(), key=lambda each: (each.order, each.name))
