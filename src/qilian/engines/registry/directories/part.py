"""How directories present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.log.sentences.api import refer
from qilian.core.offers.resource.api import reference
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Dependants, add_dependants, add_section

from .models import DirectoryEntry
from .pages import of_party
from .resource import ENTRIES
from .services.common import ADMIT, EXIT, LIST, PUBLISH, SUSPEND
from .words import TITLE

name_actions(
    {
        "directories.*": Text("名录管理", "manage directories"),
        ADMIT: Text("登记入选和变更", "admit and amend entries"),
        LIST: Text("列入和复评", "list and re-evaluate entries"),
        SUSPEND: Text("暂停和恢复", "suspend and restore entries"),
        EXIT: Text("办理退出", "let entries exit"),
        PUBLISH: Text("公开和撤下", "publish and withdraw entries"),
    }
)
refer({"registry.entry": reference(ENTRIES, lambda code: DirectoryEntry.objects.filter(code=code).first())})
add_section("directories", 40, of_party)
add_dependants(Dependants(TITLE, DirectoryEntry))

PART = Part(
    name="registry.directories",
    title=TITLE,
    kinds=("directory",),
    urls="qilian.engines.registry.directories.urls",
    resources=(ENTRIES,),
    menu=(MenuItem(TITLE, "registry:directories", order=40),),
    pages={"directory": "qilian.engines.registry.directories.pages"},
    tellers={"directory": "qilian.engines.registry.directories.story"},
)
