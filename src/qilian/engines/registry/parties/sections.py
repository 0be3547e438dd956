"""What other parts and engines put on a party's page: representation, lists, grades, credit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qilian.core.pages import Section
from qilian.core.principal import Principal

from .models import Party

Build = Callable[[Party, Principal], Sequence[Section]]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A part's sections of the page: what the reader may see of them is for `build` to say."""

    name: str
    order: int
    build: Build


_contributions: dict[str, Contribution] = {}


def add_section(name: str, order: int, build: Build) -> None:
    """Put sections on every party's page, in the order of numbers; the same name again takes the former's place.

    Called in a part's `part.py`. `build(party, reader)` returns no section when there is nothing to show.
    """
    _contributions[name] = Contribution(name, order, build)


def sections_of(party: Party, reader: Principal) -> list[Section]:
    """What all parts have to say of a party to a reader."""
    ordered = sorted(_contributions.values(), key=lambda each: (each.order, each.name))
    return [section for each in ordered for section in each.build(party, reader)]
