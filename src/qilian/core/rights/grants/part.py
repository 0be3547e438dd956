"""How grants present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

from .choosing import ACTIONS

PART = Part(
    name="core.grants",
    title=Text("权限", "Rights"),
    choices=(ACTIONS,),
)
