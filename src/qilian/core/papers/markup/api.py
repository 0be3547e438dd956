"""Public interface of markup."""

from .kernel.package import MARKUP_MAX, MEMBERS_MAX, UNPACKED_MAX, Package
from .kernel.tree import DEEPEST, ELEMENTS_MAX, Element, Follower, child, children, follow, parse, value, written

__all__ = [
    "DEEPEST",
    "ELEMENTS_MAX",
    "MARKUP_MAX",
    "MEMBERS_MAX",
    "UNPACKED_MAX",
    "Element",
    "Follower",
    "Package",
    "child",
    "children",
    "follow",
    "parse",
    "value",
    "written",
]
