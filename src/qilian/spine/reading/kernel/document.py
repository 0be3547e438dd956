"""A document that was read: its text, and notes on what a reader of the paper would miss or see otherwise."""

import re
from dataclasses import dataclass, field

from qilian.core.values.text import Refusal, Text

LONGEST = 8_000_000
"""Characters; a merged cell is repeated in every row, and a small file could repeat it without end."""

_SAID = {
    "read_revisions": "修订删去的文字有 {count} 处，没有读入{first}；修订插入的已读入。请核对是否为定稿。",
    "read_hidden": "隐藏文字有 {count} 处，没有读入{first}。",
    "read_picture": "大幅图片有 {count} 张，图中的文字没有读入。",
    "read_embedded": "嵌入的对象、图示或文件有 {count} 个，其中的文字没有读入。",
    "read_boxes": "正文是空的，文字都在文本框里，按文本框的先后读入。",
    "read_number": "自动编号有 {count} 处格式不认识{first}，按 1、2、3 读入。",
    "read_unmapped": "有 {count} 个字的字体没有文字编码，以“�”代替{first}。",
    "read_scanned": "有 {count} 页没有文字，可能是扫描件，没有读入{first}。",
    "read_untold": "公式域或下拉域有 {count} 处没有结果{first}，没有读入。",
}
_SHOWN = 24
_END = re.compile(r"[\n\f]")


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader has to say: its kind, where (span of the text), and a sentence in Chinese."""

    kind: str
    span: tuple[int, int]
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its lines ended by `\\n`, cells of a table between tabs, lines inside a cell between `\\v`; and notes."""

    text: str
    notes: tuple[Note, ...] = ()


@dataclass
class Composer:
    """Lines one after another, and what is noted beside the one that is being read."""

    lines: list[str] = field(default_factory=list)
    size: int = 0
    _noted: dict[str, tuple[int, int, str]] = field(default_factory=dict)

    def add(self, line: str) -> None:
        """Take a line; Refusal `plan.file.too_large` when the text grows beyond any document."""
        self.lines.append(line)
        self.grow(len(line) + 1)

    def grow(self, more: int) -> None:
        """Count characters before they are made."""
        self.size += more
        if self.size > LONGEST:
            message = Text("文件里的文字太多，不读取。", "The document holds too many words and is not read.")
            remedy = Text("请只提供方案正文。", "Give the plan's own document only.")
            raise Refusal("plan.file.too_large", message, remedy=remedy)

    def note(self, kind: str, words: str = "", *, count: int = 1, line: int | None = None) -> None:
        """Note something at a line, else at the next; one note of each kind tells how often, and shows the first."""
        here = len(self.lines) if line is None else line
        place, before, first = self._noted.get(kind, (here, 0, " ".join(words.split())))
        self._noted[kind] = place, before + count, first

    def document(self) -> Document:
        """Return what was read."""
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        text = "\n".join(self.lines)
        notes = []
        for kind, (place, count, first) in self._noted.items():
            start = min(starts[place], len(text))
            shown = f"（例如“{first[:_SHOWN]}{'…' if len(first) > _SHOWN else ''}”）" if first else ""
            end = start + len(_END.split(text[start:], maxsplit=1)[0])
            notes.append(Note(kind, (start, end), _SAID[kind].format(count=count, first=shown)))
        return Document(text, tuple(sorted(notes, key=lambda note: note.span)))
