"""How much room a text takes in a line of even columns."""

import unicodedata


def width(text: str) -> int:
    """Return the columns that a text takes: two for a full-width or wide character (UAX 11), one for any other."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
