"""One statement of a file: its entries chained, its claims compared, and whether it is of the account wanted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from qilian.core.papers.sheets.api import Problem
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .reading import Begins, Claim, Entry, Note, Passed, differs, untrue

_NOTHING = Text("", "")
_TAIL = 4  # digits of an account that are shown, and that a file with stars must show


@dataclass(frozen=True, slots=True)
class Wanted:
    """The account that the statement must be of: its number and its currency."""

    number: str
    currency: str = "CNY"


@dataclass
class Run:
    """What one statement says; `foreign` when it is of another account or currency. Sums are fen, counts bookings."""

    wanted: Wanted
    begins: Begins
    backward: bool = False
    foreign: bool = False
    count: int = 0
    bookings: int = 0
    moveless: int = 0
    inflow: int = 0
    outflow: int = 0
    count_in: int = 0
    bookings_in: int = 0
    unmarked: int = 0
    oldest: Entry | None = None
    newest: Entry | None = None
    first: date | None = None
    last: date | None = None
    previous: tuple[int, int, int] | None = None  # row, amount and balance
    opening: int | None = None
    closing: int | None = None
    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    serials: dict[str, Entry] = field(default_factory=dict)
    repeats: list[tuple[Entry, Entry]] = field(default_factory=list)
    owners: dict[str, bool] = field(default_factory=dict)

    def take(self, entry: Entry) -> list[Problem] | None:
        """Take an entry and say what is wrong with it; None when it is of another account."""
        if self.foreign or (entry.own and not self._mine(entry.own)):
            return None
        fen, booking = entry.fen, entry.part <= 1
        self.count += 1
        self.bookings += booking
        if fen > 0:
            self.inflow += fen
            self.count_in += 1
            self.bookings_in += booking
        else:
            self.outflow -= fen
        day = entry.day
        if self.first is None or day < self.first:
            self.first = day
        if self.last is None or day > self.last:
            self.last = day
        if entry.balance is None:
            self._remember(entry)
        self.oldest, self.newest = (entry, self.newest or entry) if self.backward else (self.oldest or entry, entry)
        problems = self._chained(entry.row, fen, entry.balance)
        return [*problems, *self._currency(entry)] if entry.currency != self.wanted.currency else problems

    def passed(self, item: Passed) -> list[Problem]:
        """An entry that moves nothing leaves the balance where it was."""
        self.moveless += 1
        return self._chained(item.row, 0, item.balance)

    def claim(self, claim: Claim) -> list[Problem]:
        """Keep a claim; one of another account or currency makes the statement foreign, unless it comes too late."""
        self.claims.append(claim)
        if claim.what in ("account", "currency") and not self._true(claim) and not self.foreign:
            if self.count:
                return [self._not_mine(claim)]
            self.foreign = True
        return []

    def finish(self, wrong: bool) -> list[Problem]:
        """Compare every claim with what the entries make, when all of them are taken.

        A file that is `wrong` already is not told as well that nothing proves it.
        """
        if self.foreign:
            return []
        claimed = {claim.what: claim.value for claim in reversed(self.claims)}
        opening, closing = self._from_entries()
        if opening is None and closing is None and "closing" in claimed and "opening" not in claimed:
            opening = claimed["closing"] - self.inflow + self.outflow
            message = Text(
                "文件只有期末余额，期初余额由它算出。",
                "The file shows its closing balance only; its opening follows from it.",
            )
            self.notes.append(Note(0, message))
        self.opening = claimed.get("opening") if opening is None else opening
        self.closing = closing
        if closing is None and self.opening is not None:
            self.closing = self.opening + self.inflow - self.outflow
        return [*self._compared(), *(() if wrong else self._proven())]

    @property
    def still(self) -> bool:
        """Whether nothing moved, and the statement says so by its balances."""
        return not self.count and self.opening is not None and any(each.what == "closing" for each in self.claims)

    def days(self) -> tuple[date | None, ...]:
        """The days that the statement spans: of its entries, else of its balances."""
        return (self.first, self.last) if self.count else tuple(claim.day for claim in self.claims)

    def strange(self) -> list[Problem]:
        """Whose statement it is, when it is of another account."""
        said = [self._not_mine(claim) for claim in self.claims if not self._true(claim)]
        rows = [self._not_mine(Claim("account", 0, words=own)) for own, mine in self.owners.items() if not mine]
        return [*said[:1], *rows[:20]]

    def gap(self, other: "Run") -> Problem:
        """The problem of a statement in the same file that does not follow this one."""
        assert self.closing is not None and other.opening is not None
        ends, starts = Money(self.closing), Money(other.opening)
        message = Text(
            f"文件里的对账单接不上：一份以 {ends} 结束，下一份从 {starts} 开始。",
            f"The statements of the file do not follow each other: one ends with {ends}, the next begins with "
            f"{starts}.",
        )
        remedy = Text("中间缺了一份，请从银行重新下载。", "One between is missing: download it again.")
        return Problem(other.begins.row, "", _NOTHING, message, remedy)

    def _chained(self, row: int, fen: int, balance: int | None) -> list[Problem]:
        """The balance after an entry is the one before it plus the entry; told at the row where it breaks."""
        before, self.previous = self.previous, None if balance is None else (row, fen, balance)
        if before is None or balance is None:
            return []
        if self.backward:
            expected, written, where = balance + before[1], before[2], before[0]
        else:
            expected, written, where = before[2] + fen, balance, row
        if expected == written:
            return []
        return [_repeated(row, before[0]) if before[1:] == (fen, balance) else _broken(where, expected, written)]

    def _currency(self, entry: Entry) -> Iterator[Problem]:
        if entry.currency:
            have, want = entry.currency, self.wanted.currency
            message = Text(f"币种是 {have}，账户是 {want}。", f"The currency is {have}, the account holds {want}.")
            remedy = Text("请按币种分开下载。", "Download one file for each currency.")
            yield Problem(entry.row, "", Text("币种", "currency"), message, remedy)

    def _remember(self, entry: Entry) -> None:
        """Entries without a balance after them: a repeated one is told where nothing proves that it is another."""
        if not entry.serial:
            self.unmarked += self.begins.bare
            return
        first = self.serials.setdefault(entry.serial, entry)
        if first is not entry and (first.day, first.fen, first.name) == (entry.day, entry.fen, entry.name):
            self.repeats.append((first, entry))

    def _mine(self, own: str) -> bool:
        if own not in self.owners:
            self.owners[own] = same_account(own, self.wanted.number)
        return self.owners[own]

    def _true(self, claim: Claim) -> bool:
        if claim.what == "account":
            return same_account(claim.words, self.wanted.number)
        return claim.what != "currency" or claim.words == self.wanted.currency

    def _not_mine(self, claim: Claim) -> Problem:
        account = claim.what == "account"
        have = f"…{claim.words[-_TAIL:]}" if account else claim.words[:20]
        shown = f"…{self.wanted.number[-_TAIL:]}" if account else self.wanted.currency
        message = Text(f"这是 {have} 的对账单，不是 {shown} 的。", f"This is a statement of {have}, not of {shown}.")
        remedy = Text("请选择对应的银行账户。", "Choose the bank account that it belongs to.")
        return Problem(claim.row, "", _NOTHING, message, remedy)

    def _from_entries(self) -> tuple[int | None, int | None]:
        old, new = self.oldest, self.newest
        if old is None or new is None or old.balance is None or new.balance is None:
            return None, None
        return old.balance - old.fen, new.balance

    def _counted(self, what: str) -> int | None:
        return {
            "opening": self.opening,
            "closing": self.closing,
            "inflow": self.inflow,
            "outflow": self.outflow,
            "net": self.inflow - self.outflow,
            "count": self.bookings + self.moveless,
            "count_in": self.bookings_in,
            "count_out": self.bookings - self.bookings_in,
        }[what]

    def _compared(self) -> Iterator[Problem]:
        for claim in self.claims:
            if claim.what in ("account", "currency"):
                continue
            counted = self._counted(claim.what)
            if counted is None or counted == claim.value or self._near(claim):
                continue
            if claim.loose:
                self.notes.append(differs(claim, counted))
            else:
                yield untrue(claim, counted)

    def _near(self, claim: Claim) -> bool:
        """Entries that move nothing may or may not be counted by the file, and so may the payments of a booking."""
        if not claim.what.startswith("count"):
            return False
        low = {"count": self.bookings, "count_in": self.bookings_in, "count_out": self.bookings - self.bookings_in}
        high = {"count": self.count, "count_in": self.count_in, "count_out": self.count - self.count_in}
        return low[claim.what] <= claim.value <= high[claim.what] + self.moveless

    def _proven(self) -> Iterator[Problem]:
        """Balances prove that nothing is missing, or sums and counts of both sides; a notice has neither."""
        sums = {claim.what for claim in self.claims if claim.what in ("inflow", "outflow")}
        if self.opening is not None or not self.count:
            return
        if len(sums) == 2 or self.begins.bare:
            message = Text(
                "文件没有余额：不能核对它前后是否缺了别的对账单。",
                "The file shows no balance: whether another is missing before or after it cannot be checked.",
            )
            self.notes.append(Note(0, message))
            yield from (_repeated(entry.row, first.row) for first, entry in self.repeats if len(sums) < 2)
            return
        message = Text("文件没有余额，无法核对。", "The file shows no balance, so that nothing can be checked.")
        yield Problem(0, "", _NOTHING, message, Text("请下载带余额的明细。", "Download it with balances."))


def runs_backward(entries: list[Entry]) -> bool:
    """Whether the newest entry comes first: the balances say so, else the days."""
    shown = [(each.balance, each.fen) for each in entries]
    pairs = [(a, b, one, other) for (a, one), (b, other) in pairwise(shown) if a is not None and b is not None]
    forward = sum(a + other == b for a, b, _, other in pairs)
    backward = sum(b + one == a for a, b, one, _ in pairs)
    if forward != backward:
        return backward == max(forward, backward)
    return bool(entries) and entries[0].day > entries[-1].day


def same_account(said: str, want: str) -> bool:
    """Whether two writings mean one account: stars hide its middle, a bank's code or a currency stand beside it.

    >>> same_account("6228*5678", "6228480000012345678"), same_account("10050000/0532013000EUR", "0532013000")
    (True, True)
    """
    if said == want:
        return True
    head, star, tail = said.partition("*")
    tail = tail.rpartition("*")[2]
    if star:
        return want.startswith(head) and want.endswith(tail) and len(tail) >= _TAIL
    bare = said.rpartition("/")[2]
    return want in (bare, bare[:-3] if bare[-3:].isalpha() else bare)


def _broken(row: int, expected: int, written: int) -> Problem:
    have, want, off = Money(written), Money(expected), Money(written - expected)
    message = Text(
        f"余额接不上：应为 {want}，写的是 {have}，相差 {off}。",
        f"The balance does not follow: it should be {want}, it says {have}, {off} apart.",
    )
    remedy = Text("这一行的金额或余额有误，或者缺了行。", "An amount or balance is wrong here, or a row is missing.")
    return Problem(row, "", Text("余额", "balance"), message, remedy)


def _repeated(row: int, first: int) -> Problem:
    message = Text(f"与第 {first} 行重复。", f"It repeats row {first}.")
    remedy = Text("请删去重复的一行，或从银行重新下载。", "Delete the repeated row, or download it again.")
    return Problem(row, "", _NOTHING, message, remedy)
