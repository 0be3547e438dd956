"""Public interface of regions."""

from .kernel import LEVEL_TITLES, LEVELS, Division, ancestors, contains, level, parent, prefix, read_divisions
from .queries import (
    children,
    division_choices,
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
    "Division",
    "RegionsLoaded",
    "ancestors",
    "children",
    "contains",
    "division_choices",
    "division_names",
    "inside",
    "level",
    "load_regions",
    "parent",
    "prefectures",
    "prefix",
    "province",
    "read_divisions",
    "region_title",
    "regions",
    "search_regions",
    "tile_places",
]
