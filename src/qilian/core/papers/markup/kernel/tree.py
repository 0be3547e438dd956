"""XML becomes a tree with short names: decoded first, its declarations refused, its depth and elements counted.

Namespaces of the transitional and the strict edition of ISO/IEC 29500 get the same prefix, so that readers ask for
`w:p` whatever the file says; a name of an unknown namespace keeps only its last word behind `?:`.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from .faults import damaged, declared, too_large

__all__ = ["Element", "Follower", "child", "children", "follow", "parse", "value", "written"]
DEEPEST = 200
ELEMENTS_MAX = 2_000_000
_OFFICE, _PURL = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_PREFIXES: Mapping[str, str] = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_PURL}wordprocessingml/main": "w",
    f"{_OFFICE}spreadsheetml/2006/main": "s",
    f"{_PURL}spreadsheetml/main": "s",
    f"{_OFFICE}officeDocument/2006/relationships": "r",
    f"{_PURL}officeDocument/relationships": "r",
    f"{_OFFICE}officeDocument/2006/math": "m",
    f"{_PURL}officeDocument/math": "m",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    f"{_OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_PURL}drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}drawingml/2006/main": "a",
    f"{_PURL}drawingml/main": "a",
    f"{_OFFICE}drawingml/2006/picture": "pic",
    f"{_PURL}drawingml/picture": "pic",
    f"{_OFFICE}package/2006/relationships": "rel",
    f"{_OFFICE}package/2006/content-types": "ct",
    f"{_MICROSOFT}word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:office:spreadsheet": "ss",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")
_SAYS = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,30})["']""")
_KNOWN: Mapping[str, str] = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii", "utf-16", "unicode"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "ms936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252"), "cp1252"),
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)


class Follower(Protocol):
    """Who follows a document as it is read; names are short."""

    def start(self, name: str, attributes: dict[str, str]) -> object:
        """An element begins."""

    def end(self, name: str) -> object:
        """An element ends."""

    def data(self, text: str) -> object:
        """Text stands here, perhaps not all of it yet."""


def written(content: bytes) -> str:
    """Return the text of an XML file without its declaration: by its mark, by what it says (UTF-8, UTF-16, GBK, Big5).

    Refusal `markup.damaged` when it is written in none of these.
    """
    return "".join(_decoded([content]))


def parse(content: bytes, *, deepest: int = DEEPEST, most: int = ELEMENTS_MAX) -> Element:
    """Return the root of an XML document; comments and processing instructions are left out.

    Refusals: `markup.damaged`; `markup.declared` for a document type declaration wherever it stands, before any entity
    is read; `markup.too_large` for more than `most` elements or `deepest` levels.
    """
    builder = TreeBuilder()
    for _ in follow([content], builder, deepest=deepest, most=most):
        pass
    return builder.close()


def follow(
    pieces: Iterable[bytes], follower: Follower, *, deepest: int = DEEPEST, most: int = ELEMENTS_MAX
) -> Iterator[None]:
    """Read an XML document piece by piece, and stop behind each, so that what was found so far can be taken.

    Refusals as of `parse`.
    """
    counted = _Counted(follower, deepest, most)
    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = counted.start
    parser.EndElementHandler = counted.end
    parser.CharacterDataHandler = follower.data
    try:
        for text in _decoded(pieces):
            parser.Parse(text.encode(), False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError:
        raise damaged() from None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of a name, and so on down the path; None where one is missing."""
    for name in path:
        element = None if element is None else element.find(name)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """Return the children of a name in their order; none of no element."""
    return [] if element is None else [each for each in element if each.tag == name]


def value(element: Element | None, *path: str, name: str = "w:val", default: str = "") -> str:
    """Return an attribute of an element, or of the first at the end of a path; the default where either is missing."""
    found = child(element, *path)
    return default if found is None else found.get(name, default)


class _Counted:
    """Counts depth and elements before the follower hears of them."""

    def __init__(self, follower: Follower, deepest: int, most: int) -> None:
        self._follower = follower
        self._deepest, self._left, self._depth = deepest, most, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        if self._depth > self._deepest or self._left < 0:
            raise too_large()
        self._follower.start(_short(name), {_short(key): text for key, text in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._follower.end(_short(name))


def _decoded(pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield the text of each piece; the first loses the mark and the declaration."""
    decoder: codecs.IncrementalDecoder | None = None
    try:
        for piece in pieces:
            if decoder is None:
                decoder = codecs.getincrementaldecoder(_encoding(piece))()
                yield _DECLARATION.sub("", decoder.decode(piece).removeprefix("\ufeff"), count=1)
            else:
                yield decoder.decode(piece)
        yield decoder.decode(b"", True) if decoder else ""
    except (LookupError, UnicodeDecodeError):
        raise damaged() from None


def _encoding(start: bytes) -> str:
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")
    said = _SAYS.match(start)
    return marked or (_KNOWN.get(said[1].decode().lower(), "") if said else "utf-8")


@lru_cache(maxsize=4_096)
def _short(name: str) -> str:
    space, _, last = name.rpartition("}")
    return f"{_PREFIXES.get(space, '?')}:{last}" if space else last


def _refuse_declaration(*_: object) -> None:
    raise declared()
