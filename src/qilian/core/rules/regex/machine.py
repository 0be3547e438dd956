"""Regular expressions as XPath and XML Schema mean them, matched with a bounded amount of work.

A pattern is compiled to a small program that a backtracking machine with its own stack runs: no pattern can take
longer than its budget of steps, and no text can exhaust Python's stack.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qilian.core.values.text import whole

from .sets import Chars, class_escape, one_of, property_set

_PROGRAM_LIMIT = 4000
_ESCAPED = frozenset("\\|.-^?*+{}()[]$")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
_META = frozenset(".\\?*+{}()|[]^$")

Instruction = tuple[Any, ...]
"""("set", test, cost) ("split", first, second) ("jump", to) ("save", slot) ("begin",) ("end",) ("back", slots) and
("loop", slot)."""

Slots = tuple[int | None, ...]
"""Places in the text that a match remembers: where groups begin and end, where rounds of loops began."""


class PatternError(ValueError):
    """A pattern, flag or replacement that XPath does not know; the text says which and where."""


class TooComplex(ValueError):
    """A match that would take more work than it was given."""


class TooLarge(ValueError):
    """A replacement that would make a longer text than is allowed."""


class Steps:
    """The work that may be done: an instruction, eight remembered places or sixteen characters compared are one."""

    __slots__ = ("given", "left")

    def __init__(self, given: int) -> None:
        self.given = self.left = given

    @property
    def taken(self) -> int:
        """How many were taken; at most all that were given."""
        return self.given - max(self.left, 0)

    def take(self, steps: int) -> None:
        """Take some; TooComplex when there are none left."""
        self.left -= steps
        if self.left < 0:
            raise TooComplex


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: the whole as group 0, then each group; None for a group that took no part."""

    groups: tuple[tuple[int, int] | None, ...]

    @property
    def span(self) -> tuple[int, int]:
        """Start and end of the whole match."""
        whole = self.groups[0]
        assert whole is not None
        return whole


class Pattern:
    """A compiled pattern; PatternError for a text that is none."""

    def __init__(self, text: str, flags: str) -> None:
        if set(flags) - set("smix"):
            raise PatternError(f"flags {flags!r}")
        if "x" in flags:
            text = _without_spaces(text)
        self._folded, self._dotall, self._lines = "i" in flags, "s" in flags, "m" in flags
        compiler = _Compiler(text, self._dotall, self._folded)
        self.program, self.groups, self.work = compiler.program, tuple(compiler.groups), compiler.work
        self._slots: Slots = (None,) * len(compiler.slots)

    def search(self, text: str, start: int, budget: Steps) -> Match | None:
        """Return the first match at or after a position; TooComplex when the budget of steps is used up."""
        for at in range(start, len(text) + 1):
            if found := self._match(text, at, budget):
                return found
        return None

    def finditer(self, text: str, budget: Steps) -> Iterator[Match]:
        """Yield matches from left to right; PatternError for a pattern that matches the empty text."""
        if self.search("", 0, budget):
            raise PatternError("it matches the empty text")
        at = 0
        while found := self.search(text, at, budget):
            yield found
            at = found.span[1]  # no match is empty: one that holds nothing would hold in the empty text too

    def _match(self, text: str, start: int, budget: Steps) -> Match | None:
        program, length, left, kept = self.program, len(text), budget.left, len(self._slots) >> 3
        stack: list[tuple[int, int, Slots]] = [(0, start, self._slots)]
        while stack:
            counter, at, slots = stack.pop()
            while True:
                left -= 1
                if left < 0:
                    budget.left = left
                    raise TooComplex
                instruction = program[counter]
                operation = instruction[0]
                counter += 1
                if operation == "set":
                    if at == length or not instruction[1](text[at]):
                        left -= instruction[2]
                        break
                    left -= instruction[2]
                    at += 1
                elif operation == "split":
                    stack.append((instruction[2], at, slots))
                    counter = instruction[1]
                elif operation == "jump":
                    counter = instruction[1]
                elif operation == "save":
                    slot = instruction[1]
                    slots = (*slots[:slot], at, *slots[slot + 1 :])
                    left -= kept
                elif operation == "match":
                    budget.left = left
                    return self._found(start, at, slots)
                elif operation == "back":
                    said = _said(text, slots, *instruction[1:])
                    left -= len(said) >> 4
                    if not self._alike(said, text[at : at + len(said)]):
                        break
                    at += len(said)
                elif not self._holds(instruction, text, at, slots):
                    break
        budget.left = left
        return None

    def _holds(self, instruction: Instruction, text: str, at: int, slots: Slots) -> bool:
        match instruction[0]:
            case "begin":
                return at == 0 or (self._lines and text[at - 1] == "\n" and at < len(text))
            case "end":
                return at == len(text) or (self._lines and text[at] == "\n")
        return slots[instruction[1]] != at  # a round that consumed nothing ends the loop

    def _alike(self, said: str, heard: str) -> bool:
        return said == heard or (self._folded and said.casefold() == heard.casefold())

    def _found(self, start: int, end: int, slots: Slots) -> Match:
        found: list[tuple[int, int] | None] = [(start, end)]
        for begun, ended in self.groups:
            first, last = slots[begun], slots[ended]
            found.append(None if first is None or last is None else (first, last))
        return Match(tuple(found))


def _said(text: str, slots: Slots, begun: int, ended: int) -> str:
    """Return what a group holds; nothing where it took no part."""
    end = slots[ended]
    return "" if end is None else text[slots[begun] : end]


@lru_cache(maxsize=64)
def pattern(text: str, flags: str = "") -> Pattern:
    """Return a compiled pattern, kept for the next time; PatternError for a text or flags that are wrong."""
    return Pattern(text, flags)


def matches(text: str, regex: str, flags: str, budget: Steps) -> bool:
    """Say whether a pattern matches anywhere in a text."""
    return _paid(regex, flags, budget).search(text, 0, budget) is not None


def replace(text: str, regex: str, replacement: str, flags: str, budget: Steps, most: int = 10**9) -> str:
    """Replace every match; `$1` stands for a group, `$0` for the whole match, `\\$` for the sign itself.

    TooLarge when more than `most` characters would be made.
    """
    compiled = _paid(regex, flags, budget)
    parts = _template(replacement, len(compiled.groups))
    made: list[str] = []
    at, room = 0, most - len(text)
    for found in compiled.finditer(text, budget):
        start, end = found.span
        made.append(text[at:start])
        budget.take(len(parts))
        for part in parts:
            piece = part if isinstance(part, str) else _group(text, found, part)
            made.append(piece)
            room -= len(piece)
        if room < 0:
            raise TooLarge
        at = end
    return "".join([*made, text[at:]])


def split(text: str, regex: str, budget: Steps) -> list[str]:
    """Return the parts between the matches of a delimiter."""
    made, at = [], 0
    for found in _paid(regex, "", budget).finditer(text, budget):
        made.append(text[at : found.span[0]])
        at = found.span[1]
    return [*made, text[at:]]


def _paid(regex: str, flags: str, budget: Steps) -> Pattern:
    """Return a compiled pattern; whoever uses it pays for its making, whether it was kept, made or came to nothing."""
    try:
        compiled = pattern(regex, flags)
    except (PatternError, TooComplex):
        budget.take(_PROGRAM_LIMIT)
        raise
    budget.take(compiled.work >> 1)
    return compiled


def _group(text: str, found: Match, number: int) -> str:
    group = found.groups[number] if number < len(found.groups) else None
    return text[group[0] : group[1]] if group else ""


def _template(text: str, groups: int) -> list[str | int]:
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        char = text[at]
        following = text[at + 1 : at + 2]
        if char == "\\":
            if following not in ("\\", "$"):
                raise PatternError(f"replacement {text!r}")
            parts.append(following)
            at += 2
        elif char == "$":
            end = at + 1
            while text[end : end + 1].isdecimal() and (end == at + 1 or int(text[at + 1 : end + 1]) <= groups):
                end += 1
            if end == at + 1:
                raise PatternError(f"replacement {text!r}")
            parts.append(int(text[at + 1 : end]))
            at = end
        else:
            parts.append(char)
            at += 1
    return parts


def _without_spaces(text: str) -> str:
    kept, depth, escaped = [], 0, False
    for char in text:
        if not escaped:
            depth += (char == "[") - (char == "]")
        if depth > 0 or char not in " \t\n\r":
            kept.append(char)
            escaped = char == "\\" and not escaped
    return "".join(kept)


class _Compiler:
    """Reads a pattern from left to right and emits the program."""

    def __init__(self, text: str, dotall: bool, folded: bool) -> None:
        self._text, self._at, self._folded = text, 0, folded
        self._dot: Chars = _any if dotall else (lambda char: char not in "\n\r")
        self.groups: list[tuple[int, int]] = []
        self.slots: list[int] = []
        self._open, self._depth, self.work = set[int](), 0, 0
        body = self._alternatives()
        if self._at < len(text):
            raise self._wrong()
        self.program: list[Instruction] = [*body, ("match",)]

    def _slot(self) -> int:
        number = len(self.slots)
        self.slots.append(number)
        return number

    def _wrong(self) -> PatternError:
        return PatternError(f"{self._text[:60]!r}, {self._at + 1}")

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, wanted: str) -> bool:
        if self._text.startswith(wanted, self._at):
            self._at += len(wanted)
            return True
        return False

    def _alternatives(self) -> list[Instruction]:
        self._deeper()
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        self._depth -= 1
        made: list[Instruction] = []
        end = sum(map(len, branches)) + 2 * len(branches) - 2
        for branch in branches[:-1]:
            start = len(made)
            made += [("split", start + 1, start + len(branch) + 2), *self._moved(branch, start + 1), ("jump", end)]
        made += self._moved(branches[-1], len(made))
        self._check(made)
        return made

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > 40:
            raise self._wrong()

    def _moved(self, part: list[Instruction], by: int) -> list[Instruction]:
        """Return a part of a program as it stands `by` instructions later."""
        self.work += len(part)
        return [
            (one[0], *(to + by for to in one[1:])) if one[0] in ("split", "jump") else one  # only these hold addresses
            for one in part
        ]

    def _branch(self) -> list[Instruction]:
        made: list[Instruction] = []
        while self._peek() not in ("", "|", ")"):
            made += self._moved(self._piece(), len(made))
            self._check(made)
        return made

    def _check(self, made: list[Instruction]) -> None:
        if len(made) > _PROGRAM_LIMIT:
            raise TooComplex

    def _piece(self) -> list[Instruction]:
        atom = self._atom()
        bounds = self._quantifier()
        if bounds is None:
            return atom
        low, high, greedy = bounds
        if max(low, high or low) * len(atom) > _PROGRAM_LIMIT:
            raise TooComplex
        made: list[Instruction] = []
        for _ in range(low):
            made += self._moved(atom, len(made))
        if high is None:
            return made + self._moved(self._star(atom, greedy), len(made))
        end = len(made) + (high - low) * (len(atom) + 1)
        for _ in range(high - low):
            start = len(made) + 1
            made += [_split(start, end, greedy), *self._moved(atom, start)]
        return made

    def _star(self, atom: list[Instruction], greedy: bool) -> list[Instruction]:
        """Loop: remember where the round began, and go round again only when something was consumed."""
        slot = self._slot()
        return [_split(1, len(atom) + 4, greedy), ("save", slot), *self._moved(atom, 2), ("loop", slot), ("jump", 0)]

    def _quantifier(self) -> tuple[int, int | None, bool] | None:
        if self._take("{"):
            inside, closed, _ = self._text[self._at :].partition("}")
            low, comma, high = inside.partition(",")
            least, most = whole(low, 8 - len(high)), whole(high, 8)
            if not closed or least is None or (high and most is None):
                raise self._wrong()
            self._at += len(inside + closed)
            bounds: tuple[int, int | None] = (least, most if comma else least)
            if bounds[1] is not None and bounds[1] < bounds[0]:
                raise self._wrong()
        elif (sign := self._peek()) and sign in "?*+":
            self._at += 1
            bounds = {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        else:
            return None
        return (*bounds, not self._take("?"))

    def _atom(self) -> list[Instruction]:
        char = self._peek()
        self._at += 1
        if char == "(":
            return self._group()
        if char == "^":
            return [("begin",)]
        if char == "$":
            return [("end",)]
        if char == ".":
            return [("set", self._dot, 0)]
        if char == "[":
            test, parts = self._class()
            return [("set", test, parts >> 2)]
        if char == "\\":
            return self._escape()
        if char in _META:
            self._at -= 1
            raise self._wrong()
        return [("set", one_of(char, self._folded), 0)]

    def _group(self) -> list[Instruction]:
        if self._take("?:"):
            body = self._alternatives()
        else:
            begun, ended = self._slot(), self._slot()
            self.groups.append((begun, ended))
            self._open.add(begun)
            inner = self._alternatives()
            self._open.discard(begun)
            body = [("save", begun), *self._moved(inner, 1), ("save", ended)]
        if not self._take(")"):
            raise self._wrong()
        return body

    def _escape(self) -> list[Instruction]:
        char = self._peek()
        if not char.isdecimal():
            return [("set", self._escaped(), 0)]
        end = self._at + 1
        while self._text[end : end + 1].isdecimal() and int(self._text[self._at : end + 1]) <= len(self.groups):
            end += 1
        slots = dict(enumerate(self.groups, 1)).get(int(self._text[self._at : end]))
        if slots is None or slots[0] in self._open:
            raise self._wrong()
        self._at = end
        return [("back", *slots)]

    def _escaped(self) -> Chars:
        char = self._peek()
        self._at += 1
        if char and char in "pP":
            name, closed, _ = self._text[self._at :].partition("}")
            if not name.startswith("{") or not closed:
                raise self._wrong()
            self._at += len(name + closed)
            inside = property_set(name.removeprefix("{"))
            if inside is None:
                raise self._wrong()
            return inside if char == "p" else lambda one: not inside(one)
        if char in _CONTROL:
            return one_of(_CONTROL[char], False)
        if char in _ESCAPED:
            return one_of(char, self._folded)
        if char and (known := class_escape(char)):
            return known
        raise self._wrong()

    def _class(self) -> tuple[Chars, int]:
        """Read what stands between square brackets, with subtraction: `[a-z-[aeiou]]`; return how many parts it has."""
        self._deeper()
        negated = self._take("^")
        parts: list[Chars] = []
        taken: Chars | None = None
        others = 0
        while not self._take("]"):
            if parts and self._text.startswith("-[", self._at):
                self._at += 2
                taken, others = self._class()
                if not self._take("]"):
                    raise self._wrong()
                break
            parts.append(self._class_part())
        if not parts:
            raise self._wrong()
        self._depth -= 1
        return _class_test(tuple(parts), negated, taken), len(parts) + others

    def _class_part(self) -> Chars:
        char = self._peek()
        if char in ("", "["):
            raise self._wrong()
        self._at += 1
        if char == "\\" and (self._peek() not in _ESCAPED and self._peek() not in _CONTROL):
            return self._escaped()
        low = self._literal(char)
        following = self._text[self._at + 1 : self._at + 2]
        if self._peek() != "-" or following in ("]", "[", ""):
            return one_of(low, self._folded)
        self._at += 2
        high = self._literal(following)
        if high < low:
            raise self._wrong()
        return _between(low, high, self._folded)

    def _literal(self, char: str) -> str:
        if char != "\\":
            return char
        escaped = self._peek()
        self._at += 1
        if escaped in _CONTROL:
            return _CONTROL[escaped]
        if escaped not in _ESCAPED:
            raise self._wrong()
        return escaped


def _any(_: str) -> bool:
    return True


def _split(first: int, second: int, greedy: bool) -> Instruction:
    return ("split", first, second) if greedy else ("split", second, first)


def _class_test(parts: tuple[Chars, ...], negated: bool, taken: Chars | None) -> Chars:
    def test(char: str) -> bool:
        inside = any(part(char) for part in parts) != negated
        return inside and not (taken and taken(char))

    return test


def _between(low: str, high: str, folded: bool) -> Chars:
    if not folded:
        return lambda char: low <= char <= high
    return lambda char: any(low <= one <= high for one in (char, char.lower(), char.upper()) if len(one) == 1)
