"""The parts that this process runs with: filled once at start, read by everyone."""

from .kernel.parts import Part, installed_kinds


class Parts:
    """Parts in the order of registration. Tests make their own."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}

    def register(self, part: Part) -> None:
        """Add a part. The same part twice is harmless; another part under a taken name is a ValueError."""
        if self._parts.setdefault(part.name, part) != part:
            raise ValueError(f"two different parts are called {part.name}")

    def parts(self) -> tuple[Part, ...]:
        """All parts, in the order of registration."""
        return tuple(self._parts.values())

    def kinds(self) -> frozenset[str]:
        """The names of the kinds that can be declared today."""
        return installed_kinds(self.parts())


HOUSE = Parts()
"""The parts of this process."""

register = HOUSE.register
parts = HOUSE.parts
kinds = HOUSE.kinds
