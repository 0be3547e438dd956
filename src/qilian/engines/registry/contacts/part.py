"""How the persons of parties present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.rights.privacy.api import Looking, let_look
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Dependants, add_action, add_dependants, add_section, scope_of

from .models import Contact
from .pages import contact_actions, contact_sections
from .resource import CONTACTS
from .words import SEALED, TITLE

REVEAL = "registry.reveal"

name_actions({REVEAL: Text("查看主体的个人数据", "see personal data of parties")})
let_look(
    Looking(
        "registry.contact",
        Contact,
        REVEAL,
        SEALED,
        scope=lambda row: scope_of(row.party.region),
        url=CONTACTS.url,
    )
)
add_section("registry.contacts", 30, contact_sections)
add_action("registry.contacts", 10, contact_actions)
add_dependants(Dependants(TITLE, Contact, moves=True))
refer({"registry.contact": reference(CONTACTS)})

PART = Part(
    name="registry.contacts",
    title=TITLE,
    urls="qilian.engines.registry.contacts.pages",
    prefix="contacts/",
    resources=(CONTACTS,),
    menu=(MenuItem(TITLE, "contacts:list", 47, "registry.view"),),
)
