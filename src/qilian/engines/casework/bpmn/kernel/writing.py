"""From the model to XML: what was read comes back in its order, with the prefixes that its file declared.

Elements of the standard take a prefix that the file gives their vocabulary, their own where they had one; what is kept
stands to the letter. The text is UTF-8, two spaces a level; spaces inside a text are its own.
"""

import re
from dataclasses import replace
from xml.sax.saxutils import escape

from qilian.core.values.text import Refusal, Text

from .kinds import NAMESPACES, PREFIXES, vocabulary
from .model import Attributes, Definitions, Element, Kept, Markup

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_IN_TEXT = {"\r": "&#13;"}
_IN_QUOTES = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_NO_SIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(definitions: Definitions) -> bytes:
    """Return the file of a model. Refusal `bpmn.sign` for a control character, which no XML file can hold."""
    root = declaring(definitions)
    written = "\n".join([_HEAD, *(each.text for each in root.heading), *_lines(root, {}, 0), ""])
    if _NO_SIGN.search(written):
        message = Text("文字里有看不见的控制字符，写不进文件。", "A text has control characters that no file can hold.")
        raise Refusal("bpmn.sign", message, remedy=Text("请重新输入。", "Type it again."))
    return written.encode()


def declaring(definitions: Definitions) -> Definitions:
    """Return a model whose root declares every vocabulary of the standard that is used below it."""
    taken = {name for each in definitions.walk() for name, _ in each.attributes}
    more: list[tuple[str, str]] = []
    for space in sorted(_missing(definitions, {})):
        prefix = f"xmlns:{PREFIXES[space]}"
        while prefix in taken:
            prefix += "x"
        more.append((prefix, NAMESPACES[space]))
    return replace(definitions, attributes=(*more, *definitions.attributes)) if more else definitions


def _missing(element: Element, scope: dict[str, str]) -> set[str]:
    """The vocabularies that are used where no prefix stands for them."""
    inner = _scope(element, scope)
    own = set() if element.space in inner.values() else {element.space}
    return own.union(*(_missing(each, inner) for each in element.elements))


def _lines(element: Element | Kept | Markup | str, scope: dict[str, str], depth: int) -> list[str]:
    """An element on lines of its own; with text in it on one."""
    if not isinstance(element, Element) or any(isinstance(each, str) for each in element.contents):
        return [f"{'  ' * depth}{_inline(element, scope)}"]
    inner = _scope(element, scope)
    tag, attributes = _tag(element, inner), _attributes(element.attributes)
    if not element.contents:
        return [f"{'  ' * depth}<{tag}{attributes}/>"]
    below = [line for each in element.contents for line in _lines(each, inner, depth + 1)]
    return [f"{'  ' * depth}<{tag}{attributes}>", *below, f"{'  ' * depth}</{tag}>"]


def _inline(part: Element | Kept | Markup | str, scope: dict[str, str]) -> str:
    if isinstance(part, str):
        return escape(part, _IN_TEXT)
    if isinstance(part, Markup):
        return part.text
    inner = _scope(part, scope) if isinstance(part, Element) else scope
    tag = _tag(part, inner) if isinstance(part, Element) else part.tag
    text = "".join(_inline(each, inner) for each in part.contents)
    head = f"<{tag}{_attributes(part.attributes)}"
    return f"{head}>{text}</{tag}>" if part.contents else f"{head}/>"


def _scope(element: Element, scope: dict[str, str]) -> dict[str, str]:
    """The prefixes that hold in an element, with the vocabulary that each stands for."""
    declared = {
        name.partition(":")[2]: vocabulary(value) for name, value in element.attributes if name.split(":")[0] == "xmlns"
    }
    return {**scope, **declared} if declared else scope


def _tag(element: Element, scope: dict[str, str]) -> str:
    fitting = (prefix for prefix, space in scope.items() if space == element.space)
    prefix = element.prefix if scope.get(element.prefix) == element.space else next(fitting)
    return f"{prefix}:{element.kind}" if prefix else element.kind


def _attributes(attributes: Attributes) -> str:
    return "".join(f' {name}="{escape(value, _IN_QUOTES)}"' for name, value in attributes)
