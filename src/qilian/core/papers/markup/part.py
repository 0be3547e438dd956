"""How markup presents itself to the house: nothing but itself; it has no page, table or event of its own."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="core.markup", title=Text("标记文件", "Markup"))
