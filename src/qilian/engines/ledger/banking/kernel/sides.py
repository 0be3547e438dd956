"""What matching sees of a line or a transfer, and when two writings of a name are one."""

import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Side:
    """One line of a statement or one transfer of the book, seen from the bank account: `fen` above zero comes in.

    `references` are the words by which both sides may name the same payment; `name` is the other party.
    """

    key: int
    day: date
    fen: int
    references: frozenset[str] = frozenset()
    name: str = ""


def folded(name: str) -> str:
    """A name as two writers of it agree: width, case, blanks and the form of brackets do not matter.

    >>> folded("青海（省） ABC 公司") == folded("青海(省)abc公司")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
