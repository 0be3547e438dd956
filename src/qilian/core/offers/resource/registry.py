"""The resources of the house: what the parts brought."""

from collections.abc import Iterator
from typing import Any

from qilian.core.house.parts.api import parts

from .shapes import Resource


def resources() -> Iterator[Resource[Any]]:
    """Every resource, in the order of the parts; TypeError where a part brings something else under that word."""
    for part in parts():
        for each in part.resources:
            if not isinstance(each, Resource):
                raise TypeError(f"{part.name} brings {each!r} as a resource")
            yield each
