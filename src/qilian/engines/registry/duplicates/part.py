"""How duplicates present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.outbox.api import on_event
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import MERGE, Dependants, add_dependants, add_entrance

from .models import Duplicate
from .pages import entrance
from .resource import DUPLICATES
from .words import TITLE

name_actions({MERGE: Text("合并重复主体", "merge duplicates")})
add_entrance("registry.duplicates", 10, entrance)
add_dependants(Dependants(TITLE, Duplicate, ("first", "second")))
for happened in ("registered", "amended", "renamed", "merged"):
    on_event(f"registry.party.{happened}", "registry.duplicates")
refer({"registry.duplicate": reference(DUPLICATES)})

PART = Part(
    name="registry.duplicates",
    title=TITLE,
    urls="qilian.engines.registry.duplicates.pages",
    prefix="duplicates/",
    resources=(DUPLICATES,),
    menu=(MenuItem(TITLE, "duplicates:list", 42, MERGE),),
    jobs=("qilian.engines.registry.duplicates.jobs",),
)
