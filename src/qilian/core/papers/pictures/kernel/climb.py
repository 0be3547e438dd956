"""How a fact is proved: its leaf below, a neighbour at each step of the way up, the root above, and who signed it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .marks import Box, Dot, Drawing, Line, Mark, Words
from .measure import LEADING, SIZE, breadth
from .parts import GAP, height, label

_STEP, _ASIDE = 34, 40


@dataclass(frozen=True, slots=True)
class Step:
    """A neighbour on the way up: its hash, shortened, and whether it stands to the left of what is proved."""

    hash: str
    left: bool


def climb(
    width: float, ends: tuple[str, str, str], steps: Sequence[Step], *, title: str, desc: str, sure: bool
) -> Drawing:
    """Draw the way from a leaf to its signature; `ends` say signature, root and leaf, steps go from the leaf up.

    Unsigned (`sure` is false), the frame of the signature is dashed.
    """
    signed, root, leaf = ends
    room, middle = width - 4 * GAP, width / 2
    frame = height(signed, room) + 2 * GAP
    top = frame + _STEP + height(root, width)
    bottom = top + LEADING + len(steps) * _STEP
    marks: list[Mark] = [
        Line(((middle, frame), (middle, frame + _STEP - GAP)), "axis"),
        Box(1, 1, width - 2, frame - 2, "pale" if sure else "wait"),
        *label(2 * GAP, GAP - 2, signed, room),
        *label(middle, frame + _STEP - GAP, root, width, anchor="middle", strong=True),
        Line(((middle, top), (middle, bottom)), "axis"),
    ]
    for n, step in enumerate(steps):
        marks += _fork(middle, bottom - n * _STEP, step)
    marks += [Dot(middle, bottom, "full"), *label(middle, bottom + GAP, leaf, width, anchor="middle", strong=True)]
    return Drawing(width, bottom + 2 * GAP + height(leaf, width), title, desc, tuple(marks))


def _fork(middle: float, y: float, step: Step) -> list[Mark]:
    """One step: the neighbour beside the way, joined to what both give together."""
    side = -1 if step.left else 1
    aside = middle + side * min(_ASIDE, middle - breadth(step.hash) - 12)
    said = Words(aside + side * 10, y + SIZE / 3, step.hash, "soft", "end" if step.left else "start")
    joint = y - _STEP
    return [
        Line(((aside, y), (middle, joint)), "axis"),
        Dot(aside, y, "open", radius=4),
        Dot(middle, joint, "full"),
        said,
    ]
