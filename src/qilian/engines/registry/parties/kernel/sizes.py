"""Size classes 大中小微 by dated thresholds: 统计上大中小微型企业划分办法(2017), 国统字〔2017〕213号, as data.

Large, medium and small need every indicator of the industry at its lower bound, else one class down; micro needs one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Text

INDICATORS: Mapping[str, Text] = {
    "employees": Text("从业人员", "employees"),
    "revenue": Text("营业收入", "revenue"),
    "assets": Text("资产总额", "total assets"),
}
CLASSES = ("large", "medium", "small", "micro")


@dataclass(frozen=True, slots=True)
class Threshold:
    """Lower bounds of one indicator for one group of industries; people, or 万元 for revenue and assets."""

    group: str
    industries: tuple[str, ...]  # sections and beginnings of codes of GB/T 4754-2017
    indicator: str
    large: int
    medium: int
    small: int
    valid_from: date
    valid_to: date | None
    source: str

    def holds(self, day: date) -> bool:
        """Whether the bounds are in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def place(self, value: int) -> int:
        """The class of a value as its place in CLASSES."""
        return sum(value < bound for bound in (self.large, self.medium, self.small))


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of a party on a day: people, and fen; None is unknown."""

    on: date
    employees: int | None = None
    revenue: int | None = None
    assets: int | None = None

    def of(self, indicator: str) -> int | None:
        """The value of an indicator in the unit of its thresholds."""
        if indicator == "employees":
            return self.employees
        fen = self.revenue if indicator == "revenue" else self.assets
        return None if fen is None else fen // 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """The class, or why there is none: `missing` indicators; without `group` no thresholds for day and industry."""

    size: str = ""
    group: str = ""
    missing: tuple[str, ...] = ()
    source: str = ""


def size_of(path: Sequence[str], figures: Measured, thresholds: Iterable[Threshold]) -> Size:
    """Class a party by the thresholds that held on the day of its figures.

    `path` is its industry from the section to the code, such as ("M", "74", "745", "7452"); the longest match counts.
    """
    fitting = [
        (max(map(len, matched)), row)
        for row in thresholds
        if row.holds(figures.on) and (matched := [code for code in row.industries if code in path])
    ]
    if not fitting:
        return Size()
    longest = max(length for length, _ in fitting)
    rows = [row for length, row in fitting if length == longest]
    values = {row.indicator: figures.of(row.indicator) for row in rows}
    missing = tuple(name for name, value in values.items() if value is None)
    group, source = rows[0].group, rows[0].source
    if missing:
        return Size(group=group, missing=missing, source=source)
    place = max(row.place(value) for row in rows if (value := values[row.indicator]) is not None)
    return Size(CLASSES[place], group, (), source)
