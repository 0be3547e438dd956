"""What a house has taught: names it uses for units, strings that are none, titles of columns, words of labels.

Data, handed in with each text: the same text with the same data gives the same draft.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qilian.spine.language.api import Known, KnownUnit, Role, fold

_LONGEST = 16
_UNIT = re.compile(r"(?:国家|省|市|州|盟|县|区|旗|各).+(?:部|委|局|厅|办|院|政府|中心|公司)")
MEANINGS = ("lead", "support", "responsible", "person", "when", "note")
"""What a column may hold; a label gives a role."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What people have confirmed: `aliases` (string to code of a unit), `no_units`, `titles`, `labels` (to meaning)."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    no_units: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Role] = field(default_factory=dict)

    def known(self, units: Sequence[KnownUnit], simplify: Mapping[int, int] | None) -> Known:
        """Return what reading may know, folded as the text is."""
        names = {fold(name, simplify) for unit in units for name in unit.names}
        names |= {fold(name, simplify) for name in self.aliases}
        others = frozenset(fold(name, simplify) for name in self.no_units) - names
        return Known(
            frozenset(names), others, tuple(sorted((fold(word, simplify), role) for word, role in self.labels.items()))
        )

    def units(self, units: Sequence[KnownUnit]) -> tuple[KnownUnit, ...]:
        """Return the units, each alias a name of the unit that it means and of no other."""
        known = {unit.code: unit for unit in units}
        more: dict[str, list[str]] = {}
        for alias, code in self.aliases.items():
            more.setdefault(code, []).append(alias)
        held = tuple(
            KnownUnit(
                unit.code,
                tuple(name for name in unit.names if self.aliases.get(name, unit.code) == unit.code)
                + tuple(more.get(unit.code, ())),
                unit.collective,
            )
            for unit in units
        )
        return (*held, *(KnownUnit(code, tuple(names)) for code, names in more.items() if code not in known))


NOTHING_LEARNED = Learned()


def meaning(word: str, means: str) -> str | None:
    """Return what is wrong with a word of a title or label and its meaning (`word`, `means`), or None."""
    if means not in MEANINGS:
        return "means"
    plain = word.strip()
    return None if 1 < len(plain) <= _LONGEST and not _UNIT.fullmatch(plain) else "word"
