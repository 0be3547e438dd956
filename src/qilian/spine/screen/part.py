"""How the screen presents itself to the house: pages, menu, JSON and the making of task tables."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.values.text import Text

from . import jobs
from .references import explain
from .resource import UNITS

explain()

PART = Part(
    name="spine.screen",
    title=Text("方案", "Plan"),
    urls="qilian.spine.screen.pages.urls",
    api="qilian.spine.screen.rest.router",
    menu=(
        MenuItem(Text("方案", "Plan"), "plan", 10),
        MenuItem(Text("单位", "Units"), "units", 20),
        MenuItem(Text("文件与版本", "Documents"), "plans", 30),
    ),
    resources=(UNITS,),
    jobs=(jobs.__name__,),
)
