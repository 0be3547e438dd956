"""What a run may still use: one number for work and for room, which every operation is charged by the size it has.

A step is a microsecond or 64 bytes, whichever is more: an item iterated, a function called, a few nodes of a body, 64
characters read or made. So a run that ends within its steps has ended in time, and has not filled the memory.
"""

from typing import NoReturn, Protocol

_CHARS, _ITEMS, _ENTRIES = 6, 3, 2
"""What one step pays for, as powers of two: 64 characters, 8 items of a list, 4 entries of a mapping."""


class Spent(Exception):
    """There is nothing left; `limit` is what there was, `code` of what: steps, or the size of one value."""

    def __init__(self, code: str, limit: int) -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


class Account(Protocol):
    """Whoever pays for work, of which so much is `left`: a run, or nobody where values are known to be small."""

    left: int

    def spend(self, steps: int = 1) -> None:
        """Account for work; raises when the limit is passed."""


class Nobody:
    """Pays for everything: for values that the house itself wrote."""

    left = 10**9

    def spend(self, steps: int = 1) -> None:
        """Account for nothing."""


NOBODY = Nobody()


class Budget:
    """The account of one run: `steps` for all of it, `size` for the longest text, list or mapping that it makes."""

    __slots__ = ("left", "size", "steps")

    def __init__(self, steps: int, size: int) -> None:
        self.steps, self.size, self.left = steps, size, steps

    def over(self, code: str, limit: int) -> NoReturn:
        """End the run; whoever has words of its own for that says them here."""
        raise Spent(code, limit)

    def spend(self, steps: int = 1) -> None:
        """Account for work; the run ends when the limit is passed."""
        self.left -= steps
        if self.left < 0:
            self.over("steps", self.steps)

    def room(self, size: int) -> None:
        """Ask for a value of so many characters or items before it is made; the run ends when it is too large."""
        if size > self.size:
            self.over("size", self.size)

    def made(self, value: object) -> None:
        """Account for a value that was made: its own size, without what it holds."""
        if isinstance(value, str | list | dict):
            self.room(len(value))
            self.spend(size_of(value))


def size_of(value: object) -> int:
    """Return the steps that a value itself is worth, without what it holds."""
    if isinstance(value, str):
        return len(value) >> _CHARS
    if isinstance(value, list):
        return len(value) >> _ITEMS
    return len(value) >> _ENTRIES if isinstance(value, dict) else 0
