"""The difference of two versions of a plan: clauses added, removed and changed, in words and in duties; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class VersionClause:
    """What comparing needs of a clause: the digest of its words, the words where loaded, and (unit, role) pairs."""

    cid: str
    title: str
    sha256: str
    words: str = ""
    duties: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kept (`same`), only in the later version (`added`), or only in the earlier one (`removed`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """How one clause changed; `pieces` are empty where the words of a side are not loaded."""

    cid: str
    title: str
    words_changed: bool
    pieces: tuple[Piece, ...]
    duties_added: tuple[tuple[str, str], ...]
    duties_removed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of an earlier and a later version; `same` counts the clauses that did not change."""

    added: tuple[VersionClause, ...]
    removed: tuple[VersionClause, ...]
    changed: tuple[ClauseChange, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        """Whether the two versions say the same."""
        return not (self.added or self.removed or self.changed)


def compare(earlier: Iterable[VersionClause], later: Iterable[VersionClause]) -> Difference:
    """Compare clause by clause, by id, in the order of each version.

    Clauses keep their ids: a clause that was inserted moves the ids after it, and shows as changed words there.
    """
    before = {clause.cid: clause for clause in earlier}
    after = {clause.cid: clause for clause in later}
    both = [(before[cid], clause) for cid, clause in after.items() if cid in before]
    changed = tuple(change for old, new in both if (change := _change(old, new)) is not None)
    return Difference(
        added=tuple(clause for cid, clause in after.items() if cid not in before),
        removed=tuple(clause for cid, clause in before.items() if cid not in after),
        changed=changed,
        same=len(both) - len(changed),
    )


def _change(old: VersionClause, new: VersionClause) -> ClauseChange | None:
    words_changed = old.sha256 != new.sha256
    if not words_changed and old.duties == new.duties:
        return None
    return ClauseChange(
        cid=new.cid,
        title=new.title,
        words_changed=words_changed,
        pieces=_pieces(old.words, new.words) if words_changed and old.words and new.words else (),
        duties_added=tuple(sorted(new.duties - old.duties)),
        duties_removed=tuple(sorted(old.duties - new.duties)),
    )


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", old[a:b]))
            continue
        if b > a:
            pieces.append(Piece("removed", old[a:b]))
        if d > c:
            pieces.append(Piece("added", new[c:d]))
    return tuple(pieces)
