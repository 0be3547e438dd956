"""Public interface of regions."""

from .kernel import (
    LEVEL_TITLES,
    LEVELS,
    PROVINCES,
    Division,
    ancestors,
    contains,
    level,
    parent,
    place_title,
    prefix,
    read_divisions,
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
from .services import RegionsLoaded, load_regions

__all__ = [
    "LEVELS",
    "LEVEL_TITLES",
    "PROVINCES",
    "Division",
    "RegionsLoaded",
    "ancestors",
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
    "read_divisions",
    "region_title",
    "regions",
    "search_regions",
    "tile_places",
]
