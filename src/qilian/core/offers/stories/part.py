"""How stories present themselves to the house: the event that one was told."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="core.stories", title=Text("故事", "Stories"))
