"""What a dry run says: rows that are ready, and problems by row and column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from qilian.core.values.text import Refusal, Text

PROBLEMS_KEPT = 1_000
_NOTHING = Text("", "")


class Line(NamedTuple):
    """A row of a file as it was read: its number in the spreadsheet, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: the row's number, the column's letter and title (empty for a whole row), a remedy."""

    row: int
    letter: str
    title: Text
    message: Text
    remedy: Text = _NOTHING

    def as_data(self) -> dict[str, int | str]:
        """Return plain JSON data."""
        return {
            "row": self.row,
            "letter": self.letter,
            "title_zh": self.title.zh,
            "title_en": self.title.en,
            "zh": self.message.zh,
            "en": self.message.en,
            "remedy_zh": self.remedy.zh,
            "remedy_en": self.remedy.en,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, int | str]) -> "Problem":
        """Read back what `as_data` wrote."""

        def text(name: str) -> Text:
            return Text(str(data[f"{name}zh"]), str(data[f"{name}en"]))

        return cls(int(data["row"]), str(data["letter"]), text("title_"), text(""), text("remedy_"))

    @classmethod
    def of_refusal(cls, refusal: Refusal, row: int, *, letter: str = "", title: Text | None = None) -> "Problem":
        """Say what a refusal says, at a place of the file."""
        return cls(row, letter, title or _NOTHING, refusal.message, refusal.remedy or _NOTHING)


class ReadyRow(NamedTuple):
    """A row without problems: its number, and what was written in each field, in words that the form reads."""

    number: int
    written: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a dry run.

    `read` counts the rows that hold something, below the header; `ready` are those without a problem; `problems` are
    the first thousand in the order of rows, `total` is how many there are.
    """

    read: int
    ready: tuple[ReadyRow, ...]
    problems: tuple[Problem, ...]
    total: int

    @property
    def clean(self) -> bool:
        """Whether the file can be applied: at least one row, and not a single problem."""
        return self.read > 0 and self.total == 0

    def joined(self, more: Iterable[Problem]) -> "Report":
        """Return the report with further problems; their rows are no longer ready."""
        found = tuple(more)
        rows = {problem.row for problem in found}
        ready = tuple(row for row in self.ready if row.number not in rows)
        problems = sorted((*self.problems, *found), key=lambda problem: problem.row)
        return Report(self.read, ready, tuple(problems[:PROBLEMS_KEPT]), self.total + len(found))


def refused(refusal: Refusal) -> Report:
    """The report of a file that cannot be read at all."""
    return Report(0, (), (Problem.of_refusal(refusal, 0),), 1)
