"""Names of FEEL: several words, signs such as - and +, Chinese; the longest name in scope wins (DMN 1.5, 10.3.1.4)."""

import re
from collections.abc import Iterable
from functools import lru_cache

_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d\u180f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
WORD = re.compile(f"[{_START}][{_PART}]*")
_TOKEN = re.compile(f"[{_PART}]+|[./\\-'’+*]")
_SPACE = r"[\s\u180e\u200b\ufeff]"
SKIP = re.compile(rf"(?:{_SPACE}|//[^\n\r]*|/\*.*?\*/)*", re.DOTALL)
_LONGEST = 40

_CONTROL = ("if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "function", "external")
_OPERATORS = ("and", "or", "between", "instance", "of", "true", "false", "null")
KEYWORDS = frozenset((*_CONTROL, *_OPERATORS))


def token(text: str, at: int) -> tuple[str, int] | None:
    """Return the token of a name that comes next, with the offset of its end."""
    space = SKIP.match(text, at)
    match = _TOKEN.match(text, space.end() if space else at)
    return (match[0], match.end()) if match else None


def tokens(text: str, at: int) -> list[tuple[str, int]]:
    """Return the tokens a name may consist of, forty at most, from a position on, each with the offset of its end."""
    found: list[tuple[str, int]] = []
    while len(found) < _LONGEST and (one := token(text, at)):
        found.append(one)
        at = one[1]
    return found


def joined(words: Iterable[str]) -> str:
    """Write tokens as a name: one space between words, none beside signs."""
    made = ""
    for word in words:
        made += (" " if made and _word(made[-1]) and _word(word[0]) else "") + word
    return made


def canonical(name: str) -> str:
    """Return a name with its spaces as the standard counts them."""
    found = tokens(name, 0)
    return joined(word for word, _ in found) if found and found[-1][1] == len(name.rstrip()) else name.strip()


def _word(char: str) -> bool:
    return char not in "./-'’+*"


_Frame = dict[str, list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=1024)
def _frame(names: tuple[str, ...]) -> _Frame:
    """Return a frame of names that nobody adds to; many texts are read against the same names."""
    frame: _Frame = {}
    for name in names:
        _put(frame, name)
    return frame


def _put(frame: _Frame, name: str) -> None:
    words = tuple(word for word, _ in tokens(name, 0))
    if words:
        frame.setdefault(words[0], []).append((words, name))


class Names:
    """The names that are known at one place of a text; the innermost frame is last."""

    def __init__(self, *frames: Iterable[str]) -> None:
        self._frames: list[_Frame] = [*(_frame(tuple(frame)) for frame in frames), {}]

    def push(self, names: Iterable[str]) -> None:
        """Open a frame with names."""
        self._frames.append({})
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name to the innermost frame."""
        _put(self._frames[-1], name)

    @property
    def depth(self) -> int:
        """How many frames are open; setting it closes those above."""
        return len(self._frames)

    @depth.setter
    def depth(self, depth: int) -> None:
        del self._frames[depth:]

    def pop(self) -> None:
        """Close the innermost frame."""
        self._frames.pop()

    def with_frame(self, other: "Names") -> "Names":
        """Return these names with those of another, outermost, added."""
        made = Names()
        made._frames = [*other._frames, *self._frames]
        return made

    def longest(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the longest known name that stands at a position, and where it ends."""
        ahead = tokens(text, at)
        if not ahead:
            return None
        best: tuple[str, int] | None = None
        length = 0
        for frame in reversed(self._frames):
            for words, name in frame.get(ahead[0][0], ()):
                count = len(words)
                if length < count <= len(ahead) and all(ahead[i][0] == words[i] for i in range(1, count)):
                    best, length = (name, ahead[count - 1][1]), count
        return best
