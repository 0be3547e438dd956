"""Append facts. Called inside a verb's transaction; inserts without a lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from qilian.core.house.principal import Principal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.quantity import Quantity
from qilian.core.values.text import Ref

from .kernel.canonical import Fact, plain
from .models import Event
from .registry import followers, type_of
from .rows import inserted

_MICRO = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact to append: the typed body, what it is about, and the dimensions every reader may filter by.

    `quantity` is kept to six decimals, half up; a finer value belongs in the body.
    """

    body: object
    subject: Ref
    clause: str = ""
    offer: str = ""
    party: str = ""
    unit: str = ""
    region: str = ""
    quantity: Quantity | None = None
    money: Money | None = None


def emit(
    body: object,
    *,
    actor: Principal,
    subject: Ref,
    clause: str = "",
    offer: str = "",
    party: str = "",
    unit: str = "",
    region: str = "",
    quantity: Quantity | None = None,
    money: Money | None = None,
) -> Event:
    """Append one fact in the transaction that made it; TypeError when its type was never registered."""
    entry = Entry(body, subject, clause, offer, party, unit, region, quantity, money)
    return emit_many([entry], actor=actor)[0]


def emit_many(entries: Iterable[Entry], *, actor: Principal) -> list[Event]:
    """Append many facts with one statement; they keep their order."""
    at, who, behalf = clock.now(), actor.ref, _on_behalf(actor)
    events = inserted([fact_of(entry, who, behalf, at) for entry in entries])
    for follow in followers():
        follow(events)
    return events


def fact_of(entry: Entry, actor: str, on_behalf: str, at: datetime) -> Fact:
    """Return the fact that an entry states, as the digest will cover it."""
    kind = type_of(entry.body)
    data = plain(entry.body)
    assert isinstance(data, dict)
    quantity, money = entry.quantity, entry.money
    return Fact(
        type=kind.name,
        version=kind.version,
        at=at,
        actor=actor,
        on_behalf=on_behalf,
        clause=entry.clause,
        offer=entry.offer,
        subject=str(entry.subject),
        party=entry.party,
        unit=entry.unit,
        region=entry.region,
        quantity=None if quantity is None else quantity.value.quantize(_MICRO, rounding=ROUND_HALF_UP),
        quantity_unit="" if quantity is None else quantity.unit,
        money=None if money is None else money.fen,
        currency="" if money is None else money.currency,
        data=data,
    )


def _on_behalf(actor: Principal) -> str:
    return str(Ref("core.person", actor.acting_for)) if actor.acting_for else ""
