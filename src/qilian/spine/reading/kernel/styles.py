"""Styles of paragraphs: what each is called, and the list that it, or a style it is based on, belongs to."""

from dataclasses import dataclass

from qilian.core.papers.markup.api import Element, child, children, value

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name, what it is based on, and its own list and level as they are written (empty: none said)."""

    name: str = ""
    based: str = ""
    list_id: str = ""
    level: str = ""


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        for each in children(root, "w:style"):
            key = value(each, name="w:styleId")
            numbered = child(each, "w:pPr", "w:numPr")
            self._styles[key] = Style(
                value(each, "w:name"),
                value(each, "w:basedOn"),
                value(numbered, "w:numId"),
                value(numbered, "w:ilvl"),
            )
            if value(each, name="w:type") == "paragraph" and value(each, name="w:default") in ("1", "true", "on"):
                self._default = key

    def name(self, style: str) -> str:
        """Return what a style is called."""
        return self._styles.get(style or self._default, Style()).name

    def list_of(self, style: str) -> tuple[str, str, str]:
        """Return the list of a style, the level it says, and the style that says so; three empty words for none."""
        key = style or self._default
        for _ in range(_DEEPEST):
            found = self._styles.get(key)
            if found is None:
                break
            if found.list_id:
                return found.list_id, found.level, key
            key = found.based
        return "", "", ""

    def own_list(self, style: str) -> str:
        """Return the list that a style itself names; nothing when it names none."""
        return self._styles.get(style, Style()).list_id
