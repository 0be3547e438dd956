"""How representation presents itself to the house."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part
from qilian.core.house.principal import represent
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Dependants, add_action, add_dependants, add_section

from .models import Claim, Invitation, Mandate
from .pages import party_actions, party_section
from .queries import represented_by
from .resource import CLAIMS, INVITATIONS, MANDATES, REPRESENTED
from .words import MINE

name_actions({"registry.review": Text("审核认领", "review claims")})
represent(represented_by)
add_section("registry.representation", 100, party_section)
add_action("registry.representation", 30, party_actions)
add_dependants(Dependants(Text("代表权", "Mandates"), Mandate))
add_dependants(Dependants(Text("邀请", "Invitations"), Invitation))
add_dependants(Dependants(Text("认领", "Claims"), Claim))
refer(
    {
        "registry.claim": reference(CLAIMS),
        "registry.mandate": reference(MANDATES),
        "registry.invitation": reference(INVITATIONS),
    }
)

PART = Part(
    name="registry.representation",
    title=Text("代表主体", "Acting for parties"),
    urls="qilian.engines.registry.representation.pages",
    prefix="representation/",
    resources=(CLAIMS, MANDATES, INVITATIONS, REPRESENTED),
    jobs=("qilian.engines.registry.representation.jobs",),
    story="qilian.engines.registry.representation.story",
    menu=(
        MenuItem(MINE, "representation:mine", 61, SIGNED_IN),
        MenuItem(Text("审核认领", "Review claims"), "representation:reviews", 62, "registry.review"),
    ),
)
