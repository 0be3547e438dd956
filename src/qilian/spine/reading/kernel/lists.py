"""Lists: the numbers that Word makes (ISO/IEC 29500-1 §17.9), counted paragraph by paragraph as Word counts them.

Instances of one abstract list count on together; a start of its own (`startOverride`) begins an instance anew at its
first use; a deeper level begins anew behind a shallower one, unless `lvlRestart` says otherwise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qilian.core.papers.markup.api import Element, child, children, value
from qilian.core.values.text import whole

from .numerals import numeral
from .styles import Styles

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ZEROS = re.compile(r"0+1\b")
_TIGHT = re.compile(r"[、，．.,）)】\]〕：:]$")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how its number is written, and what stands around it; `restart` is None where nothing says."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    width: int = 0
    style: str = ""


class Lists:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._of: dict[str, str] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._whole: dict[str, Mapping[int, Level]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        self.unknown: set[str] = set()
        for each in children(root, "w:abstractNum"):
            self._read_abstract(each)
        for each in children(root, "w:num"):
            self._read_instance(each)

    def label(self, style: str, list_id: str, level: str) -> str:
        """Return the number that stands before a paragraph, by its style and what it says itself; count it.

        Nothing for a paragraph that is in no list, and for a bullet. `list_id` 0 takes a paragraph out of its list.
        """
        key, depth = self._place(style, list_id, level)
        levels = self._levels(key)
        if not levels or not 0 <= depth < LEVELS:
            return ""
        found = levels.get(depth, Level())
        counts = self._counted(key, levels, depth)
        if found.form == "bullet":
            return ""
        return _PLACE.sub(lambda place: self._written(levels, counts, int(place[1]) - 1, found.legal), found.text)

    def _place(self, style: str, list_id: str, level: str) -> tuple[str, int]:
        key, said, by = self._styles.list_of(style)
        if list_id:
            return list_id, _number(level, _number(said, 0) if list_id == key else 0)
        linked = next((depth for depth, each in self._levels(key).items() if by and each.style == by), None)
        return key, _number(level, _number(said, 0) if linked is None else linked)

    def _levels(self, key: str) -> Mapping[int, Level]:
        if key not in self._whole:
            abstract = self._abstract_of(key)
            own = self._own.get(key, {}) if abstract else {}
            self._whole[key] = {**self._abstract.get(abstract, {}), **own}
        return self._whole[key]

    def _abstract_of(self, key: str) -> str:
        """Return the abstract list of an instance; one that only names a style of lists stands for the style's."""
        abstract = self._of.get(key, "")
        for _ in range(LEVELS):
            linked = self._styles.own_list(self._links.get(abstract, ""))
            if not linked:
                break
            abstract = self._of.get(linked, "")
        return abstract

    def _counted(self, key: str, levels: Mapping[int, Level], depth: int) -> list[int | None]:
        counts = self._counts.setdefault(self._abstract_of(key), [None] * LEVELS)
        anew = self._starts.pop((key, depth), None)
        before = counts[depth]
        start = levels.get(depth, Level()).start
        counts[depth] = anew if anew is not None else start if before is None else before + 1
        for deeper in range(depth + 1, LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart is None or depth < restart:
                counts[deeper] = None
        return counts

    def _written(self, levels: Mapping[int, Level], counts: list[int | None], depth: int, legal: bool) -> str:
        level = levels.get(depth, Level())
        count = counts[depth]
        number = level.start if count is None else count
        if legal and level.form != "none":
            return str(number)
        if level.width:
            return f"{number:0{level.width}}"
        text = numeral(level.form, number)
        if text is None:
            self.unknown.add(level.form)
        return str(number) if text is None else text

    def _read_abstract(self, element: Element) -> None:
        key = value(element, name="w:abstractNumId")
        self._abstract[key] = dict(_levels_in(element))
        self._links[key] = value(element, "w:numStyleLink")

    def _read_instance(self, element: Element) -> None:
        key = value(element, name="w:numId")
        self._of[key] = value(element, "w:abstractNumId")
        own = self._own.setdefault(key, {})
        for over in children(element, "w:lvlOverride"):
            own.update(_levels_in(over))
            start = value(over, "w:startOverride")
            depth = _number(value(over, name="w:ilvl"), LEVELS)
            if start:
                self._starts[key, depth] = _number(start, 1)


def joined(label: str, words: str) -> str:
    """Return a paragraph with its number; a gap stands between them only where they would run into each other."""
    if not label or not words:
        return label or words
    tight = _TIGHT.search(label) and not words[0].isdecimal()
    return label + ("" if tight else " ") + words


def _levels_in(element: Element) -> Iterator[tuple[int, Level]]:
    for each in children(element, "w:lvl"):
        form, width = _form(each)
        restart = value(each, "w:lvlRestart")
        level = Level(
            form=form,
            text=value(each, "w:lvlText"),
            start=_number(value(each, "w:start"), 0),
            restart=_number(restart, 0) if restart else None,
            legal=child(each, "w:isLgl") is not None and value(each, "w:isLgl", default="1") not in ("0", "false"),
            width=width,
            style=value(each, "w:pStyle"),
        )
        yield _number(value(each, name="w:ilvl"), LEVELS), level


def _form(level: Element) -> tuple[str, int]:
    """Return the format of a level and the figures it fills with zeros (001); newer formats stand beside an older."""
    newer = value(level, "mc:AlternateContent", "mc:Choice", "w:numFmt", name="w:format")
    older = value(level, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
    own = value(level, "w:numFmt", name="w:format") or newer
    zeros = _ZEROS.match(own)
    return value(level, "w:numFmt") or older or "decimal", len(zeros[0]) if zeros else 0


def _number(said: str, default: int) -> int:
    return default if (number := whole(said, 5)) is None else number
