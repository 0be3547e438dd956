"""Parts register what they bring; no word is brought twice."""

from dataclasses import dataclass

import pytest

from qilian.core.house.parts.api import Part, Parts, Receiver, part_problems
from qilian.core.house.parts.kernel.parts import SIGNED_IN, MenuItem
from qilian.core.values.text import Text

TITLE = Text("部件", "Part")


@dataclass(frozen=True)
class Consign:
    """What logistics would take from it."""

    trade: str


def consign(order: Consign) -> None:
    """Stand in for a verb."""


EXCHANGE = Part(
    name="exchange",
    title=TITLE,
    kinds=("market",),
    pages={"market": "exchange.pages.urls"},
    tellers={"market": "exchange.story"},
)
LOGISTICS = Part(
    name="logistics",
    title=TITLE,
    kinds=("network",),
    pages={"network": "logistics.pages.urls"},
    tellers={"network": "logistics.story"},
    receivers={"logistics.consign": Receiver(Consign, consign)},
)
PARTS = (EXCHANGE, LOGISTICS)


def test_parts_may_not_bring_unknown_kinds_or_the_same_word_twice() -> None:
    assert part_problems(PARTS) == ()
    wrong = Part(name="wrong", title=TITLE, kinds=("market", "wonder"))
    findings = part_problems((*PARTS, wrong))
    assert [(finding.code, finding.where) for finding in findings] == [
        ("part-kind", "wrong"),
        ("part-mute", "wrong"),
        ("part-mute", "wrong"),
        ("part-twice", "wrong"),
    ]


def test_the_registry_keeps_parts_in_order_and_refuses_a_taken_name() -> None:
    registry = Parts()
    registry.register(EXCHANGE)
    registry.register(LOGISTICS)
    registry.register(EXCHANGE)
    assert registry.parts() == PARTS
    assert registry.kinds() == {"market", "network"}
    with pytest.raises(ValueError, match="exchange"):
        registry.register(Part(name="exchange", title=TITLE))


def test_an_entry_of_the_menu_stands_by_who_may_open_it() -> None:
    title = Text("题", "Title")
    entries = (
        MenuItem(title, "a:b"),
        MenuItem(title, "a:b", needs=SIGNED_IN),
        MenuItem(title, "a:b", 899, "plan.draft"),
        MenuItem(title, "a:b", 900, "plan.draft"),
    )
    assert [each.group for each in entries] == ["look", "mine", "do", "manage"]
