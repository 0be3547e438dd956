"""The dry run of a statement: every balance chained row by row, every claim of the file compared, nothing left unsaid.

A file may hold several statements: each is a run of its own; those of another account are told and left out, those of
the account must follow each other. Entries are not kept: a statement may have a million of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise

from qilian.core.papers.sheets.api import PROBLEMS_KEPT, Problem
from qilian.core.values.text import Refusal, Text

from .amounts import SUM_MAX
from .reading import MOVELESS, Begins, Claim, Entry, Item, Note, Passed
from .runs import Run, Wanted, runs_backward

LINES_MAX = 1_000_000
"""A statement of more entries is brought in parts, by month."""

AHEAD = 40
"""So many entries are looked at to find out whether the file runs from old to new or from new to old."""

NOTES_KEPT = 100
_NOTHING = Text("", "")


@dataclass
class Checking:
    """What has been found so far; after the last item it is the report of the dry run. Sums are fen, counts entries.

    `passed` counts entries that move nothing, `left` every row that became no entry, by reason (`reading.WHY`);
    `others` the entries of other accounts; `notes` are what a reader must know. `unmarked` counts entries without a
    number of the bank in notices: a statement that shows them again could not know them.
    """

    wanted: Wanted
    limit: int = LINES_MAX
    count: int = 0
    passed: int = 0
    inflow: int = 0
    outflow: int = 0
    count_in: int = 0
    others: int = 0
    unmarked: int = 0
    first: date | None = None
    last: date | None = None
    backward: bool = False
    opening: int | None = None
    closing: int | None = None
    total: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    runs: list[Run] = field(default_factory=list)
    still: bool = False

    @property
    def clean(self) -> bool:
        """Whether the statement can be booked: something stands in it, or nothing moved, and nothing is wrong."""
        return (self.count > 0 or self.still) and self.total == 0

    @property
    def net(self) -> int:
        """What came in less what went out."""
        return self.inflow - self.outflow

    @property
    def oldest(self) -> Entry | None:
        """The first entry in time."""
        return next((run.oldest for run in self._mine() if run.oldest), None)

    @property
    def newest(self) -> Entry | None:
        """The last entry in time."""
        return next((run.newest for run in reversed(self._mine()) if run.newest), None)

    def run(self, items: Iterable[Item]) -> Iterator[Entry]:
        """Take all items of a file, yield its entries as they come, and finish. Refusal `banking.rows` at the limit."""
        stream = iter(items)
        item = next(stream, None)
        while item is not None:
            begins, first = (item, ()) if isinstance(item, Begins) else (Begins(0), (item,))
            ahead: list[Begins] = []
            run = Run(self.wanted, begins)
            self.runs.append(run)
            yield from self._one(run, chain(first, _until(stream, ahead)))
            item = ahead[0] if ahead else None
        self._finish()

    def _one(self, run: Run, items: Iterator[Item]) -> Iterator[Entry]:
        """One statement: forty entries are looked at first, to find out its direction."""
        ahead: list[Item] = []
        entries: list[Entry] = []
        for item in items:
            ahead.append(item)
            if isinstance(item, Entry):
                entries.append(item)
                if len(entries) >= AHEAD:
                    break
        run.backward = runs_backward(entries)
        for item in chain(ahead, items):
            if isinstance(item, Entry):
                if self._entry(run, item):
                    yield item
            else:
                self._other(run, item)
        self._add(run.finish(self.total > 0))

    def _entry(self, run: Run, entry: Entry) -> bool:
        """Take an entry; whether it is one of the account."""
        self.count += 1
        if self.count > self.limit:
            raise _too_many(self.limit)
        problems = run.take(entry)
        if problems is None:
            self.count -= 1
            self.others += 1
            return False
        if problems:
            self._add(problems)
        return True

    def _other(self, run: Run, item: Item) -> None:
        if isinstance(item, Passed):
            if item.why not in MOVELESS:
                self.left[item.why] += 1
            elif run.foreign:
                self.others += 1
            else:
                self._add(run.passed(item))
                self.left[item.why] += 1
                self.passed += 1
        elif isinstance(item, Claim):
            self._add(run.claim(item))
        elif isinstance(item, Note):
            self.notes += [item] if len(self.notes) < NOTES_KEPT else []
        elif isinstance(item, Problem) and not run.foreign:
            self._add([item])

    def _mine(self) -> list[Run]:
        mine = [run for run in self.runs if not run.foreign and (run.count or run.moveless or run.claims)]
        return mine[::-1] if _old_last(mine) else mine

    def _finish(self) -> None:
        mine = self._mine()
        self.inflow, self.outflow = sum(run.inflow for run in mine), sum(run.outflow for run in mine)
        self.count_in = sum(run.count_in for run in mine)
        self.unmarked = sum(run.unmarked for run in mine)
        days = [day for run in mine for day in run.days() if day is not None]
        self.first, self.last = min(days, default=None), max(days, default=None)
        self.backward = any(run.backward for run in mine) or _old_last(mine[::-1])
        if mine:
            self.opening, self.closing = mine[0].opening, mine[-1].closing
        self.still = bool(mine) and all(run.still for run in mine)
        self._add(_gaps(mine))
        self._foreign(mine)
        if not self.count and not self.total and not self.still:
            self._add([Problem(0, "", _NOTHING, Text("文件里没有一笔记账。", "No booked entry stands in the file."))])
        self._bounded()
        self.notes += [note for run in mine for note in run.notes]

    def _foreign(self, mine: list[Run]) -> None:
        """Statements and rows of other accounts: told when there are some of this one, else a problem."""
        foreign = [run for run in self.runs if run.foreign]
        if not mine or (not self.count and self.others):
            self._add([problem for run in self.runs[:NOTES_KEPT] for problem in run.strange()])
            return
        for run in foreign[:NOTES_KEPT]:
            self.notes += [Note(problem.row, problem.message) for problem in run.strange()]
        if self.others:
            message = Text(
                f"有 {self.others} 笔属于别的账户或币种，没有读入。",
                f"{self.others} entries are of other accounts or currencies and were not read.",
            )
            self.notes.append(Note(0, message))

    def _bounded(self) -> None:
        for amount in (self.inflow, self.outflow, self.opening or 0, self.closing or 0):
            if abs(amount) > SUM_MAX:
                message = Text("合计大得不可能是真的。", "The sums are larger than any can be.")
                self._add([Problem(0, "", _NOTHING, message)])
                return

    def _add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.total += 1
            if len(self.problems) < PROBLEMS_KEPT:
                self.problems.append(problem)


def _until(stream: Iterator[Item], ahead: list[Begins]) -> Iterator[Item]:
    """The items of one statement; the beginning of the next is left in `ahead`."""
    for item in stream:
        if isinstance(item, Begins):
            ahead.append(item)
            return
        yield item


def _old_last(runs: list[Run]) -> bool:
    """Whether the newest of several statements stands first."""
    chained = [(one.opening, one.closing, other.opening, other.closing) for one, other in pairwise(runs)]
    forward = sum(closing == opening for _, closing, opening, _ in chained)
    backward = sum(opening == closing for opening, _, _, closing in chained)
    return backward > forward


def _gaps(runs: list[Run]) -> Iterator[Problem]:
    """Several statements of one account follow each other."""
    for one, other in pairwise(runs):
        if one.closing is not None and other.opening is not None and one.closing != other.opening:
            yield one.gap(other)


def _too_many(limit: int) -> Refusal:
    message = Text(f"超过 {limit:,} 笔。", f"There are more than {limit:,} entries.")
    return Refusal(
        "banking.rows", message, where="file", remedy=Text("请按月分开下载。", "Download it month by month.")
    )
