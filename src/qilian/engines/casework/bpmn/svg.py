"""The pieces of a drawing as SVG: shapes, signs, lines of words; every text is escaped."""

from collections.abc import Sequence
from html import escape

from qilian.core.papers.pictures.api import wrap

from .kernel.model import Bounds

SIZE, LEADING, _BASE, _EDGE = 12, 15, 12, 6
_MEASURED = 11
"""Letters are measured generously; a Chinese line may lean out of its room by half a character."""
Attributes = dict[str, str | float]


def attributes(**given: str | float) -> str:
    """Return attributes as written: `stroke_width` is `stroke-width`, numbers have one decimal at most."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(each) if isinstance(each, str) else f"{round(each, 1):g}"}"'
        for name, each in given.items()
    )


def shape(tag: str, /, **given: str | float) -> str:
    """Return one shape."""
    return f"<{tag}{attributes(**given)}/>"


def path(sign: str, x: float, y: float, scale: float, *, filled: bool = False, bold: bool = False) -> str:
    """Return a sign around a place; nothing for an empty one."""
    if not sign:
        return ""
    width = f"{(2.5 if bold else 0.7 if filled else 1.2) / max(scale, 0.1):.2f}"
    look = 'class="fill-full" fill="#1d4f7c" stroke="#fff"' if filled else 'fill="none" stroke="#1d4f7c"'
    return f'<path d="{sign}" transform="translate({x:g} {y:g}) scale({scale:.3g})" {look} stroke-width="{width}"/>'


def words(
    lines: Sequence[str], x: float, top: float, *, anchor: str = "middle", above: bool = False, turn: str = ""
) -> str:
    """Return lines below a height, or above it; each with a border of the ground, so that flows do not cross it out."""
    first = top - LEADING * len(lines) if above else top
    placed = (
        f"<tspan{attributes(x=x, y=first + _BASE + n * LEADING)}>{escape(line)}</tspan>"
        for n, line in enumerate(lines)
        if line
    )
    text = "".join(placed)
    look = attributes(text_anchor=anchor, class_="text-ink", fill="#1b1b1b", paint_order="stroke")
    halo = ' stroke="#fff" stroke-width="3" stroke-linejoin="round"'
    return f"<text{look}{halo}{turn}>{text}</text>" if text else ""


def broken(name: str, room: float) -> tuple[str, ...]:
    """Return a name in lines for so much room; a stranger's box may be too narrow for a word, and gets one anyway."""
    return wrap(name, max(room, 5 * SIZE), _MEASURED)


def rows(name: str, breadth: float) -> float:
    """Return how high a name is that is broken to stand in a box of a breadth."""
    return LEADING * len(broken(name, breadth - _EDGE))


def centred(name: str, at: Bounds, *, turned: bool = False) -> str:
    """Return a name in the middle of a box, as many lines as fit; turned, it reads from below."""
    broad, high = (at.height, at.width) if turned else (at.width, at.height)
    lines = broken(name, broad - _EDGE)
    most = max(1, int(high // LEADING))
    if len(lines) > most:
        lines = (*lines[: most - 1], f"{lines[most - 1][:-1]}…")
    x, y = at.x + at.width / 2, at.y + at.height / 2
    turn = attributes(transform=f"rotate(-90 {x:g} {y:g})") if turned else ""
    return words(lines, x, y - LEADING * len(lines) / 2, turn=turn)
