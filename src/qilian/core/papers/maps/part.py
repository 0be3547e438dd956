"""How maps present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="core.maps", title=Text("地图", "Maps"))
