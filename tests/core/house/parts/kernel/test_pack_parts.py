"""Parts register what they bring; links are checked against the events and receivers of the parts."""

from dataclasses import dataclass

import pytest

from qilian.core.house.parts.api import Link, Part, Parts, Receiver, link_problems, part_problems
from qilian.core.values.text import Text

TITLE = Text("部件", "Part")


@dataclass(frozen=True)
class Settled:
    """What the exchange would say."""

    trade: str
    lots: int


@dataclass(frozen=True)
class Consign:
    """What logistics would take from it."""

    trade: str


@dataclass(frozen=True)
class Weigh:
    """A shape that the event does not fit: another type, and a field that it lacks."""

    lots: str
    weight: int


def consign(order: Consign) -> None:
    """Stand in for a verb."""


EXCHANGE = Part(
    name="exchange",
    title=TITLE,
    kinds=("market",),
    events={"exchange.trade.settled": Settled},
    pages={"market": "exchange.pages.urls"},
    tellers={"market": "exchange.story"},
)
LOGISTICS = Part(
    name="logistics",
    title=TITLE,
    kinds=("network",),
    pages={"network": "logistics.pages.urls"},
    tellers={"network": "logistics.story"},
    receivers={
        "logistics.consign": Receiver(Consign, consign),
        "logistics.weigh": Receiver(Weigh, consign),
        "logistics.shout": Receiver(str, consign),
    },
)
PARTS = (EXCHANGE, LOGISTICS)


def test_a_link_fits_when_the_event_has_the_fields_of_the_verb() -> None:
    assert link_problems([Link("exchange.trade.settled", "logistics.consign")], PARTS) == ()


@pytest.mark.parametrize(
    ("link", "codes"),
    [
        (Link("exchange.trade.lost", "logistics.consign"), ["link-event"]),
        (Link("exchange.trade.settled", "logistics.fly"), ["link-verb"]),
        (Link("exchange.trade.settled", "logistics.weigh"), ["link-type", "link-type"]),
        (Link("exchange.trade.settled", "logistics.shout"), ["link-type"]),
    ],
)
def test_a_link_that_does_not_fit_is_found(link: Link, codes: list[str]) -> None:
    assert [finding.code for finding in link_problems([link], PARTS)] == codes


def test_types_written_as_text_are_compared_as_text() -> None:
    late = dataclass(frozen=True)(type("Late", (), {"__annotations__": {"trade": "str"}}))
    part = Part(name="late", title=TITLE, receivers={"late.take": Receiver(late, consign)})
    assert link_problems([Link("exchange.trade.settled", "late.take")], (EXCHANGE, part)) == ()


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
