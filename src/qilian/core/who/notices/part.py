"""How notices present themselves to the house."""

from qilian.core.house.parts.api import SIGNED_IN, MenuItem, Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .pages import TITLE

name_actions(
    {
        "notices.webhook": Text("登记接收地址", "register webhooks"),
        "notices.operate": Text("处理未送达的通知", "look after undelivered notices"),
    }
)
refer({"core.notice": Reference(Text("通知", "Notice")), "core.webhook": Reference(Text("接收地址", "Webhook"))})

PART = Part(
    name="core.notices",
    title=TITLE,
    urls="qilian.core.who.notices.urls",
    prefix="notices/",
    menu=(MenuItem(TITLE, "notices:mine", order=55, needs=SIGNED_IN),),
    jobs=("qilian.core.who.notices.jobs",),
)
