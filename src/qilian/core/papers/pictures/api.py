"""Public interface of pictures: values in, a figure of a page out."""

from .figure import FIGURE, NARROW, WIDE, figure, pictured
from .kernel import (
    Bar,
    Drawing,
    End,
    Lane,
    Look,
    Passage,
    Tile,
    Tray,
    bars,
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
    "Drawing",
    "End",
    "Lane",
    "Look",
    "Passage",
    "Tile",
    "Tray",
    "bars",
    "figure",
    "flow",
    "pictured",
    "shades",
    "tiles",
    "timeline",
]
