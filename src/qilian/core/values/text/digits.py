"""Whole numbers from outside: in an address, a cell, an attribute of a file."""


def whole(written: str, most: int = 9) -> int | None:
    """Return a whole number of at most `most` figures 0 to 9; None for whatever else stands there.

    Signs such as ² are figures to some and no number to others, and thousands of figures are none to Python.

    >>> whole("042"), whole("²"), whole("9" * 5000), whole("-1"), whole("")
    (42, None, None, None, None)
    """
    return int(written) if len(written) <= most and written.isascii() and written.isdecimal() else None
