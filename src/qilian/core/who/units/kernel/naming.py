"""What a unit is called on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Text

_PREFERENCE = ("short", "full", "alias")


@dataclass(frozen=True, slots=True)
class Name:
    """One name for a term (both days included, open when None): `kind` is full, short or alias."""

    kind: str
    zh: str
    en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the name was borne on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    @property
    def text(self) -> Text:
        """The name in both languages; Chinese where there is no English."""
        return Text(self.zh, self.en or self.zh)


def name_at(names: Iterable[Name], day: date, kind: str = "short") -> Text | None:
    """The name of a kind on a day; else another kind's of that day; else the last one before, the first after.

    A body that no longer exists keeps its last name: old duties are shown under it. None without any name.
    """
    ordered = sorted(names, key=lambda name: (name.kind != kind, _PREFERENCE.index(name.kind)))
    held = [name for name in ordered if name.held_on(day)]
    if held:
        return held[0].text
    before = [name for name in ordered if name.valid_to is not None and name.valid_to < day]
    if before:
        return max(before, key=lambda name: (name.valid_to or date.min, -ordered.index(name))).text
    after = min(ordered, key=lambda name: (name.valid_from or date.min, ordered.index(name)), default=None)
    return None if after is None else after.text
