"""How pictures present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(name="core.pictures", title=Text("图", "Pictures"))
