"""Telling a party: a notice to everybody who acts for it today."""

from qilian.core import clock
from qilian.core.notices.api import notify
from qilian.core.principal import Principal
from qilian.core.text import Text
from qilian.engines.registry.parties.api import Party
from qilian.engines.registry.representation.queries import people_behind


def tell_party(*, actor: Principal, party: Party, title: Text, body: Text, url: str) -> int:
    """Tell everybody who acts for a party today, but not who did it himself; return how many were told.

    Called by other verbs, in their transaction; `url` is an address of this house.
    """
    people = people_behind(party, on=clock.today()).exclude(pk=actor.person or 0)
    return len(notify(actor=actor, to=people, title=title, body=body, url=url))
