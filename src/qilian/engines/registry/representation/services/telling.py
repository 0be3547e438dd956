"""Telling a party: a notice to everybody who acts for it today."""

from qilian.core.house.principal import Principal, internal
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.notices.api import notify
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.representation.queries import people_behind


@internal("verbs of this and other engines tell a party, in their transaction")
def tell_party(*, actor: Principal, party: Party, title: Text, body: Text, url: str) -> int:
    """Tell everybody who acts for a party today, but not who did it himself; return how many were told.

    Called by other verbs, in their transaction; `url` is an address of this house.
    """
    people = people_behind(party, on=clock.today()).exclude(pk=actor.person or 0)
    return len(notify(actor=actor, to=people, title=title, body=body, url=url))
