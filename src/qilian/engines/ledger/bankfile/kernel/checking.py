"""The dry run of a statement: every balance chained row by row, every claim of the file compared, repeats found.

Entries are not kept: a statement may have a million of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise

from qilian.core.papers.sheets.api import PROBLEMS_KEPT, Problem
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

from .reading import Claim, Entry, Passed, untrue

LINES_MAX = 1_000_000
"""A statement of more entries is brought in parts, by month."""

AHEAD = 40
"""So many entries are looked at to find out whether the file runs from old to new or from new to old."""

Item = Entry | Claim | Passed | Problem
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The account that the statement must be of: its number and its currency."""

    number: str
    currency: str = "CNY"


@dataclass
class Checking:
    """What has been found so far; after `finish` it is the report of the dry run. Sums are fen, counts are entries."""

    wanted: Wanted
    limit: int = LINES_MAX
    count: int = 0
    passed: int = 0
    inflow: int = 0
    outflow: int = 0
    count_in: int = 0
    first: date | None = None
    last: date | None = None
    backward: bool = False
    oldest: Entry | None = None
    newest: Entry | None = None
    opening: int | None = None
    closing: int | None = None
    total: int = 0
    problems: list[Problem] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    serials: dict[str, int] = field(default_factory=dict)
    previous: Entry | None = None

    @property
    def clean(self) -> bool:
        """Whether the statement can be booked: something stands in it and nothing is wrong."""
        return self.count > 0 and self.total == 0

    @property
    def net(self) -> int:
        """What came in less what went out."""
        return self.inflow - self.outflow

    def run(self, items: Iterable[Item]) -> Iterator[Entry]:
        """Take all items of a file, yield its entries as they come, and finish. Refusal `banking.rows` at the limit."""
        stream = iter(items)
        ahead: list[Item] = []
        entries: list[Entry] = []
        for item in stream:
            ahead.append(item)
            if isinstance(item, Entry):
                entries.append(item)
            if len(entries) >= AHEAD:
                break
        self.backward = _runs_backward(entries)
        for item in chain(ahead, stream):
            yield from self._take(item)
        self._finish()

    def _take(self, item: Item) -> Iterator[Entry]:
        if isinstance(item, Problem):
            self._add(item)
        elif isinstance(item, Passed):
            self.passed += 1
        elif isinstance(item, Claim):
            self.claims.append(item)
        else:
            self._entry(item)
            yield item

    def _entry(self, entry: Entry) -> None:
        self.count += 1
        if self.count > self.limit:
            raise _too_many(self.limit)
        if entry.fen > 0:
            self.inflow += entry.fen
            self.count_in += 1
        else:
            self.outflow -= entry.fen
        self.first = min(self.first or entry.day, entry.day)
        self.last = max(self.last or entry.day, entry.day)
        self._currency(entry)
        self._repeats(entry)
        self._chains(entry)
        self.oldest, self.newest = (entry, self.newest or entry) if self.backward else (self.oldest or entry, entry)
        self.previous = entry

    def _currency(self, entry: Entry) -> None:
        if entry.currency and entry.currency != self.wanted.currency:
            have, want = entry.currency, self.wanted.currency
            message = Text(f"币种是 {have}，账户是 {want}。", f"The currency is {have}, the account holds {want}.")
            remedy = Text("请按币种分开下载。", "Download one file for each currency.")
            self._add(Problem(entry.row, "", Text("币种", "currency"), message, remedy))

    def _repeats(self, entry: Entry) -> None:
        if entry.serial:
            first = self.serials.setdefault(entry.serial, entry.row)
            if first != entry.row:
                message = Text(f"与第 {first} 行的流水号相同。", f"It has the serial number of row {first}.")
                remedy = Text("请删去重复的一行，或从银行重新下载。", "Delete the repeated row, or download it again.")
                self._add(Problem(entry.row, "", Text("流水号", "serial number"), message, remedy))

    def _chains(self, entry: Entry) -> None:
        """The balance after an entry is the one before it plus the entry; told at the row where it breaks."""
        before = self.previous
        if before is None or before.balance is None or entry.balance is None:
            return
        old, new = (entry, before) if self.backward else (before, entry)
        assert old.balance is not None and new.balance is not None
        expected = old.balance + new.fen
        if expected != new.balance:
            have, want = Money(new.balance), Money(expected)
            off = Money(new.balance - expected)
            message = Text(
                f"余额接不上：应为 {want}，写的是 {have}，相差 {off}。",
                f"The balance does not follow: it should be {want}, it says {have}, {off} apart.",
            )
            remedy = Text(
                "这一行的金额或余额有误，或者缺了行。", "An amount or balance is wrong here, or a row is missing."
            )
            self._add(Problem(new.row, "", Text("余额", "balance"), message, remedy))

    def _finish(self) -> None:
        claimed = {claim.what: claim.value for claim in self.claims}
        opening, closing = self._from_entries()
        self.opening = claimed["opening"] if opening is None and "opening" in claimed else opening
        self.closing = closing if closing is not None else self._counted()
        for claim in self.claims:
            self._claim(claim)
        if not self.count and not self.total:
            self._add(Problem(0, "", _NOTHING, Text("文件里没有一笔记账。", "No booked entry stands in the file.")))
        elif self.opening is None and not self.total:
            message = Text("文件没有余额，无法核对。", "The file shows no balance, so that nothing can be checked.")
            self._add(Problem(0, "", _NOTHING, message, Text("请下载带余额的明细。", "Download it with balances.")))

    def _from_entries(self) -> tuple[int | None, int | None]:
        old, new = self.oldest, self.newest
        if old is None or new is None or old.balance is None or new.balance is None:
            return None, None
        return old.balance - old.fen, new.balance

    def _counted(self) -> int | None:
        return None if self.opening is None else self.opening + self.net

    def _claim(self, claim: Claim) -> None:
        if claim.what in ("account", "currency"):
            self._identity(claim)
            return
        counted = {
            "opening": self.opening,
            "closing": self.closing,
            "inflow": self.inflow,
            "outflow": self.outflow,
            "net": self.net,
            "count": self.count + self.passed,
            "count_in": self.count_in,
            "count_out": self.count - self.count_in,
        }[claim.what]
        if (
            counted is not None
            and counted != claim.value
            and not (claim.what.startswith("count") and self._loose(claim))
        ):
            self._add(untrue(claim, counted))

    def _loose(self, claim: Claim) -> bool:
        """Entries that were passed over may or may not be counted by the file."""
        low = {"count": self.count, "count_in": self.count_in, "count_out": self.count - self.count_in}[claim.what]
        return low <= claim.value <= low + self.passed

    def _identity(self, claim: Claim) -> None:
        account = claim.what == "account"
        want = self.wanted.number if account else self.wanted.currency
        if claim.words == want or (account and _same_account(claim.words, want)):
            return
        have = f"…{claim.words[-4:]}" if account else claim.words
        shown = f"…{want[-4:]}" if account else want
        message = Text(f"这是 {have} 的对账单，不是 {shown} 的。", f"This is a statement of {have}, not of {shown}.")
        remedy = Text("请选择对应的银行账户。", "Choose the bank account that it belongs to.")
        self._add(Problem(claim.row, "", _NOTHING, message, remedy))

    def _add(self, problem: Problem) -> None:
        self.total += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)


def _runs_backward(entries: list[Entry]) -> bool:
    """Whether the newest entry comes first: the balances say so, else the days."""
    shown = [(each.balance, each.fen) for each in entries]
    pairs = [(a, b, one, other) for (a, one), (b, other) in pairwise(shown) if a is not None and b is not None]
    forward = sum(a + other == b for a, b, _, other in pairs)
    backward = sum(b + one == a for a, b, one, _ in pairs)
    if forward != backward:
        return backward == max(forward, backward)
    return bool(entries) and entries[0].day > entries[-1].day


def _same_account(said: str, want: str) -> bool:
    """Banks hide the middle of a number: the same ends, and stars between them."""
    head, star, tail = said.partition("*")
    return bool(star) and want.startswith(head) and want.endswith(tail.lstrip("*")) and len(tail.lstrip("*")) >= 4


def _too_many(limit: int) -> Refusal:
    message = Text(f"超过 {limit:,} 笔。", f"There are more than {limit:,} entries.")
    return Refusal(
        "banking.rows", message, where="file", remedy=Text("请按月分开下载。", "Download it month by month.")
    )
