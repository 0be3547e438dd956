"""Public interface of markup."""

from .kernel.package import Package
from .kernel.tree import Element, child, children, follow, parse, value, written

__all__ = [
    "Element",
    "Package",
    "child",
    "children",
    "follow",
    "parse",
    "value",
    "written",
]
