"""Public interface of regions."""

from .boundaries import boundaries
from .kernel import (
    PROVINCES,
    Boundaries,
    ancestors,
    contains,
    level,
    parent,
    place_title,
    prefix,
)
from .queries import (
    children,
    division_names,
    inside,
    prefectures,
    province,
    region_title,
    regions,
    search_regions,
    tile_places,
)
from .services import load_regions

__all__ = [
    "PROVINCES",
    "Boundaries",
    "ancestors",
    "boundaries",
    "children",
    "contains",
    "division_names",
    "inside",
    "level",
    "load_regions",
    "parent",
    "place_title",
    "prefectures",
    "prefix",
    "province",
    "region_title",
    "regions",
    "search_regions",
    "tile_places",
]
