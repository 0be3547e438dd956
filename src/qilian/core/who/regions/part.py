"""How regions present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.values.text import Text

from .choosing import DIVISIONS

PART = Part(
    name="core.regions",
    title=Text("行政区划", "Administrative divisions"),
    urls="qilian.core.who.regions.urls",
    prefix="regions/",
    choices=(DIVISIONS,),
)
