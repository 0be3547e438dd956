"""How choices present themselves to the house: the address that pickers ask."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

PART = Part(
    name="core.choices", title=Text("选项", "Choices"), urls="qilian.core.house.choices.pages", prefix="choices/"
)
