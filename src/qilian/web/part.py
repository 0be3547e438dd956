"""How the web floor itself presents itself to the house: the telling of the demonstration, for the worker."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="web", title=Text("演示", "Demonstration"), jobs=("qilian.web.telling",))
