"""What stands between a password and the house."""

from typing import Literal

Gate = Literal["open", "check", "enrol"]


def gate(*, has_factor: bool, required: bool, shown: bool) -> Gate:
    """Whether a session is open, must show a factor, or must set one up first.

    >>> gate(has_factor=True, required=False, shown=False), gate(has_factor=False, required=True, shown=False)
    ('check', 'enrol')
    """
    if has_factor:
        return "open" if shown else "check"
    return "enrol" if required else "open"
