"""How forms present themselves to the house: nothing but themselves; they have no page, table or event of their own."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="core.forms", title=Text("表单", "Forms"))
