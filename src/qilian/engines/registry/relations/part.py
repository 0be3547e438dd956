"""How relations present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.engines.registry.parties.api import Dependants, add_action, add_dependants, add_section

from .models import PartyRelation
from .pages import relation_actions, relation_sections
from .resource import RELATIONSHIPS
from .words import TITLE

add_section("registry.relations", 20, relation_sections)
add_action("registry.relations", 20, relation_actions)
add_dependants(Dependants(TITLE, PartyRelation, ("holder", "held"), moves=True))

PART = Part(
    name="registry.relations",
    title=TITLE,
    urls="qilian.engines.registry.relations.pages",
    prefix="relations/",
    resources=(RELATIONSHIPS,),
    menu=(MenuItem(TITLE, "relations:list", order=41),),
)
