"""Public interface of regions."""

from .kernel import (
    PROVINCES,
    ancestors,
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
    "ancestors",
    "children",
    "division_names",
    "inside",
    "load_regions",
    "place_title",
    "prefectures",
    "prefix",
    "province",
    "region_title",
    "regions",
    "search_regions",
    "tile_places",
]
