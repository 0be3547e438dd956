"""How long to wait before starting a fallen process again: pure."""

_FIRST, _LONGEST, _GROWTH = 0.2, 10.0, 2.0
SETTLED = 30.0
"""Seconds of life after which earlier falls are forgotten."""


def delay(falls: int) -> float:
    """Return the seconds to wait after so many falls in a row (1 or more): doubling, at most ten seconds."""
    return float(min(_LONGEST, _FIRST * _GROWTH ** (max(falls, 1) - 1)))


def falls_after(falls: int, lived: float) -> int:
    """Return the count of falls in a row when one more process fell after a life of some seconds."""
    return 1 if lived >= SETTLED else falls + 1
