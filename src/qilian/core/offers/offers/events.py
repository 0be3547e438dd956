"""What happens to an offer as a whole, as facts."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("offers.offer.opened", title=Text("服务项开通", "Offer opened"), dimensions=("kind",), proves="opened")
@dataclass(frozen=True, slots=True)
class OfferOpened:
    """Users can reach an offer from now on."""

    kind: str


@event_type("offers.offer.closed", title=Text("服务项停用", "Offer closed"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class OfferClosed:
    """An offer takes nothing new until it is opened again."""

    kind: str
    reason: str
