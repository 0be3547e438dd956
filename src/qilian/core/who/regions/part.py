"""How regions present themselves to the house."""

from qilian.core.house.parts.api import Part
from qilian.core.log.sentences.api import Reference, refer
from qilian.core.values.text import Text

from .choosing import DIVISIONS

refer({"core.regions": Reference(Text("行政区划", "Divisions of"))})

PART = Part(
    name="core.regions",
    title=Text("行政区划", "Administrative divisions"),
    urls="qilian.core.who.regions.urls",
    prefix="regions/",
    choices=(DIVISIONS,),
)
