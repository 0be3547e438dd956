"""How clocks present themselves to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.rights.grants.api import name_actions
from qilian.core.values.text import Text

from .pages import TITLE, VIEW

name_actions({VIEW: Text("查看办理期限", "see limits")})

PART = Part(
    name="core.clocks",
    title=TITLE,
    urls="qilian.core.time.clocks.urls",
    prefix="clocks/",
    menu=(MenuItem(TITLE, "clocks:list", order=70, needs="clocks.view"),),
    jobs=("qilian.core.time.clocks.jobs",),
)
