"""What the inbox brings into the house."""

from qilian.core.grants.api import name_actions
from qilian.core.packs.api import SIGNED_IN, MenuItem, Part
from qilian.core.text import Text

from .pages import TITLE
from .services import ItemDone, ItemPut, ItemReassigned

name_actions({"inbox.reassign": Text("转交待办", "pass on the work of others")})

PART = Part(
    name="core.inbox",
    title=Text("待办", "Inbox"),
    events={"inbox.item.put": ItemPut, "inbox.item.done": ItemDone, "inbox.item.reassigned": ItemReassigned},
    urls="qilian.core.inbox.urls",
    prefix="inbox/",
    menu=(MenuItem(TITLE, "inbox:mine", order=50, needs=SIGNED_IN),),
    jobs=("qilian.core.inbox.jobs",),
)
