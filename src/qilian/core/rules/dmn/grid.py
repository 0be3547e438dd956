"""A table as a grid of texts, the way officials edit it: the lines of its CSV, and moves that keep them a table."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from qilian.core.values.text import Refusal, Text

Lines = tuple[tuple[str, ...], ...]
_MOST = 400


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table's CSV, equally wide; lines whose first cell is a number are rules."""

    lines: Lines

    @classmethod
    def of(cls, text: str) -> "Grid":
        """Lay the CSV of a table out as a grid."""
        return cls(_even([row for row in csv.reader(io.StringIO(text)) if row]))

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> "Grid":
        """Read the grid that a form sent as `c-<line>-<cell>`; Refusal `rules.grid` when it is no whole grid."""
        places = [tuple(map(int, name.split("-")[1:])) for name in form if _is_cell(name)]
        size = [max(axis) + 1 for axis in zip(*places, strict=True)]
        if not size or max(size) > _MOST or len(places) != prod(size):
            message = Text("表格没有完整送到。", "The table did not arrive whole.")
            remedy = Text("请返回上一页，重新打开编辑页面。", "Go back and open the editing page again.")
            raise Refusal("rules.grid", message, remedy=remedy)
        lines, width = size
        return cls(tuple(tuple(form[f"c-{line}-{cell}"].strip() for cell in range(width)) for line in range(lines)))

    def text(self) -> str:
        """The grid as CSV, its rules numbered from one."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self._numbered())
        return out.getvalue()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the columns, as the second line says them: 输入, 输出, 注释; the first cell is its heading."""
        return next(iter(self.lines[1:]), ())

    def is_rule(self, line: int) -> bool:
        """Whether a line is a rule and no heading."""
        return 0 < line < len(self.lines) and self.lines[line][0].isdecimal()

    def moved(self, step: str) -> "Grid":
        """The grid after one step, named by its place: `add-7` puts an empty rule below line 7, `drop-7`, `up-7`,
        `down-7`; `widen-2` puts an empty column of the same kind behind column 2, `narrow-2` takes it out.

        Refusal `rules.step` for a step that cannot be made there: headings stay, and the last rule and output stay.
        """
        word, _, place = step.partition("-")
        named = word in _STEPS and place.isdecimal() and len(place) < 5
        changed = _STEPS[word](self, int(place)) if named else ()
        if not changed:
            message = Text("这里不能这样改动。", "This cannot be changed this way.")
            raise Refusal("rules.step", message, where=step)
        return Grid(_even(Grid(changed)._numbered()))

    def _numbered(self) -> Sequence[tuple[str, ...]]:
        number, lines = 0, []
        for place, line in enumerate(self.lines):
            if self.is_rule(place):
                number += 1
                line = (str(number), *line[1:])
            lines.append(line)
        return lines

    def _added(self, line: int) -> Lines:
        before, after = self.lines[: line + 1], self.lines[line + 1 :]
        among = before == self.lines or self.is_rule(line) or self.is_rule(line + 1)
        return (*before, ("0",), *after) if among and line < len(self.lines) else ()

    def _dropped(self, line: int) -> Lines:
        rules = sum(self.is_rule(place) for place in range(len(self.lines)))
        return (*self.lines[:line], *self.lines[line + 1 :]) if self.is_rule(line) and rules > 1 else ()

    def _raised(self, line: int) -> Lines:
        if not self.is_rule(line) or not self.is_rule(line - 1):
            return ()
        return (*self.lines[: line - 1], self.lines[line], self.lines[line - 1], *self.lines[line + 1 :])

    def _lowered(self, line: int) -> Lines:
        return self._raised(line + 1)

    def _widened(self, cell: int) -> Lines:
        if not self._kind(cell):
            return ()
        head, *lines = self.lines
        return (head, *((*line[: cell + 1], self._fresh(line, cell), *line[cell + 1 :]) for line in lines))

    def _narrowed(self, cell: int) -> Lines:
        if not self._kind(cell) or self.kinds.count(self._kind(cell)) < 2:
            return ()
        head, *lines = self.lines
        return (head, *((*line[:cell], *line[cell + 1 :]) for line in lines))

    def _kind(self, cell: int) -> str:
        """The kind of a column; none of the first, which holds the headings, and of those beyond the last."""
        return dict(enumerate(self.kinds[1:], 1)).get(cell, "")

    def _fresh(self, line: Sequence[str], cell: int) -> str:
        """What stands in a new column: its kind in the line of kinds, else nothing."""
        return self.kinds[cell] if line == self.kinds else ""


_STEPS: Mapping[str, Callable[[Grid, int], Lines]] = {
    "add": Grid._added,
    "drop": Grid._dropped,
    "up": Grid._raised,
    "down": Grid._lowered,
    "widen": Grid._widened,
    "narrow": Grid._narrowed,
}


def _even(rows: Sequence[Sequence[str]]) -> Lines:
    """The rows, all as wide as the widest that has something in it."""
    width = max((place for row in rows for place, text in enumerate(row, 1) if text), default=0)
    return tuple((*row[:width], *[""] * (width - len(row))) for row in rows)


def _is_cell(name: str) -> bool:
    head, *rest = name.split("-")
    return head == "c" and len(rest) == 2 and all(part.isdecimal() and len(part) < 5 for part in rest)
