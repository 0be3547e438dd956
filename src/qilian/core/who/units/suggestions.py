"""Names that look like what somebody wrote: shown to choose from, never taken by the house."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .kernel import KnownUnit


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit that may be meant, the name that looks alike, and how much, from 0 to 100."""

    slug: str
    name: str
    likeness: int


def suggest(written: str, known: Iterable[KnownUnit], *, most: int = 5, least: int = 50) -> tuple[Suggestion, ...]:
    """The units whose names look most like what was written, each unit once, the likest first."""
    names = [(name, unit.slug) for unit in known for name in unit.names]
    found = process.extract(written.strip(), [name for name, _ in names], scorer=fuzz.ratio, limit=None)
    best: dict[str, Suggestion] = {}
    for name, score, place in found:
        slug = names[place][1]
        if score >= least and slug not in best:
            best[slug] = Suggestion(slug, name, round(score))
    return tuple(best.values())[:most]
