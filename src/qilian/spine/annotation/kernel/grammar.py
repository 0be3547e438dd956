"""The grammar of an annotation, over the shape of its tokens, so that equal shapes are parsed once.

A shape is a word of letters: L a label (牵头单位：), U a unit, V a verb (负责), P persons behind a label, H a person
where a unit would stand (分管副市长牵头), O a label that is not ours; times, notes and other words are no letters, for
they divide no list. Lark's LALR automaton reads it; a shape outside the language is reported, never repaired.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

_GRAMMAR = r"""
start: body? (labelled | aside body?)*
labelled: LABEL body?
body: run+ | run* rest
run: units VERB
rest: units
units: (UNIT | HUMAN)+
aside: PERSONS | OTHER
LABEL: "L"
UNIT: "U"
HUMAN: "H"
VERB: "V"
PERSONS: "P"
OTHER: "O"
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Units that share a fate: the label before them, the verb behind them, each as an index into the tokens."""

    label: int | None
    units: tuple[int, ...]
    verb: int | None
    first: bool


@lru_cache(maxsize=4096)
def runs(shape: str) -> tuple[Run, ...] | None:
    """Return the runs of a shape in order, or None when the shape is not in the language."""
    try:
        tree = _parser().parse(shape)
    except UnexpectedInput:
        return None
    return tuple(run for part in tree.children if isinstance(part, Tree) for run in _of(part))


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", keep_all_tokens=True)


def _of(part: "Tree[Token]") -> list[Run]:
    positions = [(token.type, token.start_pos or 0) for token in part.scan_values(lambda leaf: isinstance(leaf, Token))]
    if part.data == "aside":
        return []
    label = positions.pop(0)[1] if positions[0][0] == "LABEL" else None
    found: list[Run] = []
    units: list[int] = []
    for kind, position in positions:
        if kind == "UNIT":
            units.append(position)
        elif kind == "VERB":
            found.append(Run(label, tuple(units), position, first=not found))
            units = []
    return [*found, Run(label, tuple(units), None, first=not found)] if units else found
