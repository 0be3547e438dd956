"""How offers at work presents itself to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .choosing import OFFERS
from .services import OPEN

name_actions({OPEN: Text("开通和停用服务项", "open and close offers")})

PART = Part(
    name="core.offers",
    title=Text("服务项", "Offers"),
    urls="qilian.core.offers.offers.urls",
    api="qilian.core.offers.offers.rest.router",
    choices=(OFFERS,),
)
