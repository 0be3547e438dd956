"""A drawing on a page: drawn for wide and for narrow screens, with the table that says the same behind a toggle."""

from collections.abc import Callable, Mapping

from django.utils.safestring import SafeString

from qilian.core.house.pages import Section, Table
from qilian.core.values.text import Text

from .kernel import Drawing, svg

WIDE, NARROW = 960.0, 340.0
Draw = Callable[[float], Drawing]


def figure(name: str, draw: Draw, table: Table | None = None, note: Text | None = None) -> Mapping[str, object]:
    """What the template `pictures/figure.html` shows: `draw` is asked for both widths, `name` is said once a page.

    A page that shows the table anyway gives none here.
    """
    drawn = {
        size: SafeString(svg(draw(width), f"{name}-{size}")) for size, width in (("wide", WIDE), ("narrow", NARROW))
    }
    return {"wide": drawn["wide"], "narrow": drawn["narrow"], "table": table, "note": note}


def pictured(title: Text | str, name: str, draw: Draw, table: Table | None = None, note: Text | None = None) -> Section:
    """A section of a page that holds one picture; its anchor is the picture's name."""
    return Section(title, name, template=FIGURE, context=figure(name, draw, table, note))


FIGURE = "pictures/figure.html"
