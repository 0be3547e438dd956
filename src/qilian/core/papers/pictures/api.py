"""Public interface of pictures: values in, a figure of a page out."""

from .deciding import decided_regions
from .figure import FIGURE, NARROW, WIDE, figure, pictured
from .kernel import (
    Bar,
    Day,
    Drawing,
    End,
    Lane,
    Look,
    Passage,
    Step,
    Tile,
    Tray,
    bars,
    climb,
    curves,
    flow,
    shades,
    tiles,
    timeline,
)

__all__ = [
    "FIGURE",
    "NARROW",
    "WIDE",
    "Bar",
    "Day",
    "Drawing",
    "End",
    "Lane",
    "Look",
    "Passage",
    "Step",
    "Tile",
    "Tray",
    "bars",
    "climb",
    "curves",
    "decided_regions",
    "figure",
    "flow",
    "pictured",
    "shades",
    "tiles",
    "timeline",
]
