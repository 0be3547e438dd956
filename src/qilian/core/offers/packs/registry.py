"""The packs that this process runs with: handed in once at start, read by everyone."""

from collections.abc import Iterable
from typing import TypeVar

from qilian.core.house.parts.api import HOUSE as PARTS
from qilian.core.house.parts.api import Finding, Parts, part_problems
from qilian.core.offers.packs.kernel.shapes import Offer, Pack

Shape = TypeVar("Shape", bound=Offer)


class Registry:
    """The packs that were handed in, beside the parts that serve them. Tests make their own."""

    def __init__(self, house: Parts) -> None:
        self._house = house
        self._packs: tuple[Pack, ...] = ()

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
        """What is wrong among the parts."""
        return part_problems(self._house.parts())


HOUSE = Registry(PARTS)
"""The packs of this process."""

install = HOUSE.install
packs = HOUSE.packs
offers = HOUSE.offers
offer_at = HOUSE.offer_at
pack_of = HOUSE.pack_of
problems = HOUSE.problems
