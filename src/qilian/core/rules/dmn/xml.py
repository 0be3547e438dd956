"""XML as a plain tree with line numbers; documents with a DOCTYPE or entities are refused before they are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from qilian.core.values.text import Refusal, Text

_BYTES, _DEPTH, _ELEMENTS = 8_000_000, 200, 400_000
_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1"})
_CHINESE = frozenset({"gbk", "gb2312", "gb18030"})
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*["']([\x20-\x7e]{0,60}?)["']""")
_UNREAD = Text("文件的字符编码无法读取，请存为 UTF-8。", "The file's encoding cannot be read: save it as UTF-8.")
_REMEDY = Text("请用 DMN 建模工具重新导出该文件。", "Export the file again from a DMN modelling tool.")


@dataclass(slots=True)
class Element:
    """One element: its local name, namespace, attributes (namespaces dropped), children, text and line."""

    tag: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def all(self, *tags: str) -> Iterator["Element"]:
        """Yield the children with one of these names."""
        return (child for child in self.children if child.tag in tags)

    def one(self, *tags: str) -> "Element | None":
        """Return the first child with one of these names."""
        return next(self.all(*tags), None)

    def words(self, tag: str) -> str:
        """Return the text of a child, empty when there is none; of an element's own text child where it has one."""
        child = self.one(tag)
        if child is None:
            return ""
        return (child.words("text") if child.one("text") else child.text).strip()


def parse(data: bytes | str, *, elements: int = _ELEMENTS) -> Element:
    """Return the root element; Refusal for what is no XML, has more bytes, levels or elements than are allowed, or
    declares a document type.
    """
    raw, encoding = _raw(data)
    if len(raw) > _BYTES:
        raise _refuse("size", Text("文件过大，上限 8 MB。", "The file is too large: at most 8 MB."), 0)
    reader = _Reader(elements, encoding)
    try:
        reader.parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise _refuse("form", Text("文件不是完好的 XML。", "The file is not well-formed XML."), error.lineno) from None
    except (ValueError, LookupError):
        raise _refuse("encoding", _UNREAD, 0) from None
    return reader.stack[0].children[0]


def _raw(data: bytes | str) -> tuple[bytes, str | None]:
    """Return bytes and the encoding that holds whatever they declare; None for what the parser reads by itself.

    Refusal for a declared encoding that is neither Unicode, Latin nor Chinese.
    """
    raw = data.encode(errors="replace") if isinstance(data, str) else data
    found = _DECLARED.match(raw)
    declared = found[1].decode("ascii").lower() if found else "utf-8"
    if declared not in _ENCODINGS | _CHINESE:
        raise _refuse("encoding", _UNREAD, 1)
    if isinstance(data, str):
        return raw, "utf-8"
    if declared not in _CHINESE:
        return raw, None
    try:
        return raw.decode("gb18030").encode(), "utf-8"
    except UnicodeDecodeError:
        raise _refuse("encoding", _UNREAD, 1) from None


class _Reader:
    def __init__(self, elements: int, encoding: str | None) -> None:
        self.parser = expat.ParserCreate(encoding, namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = self._doctype
        self.stack = [Element("", "", {}, self._line)]
        self._texts: list[list[str]] = [[]]
        self._left = elements

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if len(self.stack) > _DEPTH or self._left < 0:
            raise _refuse("deep", Text("文件嵌套过深或过大。", "The file is nested too deeply."), self._line)
        namespace, _, tag = name.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(tag, namespace, plain, self._line)
        self.stack[-1].children.append(element)
        self.stack.append(element)
        self._texts.append([])

    def _end(self, _: str) -> None:
        self.stack.pop().text = "".join(self._texts.pop())

    def _characters(self, text: str) -> None:
        self._texts[-1].append(text)

    def _doctype(self, *_: object) -> None:
        raise _refuse(
            "doctype",
            Text("文件带有 DOCTYPE 声明，出于安全不予读取。", "Files with a DOCTYPE are not read."),
            self._line,
        )

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber


def _refuse(code: str, message: Text, line: int) -> Refusal:
    return Refusal(f"rules.xml.{code}", message, where=f"line {line}" if line else "", remedy=_REMEDY)
