"""From values to a drawing, and from a drawing to SVG: pure, so that its geometry can be tried without a browser."""

from .areas import Area, areas
from .bars import Bar, bars
from .climb import Step, climb
from .curves import Day, curves
from .flow import End, Passage, flow
from .marks import Box, Dot, Drawing, Line, Link, Look, Words, extent, flat
from .measure import breadth, wrap
from .parts import ticks
from .regions import Axis, regions
from .tiles import Tile, shades, tiles
from .timeline import Lane, Tray, timeline
from .writing import svg

__all__ = [
    "Area",
    "Axis",
    "Bar",
    "Box",
    "Day",
    "Dot",
    "Drawing",
    "End",
    "Lane",
    "Line",
    "Link",
    "Look",
    "Passage",
    "Step",
    "Tile",
    "Tray",
    "Words",
    "areas",
    "bars",
    "breadth",
    "climb",
    "curves",
    "extent",
    "flat",
    "flow",
    "regions",
    "shades",
    "svg",
    "ticks",
    "tiles",
    "timeline",
    "wrap",
]
