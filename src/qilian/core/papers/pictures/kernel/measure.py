"""How much room words take, before any browser has seen them; rather too much than too little."""

import re
import unicodedata

SIZE = 14
"""Text in pixels: what remains of it on a printed A4 column can still be read."""
LEADING, BASE = 20, 16  # from line to line; from the top of a line to its letters' foot
_SLACK = 0.01  # what arithmetic loses on the way
_PIECE = re.compile(r"[（《“【]*(?:[!-~À-ɏ]+|[^!-~\sÀ-ɏ])[，。；：、）》”】]*|\s+")


def breadth(text: str, size: float = SIZE) -> float:
    """How many pixels a line of text takes at most.

    >>> breadth("祁连"), breadth("ok")
    (28.0, 17.36)
    """
    return round(sum(map(_share, text)) * size, 2)


def wrap(text: str, room: float, size: float = SIZE) -> tuple[str, ...]:
    """Break words into lines that fit: between words, between Chinese characters, inside a word only where it must.

    Marks that close stay with what they close.

    >>> wrap("省发展改革委、省商务厅", 100)
    ('省发展改革委、', '省商务厅')
    """
    lines = [""]
    for piece in (part for whole in _PIECE.findall(text) for part in _cut(whole, room, size)):
        if breadth((lines[-1] + piece).rstrip(), size) > room + _SLACK:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return tuple(line.rstrip() for line in lines)


def _cut(piece: str, room: float, size: float) -> list[str]:
    """A piece in parts that fit, which nearly always is the piece itself."""
    if breadth(piece, size) <= room + _SLACK:
        return [piece]
    parts = [""]
    for character in piece:
        if parts[-1] and breadth(parts[-1] + character, size) > room:
            parts.append("")
        parts[-1] += character
    return parts


def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in " .,:;'|!ijlft()[]-·":
        return 0.38
    if character in "mwMW@%—–…":
        return 1.0
    return 0.74 if character.isupper() else 0.62
