"""How sheets present themselves to the house: they have no page, table or event of their own."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="core.sheets", title=Text("导入表", "Sheets"))
