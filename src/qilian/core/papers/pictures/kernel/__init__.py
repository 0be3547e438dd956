"""From values to a drawing, and from a drawing to SVG: pure, so that its geometry can be tried without a browser."""

from .bars import Bar, bars
from .climb import Step, climb
from .curves import Day, curves
from .flow import End, Passage, flow
from .marks import Box, Dot, Drawing, Line, Link, Look, Mark, Point, Words, extent, flat
from .measure import BASE, LEADING, breadth, wrap
from .parts import GAP, Legend, label, legend, ticks
from .regions import Axis, regions
from .tiles import Tile, shades, tiles
from .timeline import Lane, Tray, timeline
from .writing import svg

__all__ = [
    "BASE",
    "GAP",
    "LEADING",
    "Axis",
    "Bar",
    "Box",
    "Day",
    "Dot",
    "Drawing",
    "End",
    "Lane",
    "Legend",
    "Line",
    "Link",
    "Look",
    "Mark",
    "Passage",
    "Point",
    "Step",
    "Tile",
    "Tray",
    "Words",
    "bars",
    "breadth",
    "climb",
    "curves",
    "extent",
    "flat",
    "flow",
    "label",
    "legend",
    "regions",
    "shades",
    "svg",
    "ticks",
    "tiles",
    "timeline",
    "wrap",
]
