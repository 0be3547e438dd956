"""How the inbox presents itself to the house."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .pages import TITLE

name_actions({"inbox.reassign": Text("转交待办", "pass on the work of others")})
refer({"core.inbox_item": Reference(Text("待办", "Item of the inbox"))})

PART = Part(
    name="core.inbox",
    title=Text("待办", "Inbox"),
    urls="qilian.core.who.inbox.urls",
    prefix="inbox/",
    menu=(MenuItem(TITLE, "inbox:mine", order=50, needs=SIGNED_IN),),
    jobs=("qilian.core.who.inbox.jobs",),
)
