"""Where two engines meet: links of packs, carried by the outbox from events of one to verbs of another."""

from collections.abc import Iterable

from qilian.core.house.parts.api import Part
from qilian.core.log.outbox.api import link
from qilian.core.offers.packs.api import Pack


def connect(packs: Iterable[Pack], known: Iterable[Part]) -> None:
    """Let the outbox carry each linked event to the verb that takes it; TypeError where a link does not fit.

    Types are asked here, once, at start: a house whose links do not fit does not start.
    """
    receivers = {name: receiver for part in known for name, receiver in part.receivers.items()}
    for pack in packs:
        for each in pack.links:
            if each.do not in receivers:
                raise TypeError(f"{pack.slug} links {each.on} to {each.do}, which no part offers")
            link(on=each.on, do=each.do, takes=receivers[each.do].takes, run=receivers[each.do].run)
