"""An event as a sentence: what its type says of itself, with its amount and the records that it names."""

from collections.abc import Callable, Mapping
from string import Formatter

from qilian.core.log.events.api import Event, types
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .references import noun_of, pointed

ENVELOPE = frozenset({"money", "party", "subject", "unit", "region", "offer", "clause"})
"""What a sentence may name besides the fields of its event."""
Name = Callable[[str], Text | str]


def sentence(event: Event, *, named: bool = False) -> Text:
    """Say what happened. `named` asks for the names of records (one page), else their nouns stand (lists).

    A type without words of its own says its title, the amount and whom it was for.
    """
    name: Name = (lambda written: pointed(written).name) if named else noun_of
    kind = types().get((event.type, event.version))
    if kind is None:
        return Text(event.type, event.type)
    if kind.says is not None:
        return kind.says.filled(**_values(event, kind.says, name))
    amount, party = _money(event), _party(event, name) if named else None
    more = [each for each in (amount, party) if each]
    return Text(
        "：".join((kind.title.zh, "，".join(each.zh for each in more))) if more else kind.title.zh,
        ": ".join((kind.title.en, ", ".join(each.en for each in more))) if more else kind.title.en,
    )


def places_in(says: Text) -> frozenset[str]:
    """The names in braces of a sentence, in either language."""
    return frozenset(name for each in (says.zh, says.en) for _, name, _, _ in Formatter().parse(each) if name)


def _values(event: Event, says: Text, name: Name) -> Mapping[str, object]:
    own: dict[str, Callable[[], object]] = {
        "money": lambda: _money(event) or Text("—", "—"),
        "party": lambda: _party(event, name) or Text("—", "—"),
        "subject": lambda: name(event.subject),
        "unit": lambda: name(f"core.unit:{event.unit}") if event.unit else "—",
        "region": lambda: event.region or "—",
        "offer": lambda: event.offer or "—",
        "clause": lambda: event.clause or "—",
    }
    assert set(own) == ENVELOPE
    return {
        each: _said(event.data[each], name) if each in event.data else own[each]() if each in own else "—"
        for each in places_in(says)
    }


def _said(value: object, name: Name) -> object:
    """A field of the event: a reference by its name, a list by its items, what is empty as a dash."""
    if isinstance(value, list):
        return "、".join(str(_said(each, name)) for each in value) or "—"
    if isinstance(value, str) and ":" in value and " " not in value:
        return name(value)
    return "—" if value in (None, "") else value


def _money(event: Event) -> Text | None:
    if event.money is None:
        return None
    amount = Money(event.money, event.currency or "CNY")
    return (
        Text(f"{amount} 元", f"CNY {amount}")
        if amount.currency == "CNY"
        else Text(*(f"{amount.currency} {amount}",) * 2)
    )


def _party(event: Event, name: Name) -> Text | None:
    if not event.party:
        return None
    found = name(f"registry.party:{event.party}")
    return found if isinstance(found, Text) else Text(found, found)
