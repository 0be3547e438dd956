"""How offers at work presents itself to the house."""

from collections.abc import Collection, Mapping

from qilian.core.house.parts.api import Part
from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.offers.packs.api import packs
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .choosing import OFFERS
from .queries import declared, offer_url
from .services import OPEN

name_actions({OPEN: Text("开通和停用服务项", "open and close offers")})


def _offer(path: str) -> Pointed:
    """An offer by its path; Refusal for a path that no pack declares."""
    return Pointed(declared(path)[1].title, offer_url(path))


def _names(paths: Collection[str]) -> Mapping[str, Text]:
    """What offers are called by their paths, and all offers of a pack together by its path with a stroke behind."""
    known = {pack.path(each): each.title for pack in packs() for each in pack.offers}
    known |= {f"{pack.slug}/": pack.title for pack in packs()}
    return {path: known[path] for path in paths if path in known}


refer({"core.offer": Reference(Text("服务项", "Offer"), _offer, _names)})

PART = Part(
    name="core.offers",
    title=Text("服务项", "Offers"),
    urls="qilian.core.offers.offers.urls",
    api="qilian.core.offers.offers.rest.router",
    choices=(OFFERS,),
)
