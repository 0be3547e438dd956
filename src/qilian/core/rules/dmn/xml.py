"""XML as a plain tree with line numbers; documents with a DOCTYPE or entities are refused before they are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from qilian.core.values.text import Refusal, Text

_BYTES, _DEPTH, _ELEMENTS = 8_000_000, 200, 400_000
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
    raw = data.encode() if isinstance(data, str) else data
    if len(raw) > _BYTES:
        raise _refuse("size", Text("文件过大，上限 8 MB。", "The file is too large: at most 8 MB."), 0)
    reader = _Reader(elements)
    try:
        reader.parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise _refuse("form", Text("文件不是完好的 XML。", "The file is not well-formed XML."), error.lineno) from None
    except (UnicodeDecodeError, LookupError):
        raise _refuse("encoding", Text("文件的字符编码无法读取。", "The file's encoding cannot be read."), 0) from None
    return reader.stack[0].children[0]


class _Reader:
    def __init__(self, elements: int) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.stack = [Element("", "", {}, self._line)]
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

    def _end(self, _: str) -> None:
        self.stack.pop()

    def _characters(self, text: str) -> None:
        self.stack[-1].text += text

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
