"""Runs: the words of one paragraph as its reader sees them, whatever labels, controls and fields stand round them.

What is not known is read through: only what is named here as property, deletion or instruction is left out.
ISO/IEC 29500-1 §17.3.3 (run content), §17.5 (custom markup), §17.13.5 (revisions), §17.16 (fields), §17.3.3.25 (ruby).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from qilian.core.papers.markup.api import Element, child, children, value
from qilian.core.values.text import whole

from .document import Composer

_DELETED = frozenset(("w:del", "w:moveFrom"))
_LEFT_OUT = frozenset(
    (
        *("w:rPr", "w:pPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:tblPr", "w:tblGrid", "w:trPr"),
        *(
            "w:tcPr",
            "w:sectPr",
            "w:rubyPr",
            "w:rt",
            "w:fldData",
            "w:ffData",
            "w:delText",
            "w:delInstrText",
            "w:tblPrEx",
        ),
        *("m:rPr", "m:ctrlPr", "m:fPr", "m:oMathParaPr"),
    )
)
_SIGNS: Mapping[str, str] = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-",
}  # fmt: skip
_WORDS = frozenset(("w:t", "m:t"))
_SYMBOLS = dict(
    zip(
        (0xA3, 0xB3, 0xB1, 0xB4, 0xB8, 0xB9, 0xBB, 0xB0, 0xA5, 0xD7, 0xB7, 0x61, 0x62, 0x6D, 0x57),
        "≤≥±×÷≠≈°∞·•αβμΩ",
        strict=True,
    )
)
"""Signs of the font Symbol by their code; Word writes them so, or in the private area U+F000."""
_BOXES = dict(zip((0xFE, 0x52, 0xFD, 0x54, 0xA8, 0xA3, 0x6F), "☑☑☒☒□□□", strict=True))
_CIRCLED = re.compile(r"\\o\s*\\ac\s*\(\s*[○〇◯◎]\s*[,，]\s*(.{1,4}?)\s*\)")
_OVER = re.compile(r"\\o\s*\\a[dcl]\s*\(\s*\\s\s*\\up\s*\d*\s*\([^()]*\)\s*[,，]\s*([^()]*)\)")
_FRACTION = re.compile(r"\\f\s*\(\s*([^(),，]*)[,，]([^(),，]*)\)")
_LARGE = 2_000_000, 1_000_000  # English Metric Units: a picture of 5.5 by 2.8 cm or more may hold a table


class Runs:
    """Reads paragraphs one after another; a field may begin in one and end in another."""

    def __init__(self, composer: Composer, *, fields_close: bool) -> None:
        self.notes: list[str] = []
        self.boxes: list[Element] = []
        self._composer = composer
        self._follow = fields_close
        self._fields: list[_Field] = []
        self._readers: Mapping[str, Callable[[Element], Iterator[str]]] = {
            "w:r": self._run,
            "w:sym": self._symbol,
            "w:instrText": self._instruction,
            "w:fldChar": self._field,
            "w:fldSimple": self._simple,
            "w:txbxContent": self._box,
            "w:footnoteReference": self._note_mark,
            "w:endnoteReference": self._note_mark,
            "mc:AlternateContent": self._alternative,
            "m:f": self._fraction,
            "pic:pic": self._picture,
            "w:object": self._embedded,
            "w:altChunk": self._embedded,
            "w:subDoc": self._embedded,
            "?:relIds": self._embedded,
            "?:chart": self._embedded,
        }

    def words(self, element: Iterable[Element]) -> str:
        """Return the words inside an element (or in several): `\\t` for a tab, `\\n` for a line break."""
        return "".join(self._inside(element))

    @property
    def contents(self) -> bool:
        """Whether a table of contents (a field TOC) is being read."""
        return any(field.code.strip().upper().startswith("TOC") for field in self._fields)

    def _inside(self, element: Iterable[Element]) -> Iterator[str]:
        for each in element:
            tag = each.tag
            if tag in _WORDS:
                yield self._said(each.text or "")
            elif tag in _SIGNS:
                yield self._said(_SIGNS[tag])
            elif tag in _DELETED:
                self.deleted(each)
            elif tag not in _LEFT_OUT:
                yield from self._readers.get(tag, self._inside)(each)

    def deleted(self, element: Element) -> None:
        """Note what a revision took out."""
        words = "".join(each.text or "" for each in element.iter() if each.tag in ("w:delText", "w:t"))
        if words.strip():
            self._composer.note("read_revisions", words)

    def _run(self, run: Element) -> Iterator[str]:
        properties = child(run, "w:rPr")
        if properties is not None:
            if shown(properties, "w:vanish"):
                return self._hide(run)
            font = value(properties, "w:rFonts", name="w:ascii")
            if font in ("Symbol", "Wingdings", "Wingdings 2"):
                return ("".join(_glyph(font, ord(each), each) for each in words) for words in self._inside(run))
        return self._inside(run)

    def _hide(self, run: Element) -> Iterator[str]:
        words = "".join(self._inside(run))
        if words.strip():
            self._composer.note("read_hidden", words)
        yield ""

    def _symbol(self, symbol: Element) -> Iterator[str]:
        code = value(symbol, name="w:char")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
        yield self._said(_glyph(value(symbol, name="w:font"), number, "□"))

    # Fields

    def _said(self, words: str) -> str:
        """Words inside an instruction are its arguments, not the document's; words of a result are its result."""
        if self._fields:
            top = self._fields[-1]
            if top.open:
                top.code += words
                return ""
            top.result += words
            if any(field.open for field in self._fields):
                self._fields[-2].code += words
                return ""
        return words

    def _instruction(self, element: Element) -> Iterator[str]:
        if self._fields and self._fields[-1].open:
            self._fields[-1].code += element.text or ""
        yield ""

    def _field(self, element: Element) -> Iterator[str]:
        kind = value(element, name="w:fldCharType")
        if not self._follow:
            return
        if kind == "begin":
            self._fields.append(_Field(_picked(element)))
        elif kind == "separate" and self._fields:
            self._fields[-1].open = False
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            if not done.result:
                yield self._said(done.picked or self._drawn(done.code))

    def _simple(self, element: Element) -> Iterator[str]:
        words = "".join(self._inside(element))
        yield words or self._said(self._drawn(value(element, name="w:instr")))

    def _drawn(self, code: str) -> str:
        """What an equation field draws: a sign in a circle, words under their reading, a fraction."""
        name = code.strip().upper()
        if not name.startswith("EQ"):
            return ""
        for pattern, write in ((_CIRCLED, circled), (_OVER, str), (_FRACTION, "{}/{}".format)):
            found = pattern.search(code)
            if found:
                return write(*(part.strip() for part in found.groups()))
        self._composer.note("read_untold", code)
        return ""

    # What stands apart

    def _box(self, element: Element) -> Iterator[str]:
        self.boxes.append(element)
        yield ""

    def _note_mark(self, element: Element) -> Iterator[str]:
        self.notes.append(f"{element.tag[2:-9]}:{value(element, name='w:id')}")
        yield ""

    def _alternative(self, element: Element) -> Iterator[str]:
        return self._inside(form_of(element))

    def _fraction(self, element: Element) -> Iterator[str]:
        yield "/".join("".join(self._inside(part)) for part in element if part.tag in ("m:num", "m:den"))

    def _picture(self, element: Element) -> Iterator[str]:
        extent = child(element, "pic:spPr", "a:xfrm", "a:ext")
        sizes = value(extent, name="cx"), value(extent, name="cy")
        if all((whole(size) or 0) >= least for size, least in zip(sizes, _LARGE, strict=True)):
            self._composer.note("read_picture")
        return self._inside(element)

    def _embedded(self, element: Element) -> Iterator[str]:
        self._composer.note("read_embedded")
        return self._inside(element)


class _Field:
    """A field that is being read: its instruction, until `open` ends; its result; the entry that a list has chosen."""

    __slots__ = ("code", "open", "picked", "result")

    def __init__(self, picked: str) -> None:
        self.code, self.result, self.picked, self.open = "", "", picked, True


def shown(properties: Element, name: str) -> bool:
    """Whether a property that is on or off stands there and is on (§17.17.4: no value means on)."""
    return child(properties, name) is not None and value(properties, name) not in ("0", "false", "off")


def form_of(element: Element) -> Element:
    """Return an element itself; of several forms of one thing (§ mc:AlternateContent) the first that holds words.

    They stand for each other and are never all shown.
    """
    if element.tag != "mc:AlternateContent" or not len(element):
        return element
    return min(element, key=lambda form: not any(each.tag in _TELLING for each in form.iter()))


def circled(words: str) -> str:
    """Return a figure from 1 to 20 in a circle; other words as they are."""
    number = whole(words) or 0
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else words


def fields_close(root: Element) -> bool:
    """Whether every field that begins also ends: else the words behind a broken one would be taken for its code."""
    kinds = [value(each, name="w:fldCharType") for each in root.iter("w:fldChar")]
    return kinds.count("begin") == kinds.count("end")


def _picked(element: Element) -> str:
    """The entry that a drop-down field shows."""
    choices = child(element, "w:ffData", "w:ddList")
    entries = [value(each) for each in children(choices, "w:listEntry")]
    place = whole(value(choices, "w:result") or value(choices, "w:default") or "0")
    return entries[place] if place is not None and place < len(entries) else ""


def _glyph(font: str, code: int, other: str) -> str:
    """The character that a sign of a symbol font looks like."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if font.startswith(("Wingdings", "Symbol")):
        return (_SYMBOLS if font == "Symbol" else _BOXES).get(low, other)
    return chr(low) if low >= 0x20 else other


_TELLING = frozenset((*_WORDS, "w:sym", "w:txbxContent"))
