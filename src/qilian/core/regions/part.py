"""What regions bring into the house."""

from qilian.core.packs.api import Part
from qilian.core.text import Text

from .services import RegionsLoaded

PART = Part(
    name="core.regions",
    title=Text("行政区划", "Administrative divisions"),
    events={"regions.list.loaded": RegionsLoaded},
    urls="qilian.core.regions.urls",
    prefix="regions/",
)
