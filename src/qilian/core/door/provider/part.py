"""How an identity provider presents itself to the house; the pages that open sessions lie in `web/layout`."""

from qilian.core.house.parts.api import Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.core.who.people.api import add_person_action

from .pages import TITLE
from .services import LINK

name_actions({LINK: Text("绑定他人的统一身份", "link identities of others")})
add_person_action(Text("绑定统一身份", "Link an identity"), "provider:official", LINK)

PART = Part(
    name="core.provider",
    title=TITLE,
    urls="qilian.core.door.provider.urls",
    prefix="account/provider/",
)
