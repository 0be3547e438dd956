"""How parties present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import Pointed, Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .choosing import PARTY_CHOICES
from .contributions import Dependants, add_dependants
from .models import Party, PartyFigure, PartyName
from .queries import party_by_code
from .resource import PARTIES
from .services.common import AMEND, REGISTER, VIEW
from .words import TITLE


def _party(code: str) -> Pointed | None:
    """A party by its public code; who is a natural person keeps his name to himself here."""
    row = party_by_code(code)
    return Pointed(row.name, PARTIES.url(row)) if row.kind != "citizen" else None


refer({"registry.party": Reference(PARTIES.noun, _party)})
name_actions(
    {
        "registry.*": Text("主体登记", "manage parties"),
        VIEW: Text("查看主体的非公开信息", "see what is not public of parties"),
        REGISTER: Text("登记主体", "register parties"),
        AMEND: Text("变更主体", "amend parties"),
    }
)
add_dependants(Dependants(Text("曾用名", "Former names"), PartyName, moves=True))
add_dependants(Dependants(Text("规模数据", "Figures"), PartyFigure, moves=True))
add_dependants(Dependants(Text("此前并入的记录", "Records merged before"), Party, ("merged_into",), moves=True))

PART = Part(
    name="registry.parties",
    title=TITLE,
    urls="qilian.engines.registry.parties.pages",
    prefix="parties/",
    resources=(PARTIES,),
    menu=(MenuItem(TITLE, "parties:list", order=40),),
    jobs=("qilian.engines.registry.parties.jobs",),
    choices=(PARTY_CHOICES,),
)
