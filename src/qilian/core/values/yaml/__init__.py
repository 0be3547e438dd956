"""YAML that people write, as texts, lists and mappings only: no types are guessed, no aliases, no key twice.

`no` stays the text "no" and `12:30` the text "12:30" (YAML 1.1 would make a boolean and a number of them).
"""

from typing import Any

import yaml

from qilian.core.values.text import Refusal, Text

LARGEST = 1_000_000
"""Characters of a file that are read at all."""

__all__ = ["LARGEST", "plain_yaml"]


class _Twice(yaml.YAMLError):
    """A key that stands twice in one mapping, where the later one would silently win."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key, self.line = key, line


class _Loader(yaml.BaseLoader):
    """The loader of plain texts, which sees a key that stands twice."""

    def construct_mapping(self, node: Any, deep: bool = True) -> dict[Any, Any]:
        """A mapping of texts; `_Twice` for a key that it has already."""
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise _Twice(str(key.value)[:60], key.start_mark.line + 1)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def plain_yaml(text: str, code: str) -> Any:
    """Read a file into texts, lists and mappings. Refusals `<code>.size`, `.alias`, `.twice`, `.form` name the line.

    >>> plain_yaml("a: [1, no]", "example")
    {'a': ['1', 'no']}
    """
    if len(text) > LARGEST:
        raise Refusal(f"{code}.size", Text("文件过大。", "The file is too large."))
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise Refusal(f"{code}.alias", Text("不允许使用别名。", "Aliases are not allowed."))
        return yaml.load(text, Loader=_Loader)
    except _Twice as twice:
        message = Text(f"“{twice.key}”写了两次。", f"“{twice.key}” stands twice.")
        raise Refusal(f"{code}.twice", message, where=_line(twice.line)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = _line(mark.line + 1) if mark else ""
        raise Refusal(f"{code}.form", _ILL, where=where, remedy=_TABS) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Refusal(f"{code}.form", _ILL, where=str(error)[:200], remedy=_TABS) from None


_ILL = Text("不是完好的 YAML。", "This is not well-formed YAML.")
_TABS = Text("请检查缩进（用空格）、引号和括号。", "Check indents (by spaces), quotes and brackets.")


def _line(number: int) -> str:
    return f"line {number}"
