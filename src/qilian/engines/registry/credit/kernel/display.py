"""How long a record is shown and what its repair needs (信用修复管理办法, 国家发展改革委令第36号, from 2026-04-01).

Three classes: minor ones are not shown, or at most three months where the authority finds it necessary; ordinary ones
three months to a year; serious ones one to three years, counted from the day of the deciding document. Repair needs the
least period to be over, the conduct corrected and the duties met, and a public pledge. At the longest period a record
leaves by itself; where the conduct was never corrected, the rules of the line authority hold.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qilian.core.values.text import Refusal, Text

State = Literal["standing", "repaired", "lapsed", "annulled"]

STATES: Mapping[str, Text] = {
    "standing": Text("有效", "Standing"),
    "repaired": Text("已修复", "Repaired"),
    "lapsed": Text("公示期满", "Longest period over"),
    "annulled": Text("决定已撤销", "Decision annulled"),
}


@dataclass(frozen=True, slots=True)
class Severity:
    """A class of records: months that it is shown at least and at most, and whether it is shown by default."""

    title: Text
    least: int
    most: int
    by_default: bool = True


CLASSES: Mapping[str, Severity] = {
    "minor": Severity(Text("轻微", "Minor"), 0, 3, by_default=False),
    "ordinary": Severity(Text("一般", "Ordinary"), 3, 12),
    "serious": Severity(Text("严重", "Serious"), 12, 36),
}

CONDITIONS: Mapping[str, Text] = {
    "repairable": Text("法律法规未规定不可修复", "No law forbids its repair"),
    "least": Text("最短公示期已满", "The least period is over"),
    "corrected": Text("失信行为已纠正、义务已履行", "The conduct is corrected and the duties are met"),
    "pledge": Text("已作出信用承诺并公开", "A pledge was made in public"),
    "other": Text("满足法律法规规定的其他条件", "Other conditions of the law are met"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the law sees it. `needed`: an authority finds showing a minor one necessary.

    `beyond`: its line authority keeps uncorrected conduct on display behind the longest period.
    """

    severity: str
    decided_on: date
    state: State = "standing"
    needed: bool = False
    repairable: bool = True
    corrected: bool = False
    beyond: bool = False

    @property
    def least_day(self) -> date:
        """The last day of the least period; the day of the decision does not count (民法典 § 201)."""
        return months_after(self.decided_on, CLASSES[self.severity].least)

    @property
    def last_day(self) -> date:
        """The last day of the longest period."""
        return months_after(self.decided_on, CLASSES[self.severity].most)


def shown(record: Record, on: date) -> bool:
    """Whether a page may show a record on a day, and anybody may be given it."""
    if record.state != "standing" or not (CLASSES[record.severity].by_default or record.needed):
        return False
    return on <= record.last_day or (record.beyond and not record.corrected)


def over(record: Record, on: date) -> bool:
    """Whether a standing record has reached the end of its longest period and leaves by itself."""
    return record.state == "standing" and on > record.last_day and not (record.beyond and not record.corrected)


def missing(record: Record, on: date, *, pledge: bool, other: bool) -> tuple[str, ...]:
    """Return which of CONDITIONS a repair still lacks, in their order; minor records need no least period."""
    met = {
        "repairable": record.repairable,
        "least": CLASSES[record.severity].least == 0 or on > record.least_day,
        "corrected": record.corrected,
        "pledge": pledge,
        "other": other,
    }
    return tuple(name for name in CONDITIONS if not met[name])


def may_repair(record: Record, on: date, *, pledge: bool, other: bool) -> None:
    """Refuse a repair that the law does not allow: `registry.credit.state`, `registry.credit.conditions`."""
    only_standing(record)
    if lacking := missing(record, on, pledge=pledge, other=other):
        zh = "；".join(f"不满足“{CONDITIONS[name].zh}”" for name in lacking)
        en = "; ".join(f"not met: {CONDITIONS[name].en}" for name in lacking)
        earliest = Text(f"最早可在 {record.least_day} 之后申请。", f"It can be asked for after {record.least_day}.")
        raise Refusal("registry.credit.conditions", Text(f"{zh}。", f"{en}."), where=lacking[0], remedy=earliest)


def only_standing(record: Record) -> None:
    """Refuse what is done to a record that is over: `registry.credit.state`."""
    if record.state != "standing":
        now = STATES[record.state]
        raise Refusal("registry.credit.state", Text(f"这条记录{now.zh}。", f"The record is over: {now.en}."))


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later, else the last of that month (民法典 § 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
