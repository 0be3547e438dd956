"""How stories present themselves to the house: the event that one was told."""

from qilian.core.house.parts.api import Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.values.text import Text

refer({"core.story": Reference(Text("演示故事", "Story"))})

PART = Part(name="core.stories", title=Text("故事", "Stories"))
