"""Public interface of parts: how an engine, a room or the spine presents itself, and who has done so."""

from .kernel.kinds import ENGINES, KINDS
from .kernel.parts import (
    SIGNED_IN,
    Command,
    Finding,
    Link,
    MenuItem,
    Part,
    Receiver,
    part_problems,
)
from .registry import HOUSE, Parts, kinds, parts, register

__all__ = [
    "ENGINES",
    "HOUSE",
    "KINDS",
    "SIGNED_IN",
    "Command",
    "Finding",
    "Link",
    "MenuItem",
    "Part",
    "Parts",
    "Receiver",
    "kinds",
    "part_problems",
    "parts",
    "register",
]
