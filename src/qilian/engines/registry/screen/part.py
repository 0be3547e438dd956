"""How the registry's screen presents itself to the house."""

from qilian.core.house.parts.api import MenuItem, Part
from qilian.core.values.text import Text

PART = Part(
    name="registry.screen",
    title=Text("主体登记", "Registry"),
    urls="qilian.engines.registry.screen.pages.urls",
    api="qilian.engines.registry.screen.rest.router",
    prefix="parties/",
    menu=(MenuItem(Text("主体", "Parties"), "parties:list", 40),),
)
