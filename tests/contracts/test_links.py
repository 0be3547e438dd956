"""Links of packs: an event of one engine reaches the verb of another, once, whatever happens to the worker between."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection

from qilian.core.house.parts.api import Link, Part, Receiver, parts
from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import emit, event_type
from qilian.core.log.outbox.api import links, rescue
from qilian.core.offers.packs.api import Pack, packs
from qilian.core.values.text import Ref, Text
from qilian.web.linking import connect

TITLE = Text("试验", "Trial")
taken: dict[str, Decimal] = {}


@event_type("linktest.trade.settled", title=TITLE)
@dataclass(frozen=True)
class Settled:
    """What the first engine says."""

    goods: str
    tonnes: Decimal


@dataclass(frozen=True)
class Load:
    """What the second engine takes."""

    tonnes: Decimal


@dataclass(frozen=True)
class Crate:
    """What no event of the first has."""

    tonnes: int


def consign(load: Load, *, actor: Principal, cause: Ref) -> None:
    """Take a load once for each event, which the cause tells."""
    assert actor.is_system
    taken.setdefault(cause.id, load.tonnes)


def pack(*pairs: Link) -> Pack:
    return Pack(section="2.1", slug="logistics", title=TITLE, links=pairs)


@pytest.fixture(autouse=True)
def nothing_taken() -> Iterator[None]:
    taken.clear()
    yield
    taken.clear()


RECEIVING = Part(name="linktest", title=TITLE, receivers={"linktest.consign": Receiver(Load, consign)})
WRONG = Part(name="linktest", title=TITLE, receivers={"linktest.consign": Receiver(Crate, consign)})
LINK = Link("linktest.trade.settled", "linktest.consign")


def test_the_links_of_all_packs_are_carried() -> None:
    wanted = {(each.on, each.do) for each_pack in packs() for each in each_pack.links}
    assert {(on, name.rpartition(" → ")[2]) for on, names in links().items() for name in names} >= wanted


def test_a_link_that_does_not_fit_stops_the_start() -> None:
    with pytest.raises(TypeError, match="which no part offers"):
        connect([pack(LINK)], parts())
    with pytest.raises(TypeError, match="the event has no tonnes of the same type"):
        connect([pack(LINK)], [WRONG])
    with pytest.raises(TypeError, match="no event type is called"):
        connect([pack(Link("linktest.trade.lost", "linktest.consign"))], [RECEIVING])


@pytest.mark.usefixtures("committing")
def test_an_event_crosses_once_though_its_worker_was_killed() -> None:
    connect([pack(LINK)], [RECEIVING])
    event = emit(Settled("青稞", Decimal("1.50")), actor=SYSTEM, subject=Ref("linktest.trade", "1"))
    with connection.cursor() as cursor:  # a worker took the job and died with it
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name LIKE 'linktest%%'")
    assert taken == {}
    rescue()
    call_command("worker", "--once", "--concurrency", "1")
    assert taken == {str(event.pk): Decimal("1.5")}
