"""What other parts and engines put beside a party: sections and actions of its page, ways in, what hangs on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q

from qilian.core.house.pages import Action, Section
from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.values.text import Text

from .models import Party
from .services.common import party_ref

Build = TypeVar("Build", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Contribution(Generic[Build]):
    """What a part brings: what the reader may see or do of it is for `build` to say."""

    name: str
    order: int
    build: Build


@dataclass(frozen=True, slots=True)
class Dependants:
    """Rows that hang on a party: those of `model` in which one of `fields`, a key or a Ref as text, names it.

    `moves` says that a merger gives them to the record that lives on; others keep the code that leads there.
    """

    title: Text
    model: type[models.Model]
    fields: tuple[str, ...] = ("party",)
    moves: bool = False

    def count(self, party: Party) -> int:
        """How many there are, whoever may read them."""
        keys = {name: self.model._meta.get_field(name).is_relation for name in self.fields}
        named = [Q(**{name: party if key else str(party_ref(party))}) for name, key in keys.items()]
        with acting(SYSTEM):
            return self.model._default_manager.filter(Q(*named, _connector=Q.OR)).count()


_sections: dict[str, Contribution[Callable[[Party, Principal], Sequence[Section]]]] = {}
_actions: dict[str, Contribution[Callable[[Party, Principal], Sequence[Action]]]] = {}
_entrances: dict[str, Contribution[Callable[[Principal], Sequence[Action]]]] = {}
_dependants: dict[tuple[type[models.Model], tuple[str, ...]], Dependants] = {}


def add_section(name: str, order: int, build: Callable[[Party, Principal], Sequence[Section]]) -> None:
    """Put sections on every party's page, in the order of numbers; the same name again takes the former's place.

    Called in a part's `part.py`. `build(party, reader)` returns no section when there is nothing to show.
    """
    _sections[name] = Contribution(name, order, build)


def add_action(name: str, order: int, build: Callable[[Party, Principal], Sequence[Action]]) -> None:
    """Put what a reader may do on every party's page, in the order of numbers; called as `add_section`."""
    _actions[name] = Contribution(name, order, build)


def add_entrance(name: str, order: int, build: Callable[[Principal], Sequence[Action]]) -> None:
    """Put what a reader may do with many parties above their list; called as `add_section`, with the reader alone."""
    _entrances[name] = Contribution(name, order, build)


def add_dependants(found: Dependants) -> None:
    """Say which rows hang on a party, so that who merges two of them knows; called in a part's `part.py`."""
    _dependants[found.model, found.fields] = found


def sections_of(party: Party, reader: Principal) -> list[Section]:
    """What all parts have to say of a party to a reader."""
    return [section for each in _ordered(_sections) for section in each.build(party, reader)]


def actions_of(party: Party, reader: Principal) -> list[Action]:
    """What a reader may do about a party, as all parts say."""
    return [action for each in _ordered(_actions) for action in each.build(party, reader)]


def entrances_of(reader: Principal) -> list[Action]:
    """What a reader may do with many parties, as all parts say."""
    return [action for each in _ordered(_entrances) for action in each.build(reader)]


def dependants() -> tuple[Dependants, ...]:
    """All kinds of rows that hang on parties, in the order in which the parts said so."""
    return tuple(_dependants.values())


def _ordered(known: dict[str, Contribution[Build]]) -> list[Contribution[Build]]:
    return sorted(known.values(), key=lambda each: (each.order, each.name))
