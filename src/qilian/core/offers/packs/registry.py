"""The list of parts and packs that this process runs with: filled once at start, read by everyone."""

from collections.abc import Iterable
from typing import TypeVar

from qilian.core.house.parts.kernel.parts import Part, installed_kinds, link_problems, part_problems
from qilian.core.offers.packs.kernel.shapes import Finding, Offer, Pack

Shape = TypeVar("Shape", bound=Offer)


class Registry:
    """Parts in the order of registration, and the packs that were handed in. Tests make their own."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._packs: tuple[Pack, ...] = ()

    def register(self, part: Part) -> None:
        """Add a part. The same part twice is harmless; another part under a taken name is a ValueError."""
        if self._parts.setdefault(part.name, part) != part:
            raise ValueError(f"two different parts are called {part.name}")

    def parts(self) -> tuple[Part, ...]:
        """All parts, in the order of registration."""
        return tuple(self._parts.values())

    def kinds(self) -> frozenset[str]:
        """The names of the kinds that can be declared today."""
        return installed_kinds(self.parts())

    def install(self, packs: Iterable[Pack]) -> None:
        """Hand in the packs; the web floor does this once at start, so that no engine imports a pack."""
        self._packs = tuple(packs)

    def packs(self) -> tuple[Pack, ...]:
        """The packs, in the order of the plan."""
        return self._packs

    def offers(self, kind: str) -> dict[str, Offer]:
        """Every offer of one kind by its path, such as `testing/instruments`."""
        return {pack.path(offer): offer for pack in self._packs for offer in pack.offers if offer.kind == kind}

    def offer_at(self, path: str, shape: type[Shape]) -> Shape:
        """The offer at a path as its engine's own dataclass; KeyError when no pack declares one of that shape there."""
        pack = self.pack_of(path)
        found = next((offer for offer in pack.offers if pack.path(offer) == path), None)
        if not isinstance(found, shape):
            raise KeyError(path)
        return found

    def pack_of(self, path: str) -> Pack:
        """The pack in which an offer stands, by the offer's path; KeyError for another path."""
        slug = path.partition("/")[0]
        for pack in self._packs:
            if pack.slug == slug:
                return pack
        raise KeyError(path)

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong among the parts, and with the links of the packs; to be asked once at start."""
        links = [link for pack in self._packs for link in pack.links]
        return (*part_problems(self.parts()), *link_problems(links, self.parts()))


HOUSE = Registry()
"""The registry of this process."""

register = HOUSE.register
parts = HOUSE.parts
kinds = HOUSE.kinds
install = HOUSE.install
packs = HOUSE.packs
offers = HOUSE.offers
offer_at = HOUSE.offer_at
pack_of = HOUSE.pack_of
problems = HOUSE.problems
