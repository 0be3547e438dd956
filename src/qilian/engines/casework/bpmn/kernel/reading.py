"""From XML of any maker to the model: nothing is dropped, and whatever cannot be read is refused with a sentence.

A file comes from a stranger: no DOCTYPE and so no entities, and bounds on bytes, depth, elements and attributes.
"""

import re
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from qilian.core.values.text import Refusal, Text

from .kinds import FLOWS, MEASURES, MODEL, NODES, PICTURE, SHAPES, TRIGGERS, vocabulary
from .model import (
    Attributes,
    Collaboration,
    Corner,
    Definitions,
    Diagram,
    Drawn,
    Edge,
    Element,
    Flow,
    Kept,
    Lane,
    Markup,
    Measure,
    Node,
    Participant,
    Plane,
    Process,
    Shape,
    Trigger,
)

BYTES, DEPTH, ELEMENTS, ATTRIBUTES = 8_000_000, 150, 200_000, 250
FARTHEST = 1_000_000
"""Pixels: a drawing that is larger is none."""

_BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\x20-\x7e]{0,60}?)["']""")
_ENCODINGS = {"gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8", "utf-16": "utf-8", "windows-1252": "cp1252"}
"""What a declared encoding is read as: where the declaration can be read as plain letters, it is no UTF-16."""
_READ = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "cp1252", "gb18030", "big5"})
_NUMBER = re.compile(r"\s*[+-]?(?:\d{1,20}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,4})?\s*", re.ASCII)
_CLASSES: dict[tuple[str, str], type[Element]] = {
    **{(MODEL, kind): Node for kind in NODES},
    **{(MODEL, kind): Flow for kind in FLOWS},
    **{(MODEL, kind): Trigger for kind in TRIGGERS},
    (MODEL, "process"): Process,
    (MODEL, "collaboration"): Collaboration,
    (MODEL, "participant"): Participant,
    (MODEL, "lane"): Lane,
    (MODEL, "definitions"): Definitions,
    (PICTURE, "BPMNDiagram"): Diagram,
    (PICTURE, "BPMNPlane"): Plane,
    (PICTURE, "BPMNShape"): Shape,
    (PICTURE, "BPMNEdge"): Edge,
}
_OTHERS: dict[str, type[Element]] = {MODEL: Element, PICTURE: Drawn, SHAPES: Corner, MEASURES: Measure}
_PLACES = {(MEASURES, "Bounds"): ("x", "y", "width", "height"), (SHAPES, "waypoint"): ("x", "y")}
_APART = "\x01"
"""Stands between the parts of a name, and can stand in no XML file."""
_EXPORT = Text("请用 BPMN 建模工具重新导出该文件。", "Export the file again from a BPMN modelling tool.")


def read(data: bytes) -> Definitions:
    """Return the model of a file.

    Refusals, each with its line where there is one: `bpmn.size`, `bpmn.encoding`, `bpmn.form` for what is no XML,
    `bpmn.prefix` for a prefix that stands for nothing, `bpmn.doctype`, `bpmn.deep`, `bpmn.attributes`, `bpmn.root` for
    what is no BPMN 2.0, `bpmn.place` for a shape or corner without numbers.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(decoded(data).encode(), True)
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]:
            message = Text("有命名空间前缀没有声明。", "A prefix of a namespace is not declared.")
            raise _refuse("prefix", message, error.lineno) from None
        raise _refuse("form", Text("文件不是完好的 XML。", "The file is not well-formed XML."), error.lineno) from None
    return reader.result()


def decoded(data: bytes) -> str:
    """Return the text of a file in Unicode or a Latin or Chinese encoding that it declares.

    Refusals: `bpmn.size`, `bpmn.encoding`.
    """
    if len(data) > BYTES:
        raise _refuse("size", Text("文件过大，上限 8 MB。", "The file is too large: at most 8 MB."))
    marked = next((name for mark, name in _BYTE_ORDERS.items() if data.startswith(mark)), "")
    declared = _DECLARED.match(data)
    named = declared[1].decode("ascii").strip().lower() if declared else "utf-8"
    encoding = marked or _ENCODINGS.get(named, named)
    try:
        if marked or encoding in _READ:
            return data.decode(encoding).lstrip()
    except UnicodeError:
        pass
    message = Text("文件的字符编码无法读取。", "The file's encoding cannot be read.")
    raise _refuse("encoding", message, remedy=Text("请存为 UTF-8。", "Save it as UTF-8."))


@dataclass(slots=True)
class _Open:
    """An element that is being read: `space` is empty for what is kept to the letter; `exact` where spaces count."""

    tag: str
    attributes: Attributes
    space: str
    line: int
    exact: bool = False
    contents: list[Element | Kept | Markup | str] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8", _APART)
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = self.parser.ordered_attributes = True
        self.parser.StartNamespaceDeclHandler = self._declares
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.CommentHandler = lambda text: self._markup(f"<!--{text}-->")
        self.parser.ProcessingInstructionHandler = lambda name, text: self._markup(f"<?{name} {text}?>")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._open = [_Open("", (), MODEL, 1)]
        self._declared: list[tuple[str, str]] = []
        self._left = ELEMENTS

    def result(self) -> Definitions:
        """Return what was read, once all of it was."""
        heading = tuple(each for each in self._open[0].contents if isinstance(each, Markup))
        root = next(each for each in self._open[0].contents if not isinstance(each, Markup))
        if not isinstance(root, Definitions):
            raise _refuse("root", Text("文件不是 BPMN 2.0 流程图。", "The file is no BPMN 2.0 diagram."))
        return replace(root, heading=heading)

    def _declares(self, prefix: str | None, namespace: str | None) -> None:
        self._declared.append((f"xmlns:{prefix}" if prefix else "xmlns", namespace or ""))

    def _start(self, name: str, listed: list[str]) -> None:
        self._left -= 1
        if len(self._open) > DEPTH or self._left < 0:
            raise self._wrong("deep", Text("文件嵌套过深或元素过多。", "The file has too many levels or elements."))
        namespace, tag = _name(name)
        if len(listed) > 2 * ATTRIBUTES or len(self._declared) > ATTRIBUTES:
            message = Text("<{tag}> 的属性过多。", "<{tag}> has too many attributes.")
            raise self._wrong("attributes", message.filled(tag=_shown(tag)))
        own = ((_name(key)[1], value) for key, value in zip(listed[::2], listed[1::2], strict=True))
        space = vocabulary(namespace) if self._inside_of_standard() else ""
        attributes = (*self._declared, *own)
        exact = dict(attributes).get("xml:space", "preserve" if self._open[-1].exact else "") == "preserve"
        self._open.append(_Open(tag, attributes, space, self.parser.CurrentLineNumber, exact))
        self._declared = []

    def _inside_of_standard(self) -> bool:
        """What stands in an extension is the maker's, even where it has a name of the standard."""
        return bool(self._open[-1].space) and self._open[-1].tag.rpartition(":")[2] != "extensionElements"

    def _end(self, _: str) -> None:
        done = self._open.pop()
        self._open[-1].contents.append(_element(done) if done.space else _kept(done))

    def _characters(self, text: str) -> None:
        contents = self._open[-1].contents
        if contents and isinstance(last := contents[-1], str):
            contents[-1] = last + text
        else:
            contents.append(text)

    def _markup(self, text: str) -> None:
        self._open[-1].contents.append(Markup(text))

    def _doctype(self, *_: object) -> None:
        message = Text("文件带有 DOCTYPE 声明，出于安全不予读取。", "Files with a DOCTYPE are not read.")
        raise self._wrong("doctype", message)

    def _wrong(self, code: str, message: Text) -> Refusal:
        return _refuse(code, message, self.parser.CurrentLineNumber)


def _name(expanded: str) -> tuple[str, str]:
    """The namespace of a name, and the name with the prefix it was written with."""
    *namespace, last = expanded.split(_APART)
    if len(namespace) < 2:
        return "".join(namespace), last
    return namespace[0], f"{last}:{namespace[1]}"


def _kept(done: _Open) -> Kept:
    inside = tuple(each for each in done.contents if not isinstance(each, Element))
    return Kept(done.tag, done.attributes, inside)


def _element(done: _Open) -> Element:
    prefix, _, kind = done.tag.rpartition(":")
    if (done.space, kind) in _PLACES:
        _check_place(done, _PLACES[done.space, kind])
    return _CLASSES.get((done.space, kind), _OTHERS[done.space])(kind, done.attributes, _contents(done), prefix)


def _contents(done: _Open) -> tuple[Element | Kept | Markup | str, ...]:
    """Spaces between elements are the writer's business; in a text they are not, nor where the file says so."""
    texts = [each for each in done.contents if isinstance(each, str)]
    if not done.exact and len(texts) < len(done.contents) and not "".join(texts).strip():
        return tuple(each for each in done.contents if not isinstance(each, str))
    return tuple(done.contents)


def _check_place(done: _Open, names: tuple[str, ...]) -> None:
    """Numbers of the layout are numbers, and a width or height is not below nothing."""
    given = dict(done.attributes)
    for name in names:
        written = given.get(name, "0" if name in ("x", "y") else "")
        least = -FARTHEST if name in ("x", "y") else 0
        if not _NUMBER.fullmatch(written) or not least <= float(written) <= FARTHEST:
            message = Text(
                "图形的 {name} 应是数，不超过一百万，宽和高不小于 0；文件中是“{written}”。",
                "The {name} of a shape or corner is a number of at most a million, a width or height not below 0; "
                "the file has “{written}”.",
            )
            raise _refuse("place", message.filled(name=name, written=_shown(written)), done.line)


def _shown(written: str) -> str:
    return written if len(written) <= 40 else f"{written[:39]}…"


def _refuse(code: str, message: Text, line: int = 0, remedy: Text = _EXPORT) -> Refusal:
    return Refusal(f"bpmn.{code}", message, where=f"line {line}" if line else "", remedy=remedy)
