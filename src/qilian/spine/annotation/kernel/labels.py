"""Labels before units: those of the language, and the words that a house uses for them (主攻：市甲局)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qilian.spine.language.api import Known, Role, Span, words


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: its span, and its kind: a role, person, when, or other."""

    span: Span
    kind: str

    @property
    def role(self) -> Role | None:
        """The role that it gives, if any."""
        return words.ROLES.get(self.kind)


def labels(text: str, known: Known) -> Iterator[Label]:
    """Yield the labels of a text in order; a word of the house goes before what the language would read there."""
    own = [Label(match.span(), dict(known.labels)[match.group("word")]) for match in _finditer(text, known)]
    rest = [Label(match.span(), match.lastgroup or "") for match in words.LABEL.finditer(text)]
    free = [each for each in rest if all(each.span[1] <= o.span[0] or o.span[1] <= each.span[0] for o in own)]
    yield from sorted([*own, *free], key=lambda label: label.span)


def house_lines(text: str, known: Known) -> list[re.Match[str]]:
    """Return where lines begin with a label of the house."""
    pattern = _pattern(known.labels)[1] if known.labels else None
    return list(pattern.finditer(text)) if pattern else []


def has_label(text: str, known: Known) -> bool:
    """Tell whether a text holds a label of the house."""
    return next(iter(_finditer(text, known)), None) is not None


def _finditer(text: str, known: Known) -> Iterator[re.Match[str]]:
    yield from _pattern(known.labels)[0].finditer(text) if known.labels else ()


@lru_cache(maxsize=64)
def _pattern(known: tuple[tuple[str, Role], ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    some = "|".join(sorted((re.escape(word) for word, _ in known), key=len, reverse=True))
    label = rf"[［【〔]?(?P<word>{some})(?:[］】〕]\s*：?|\s*(?:为|是)?\s*：)"
    return re.compile(rf"(?:^|(?<=[；，。、：\s（）］】〕])){label}"), re.compile(rf"(?m)^[ \t·*>-]*{label}")
