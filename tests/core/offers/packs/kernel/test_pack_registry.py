"""Packs are handed in once; offers and their packs are found by path."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from qilian.core.house.parts.api import Link, Part, Parts
from qilian.core.offers.packs.api import Cite, Offer, Pack, Registry
from qilian.core.values.text import Text

TITLE = Text("部件", "Part")


def test_packs_are_handed_in_with_their_links() -> None:
    registry = Registry(Parts())
    pack = Pack(section="2.4", slug="ecommerce", title=TITLE, links=(Link("exchange.trade.settled", "logistics.fly"),))
    registry.install([pack])
    assert registry.packs() == (pack,) and registry.problems() == ()


def test_what_is_wrong_among_the_parts_is_told() -> None:
    house = Parts()
    house.register(Part(name="wrong", title=TITLE, kinds=("wonder",)))
    assert [finding.code for finding in Registry(house).problems()] == ["part-kind", "part-mute"]


def test_the_registry_finds_an_offer_and_its_pack_by_path() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Fair(Offer):
        """A market, for this test."""

        kind: ClassVar[str] = "market"

    fair = Fair(slug="fair", title=TITLE, answers=Cite("2.4.2"))
    pack = Pack(section="2.4", slug="ecommerce", title=TITLE, offers=(fair,))
    registry = Registry(Parts())
    registry.install([pack])
    assert registry.offers("market") == {"ecommerce/fair": fair} and registry.offers("network") == {}
    assert registry.offer_at("ecommerce/fair", Fair) is fair and registry.offer_at("ecommerce/fair", Offer) is fair
    assert registry.pack_of("ecommerce/fair") is pack
    other = type("Other", (Offer,), {"kind": "network"})
    for path, shape in (("ecommerce/fair", other), ("ecommerce/none", Offer), ("none/fair", Offer)):
        with pytest.raises(KeyError):
            registry.offer_at(path, shape)
