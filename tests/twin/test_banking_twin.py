"""Twin of banking: one random account through the kernels in memory and the verbs on PostgreSQL, equal throughout."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Text
from qilian.core.who.people.models import Person
from qilian.engines.ledger.bankfile import kernel as files
from qilian.engines.ledger.bankfile.api import BankFile
from qilian.engines.ledger.banking import api as banking
from qilian.engines.ledger.banking import kernel
from qilian.engines.ledger.banking.api import BankAccount, Match, StatementLine
from qilian.engines.ledger.book.api import Account, Entry, Transfer, open_account, post

pytestmark = pytest.mark.django_db
NUMBER, START, DAYS, OPENING = "6228480000012345678", datetime(2026, 3, 2, 1, tzinfo=UTC), 12, 1_000_000
HEADER = f"账号：{NUMBER}\n交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,流水号\n"
FIRMS = ("青海甲检测有限公司", "青海乙物流有限公司", "青海丙冷链有限公司")


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@dataclass
class Bank:
    """The bank's own list: every line it ever wrote, and the file of some days."""

    balance: int = OPENING
    lines: list[tuple[date, str]] = field(default_factory=list)

    def write(self, day: date, fen: int, name: str, words: str) -> None:
        self.balance += fen
        cells = ("", f"{fen / 100:.2f}") if fen > 0 else (f"{-fen / 100:.2f}", "")
        serial = f"S{len(self.lines)}"
        row = (f"{day}", *cells, f"{self.balance / 100:.2f}", name, "", words, serial)
        self.lines.append((day, ",".join(row)))

    def file(self, first: date, last: date) -> bytes:
        rows = "\n".join(row for day, row in self.lines if first <= day <= last)
        return f"{HEADER}{rows}\n".encode("gb18030")


@dataclass
class Memory:
    """The same account in memory: lines by mark, transfers, pairs of (mark, transfer's code)."""

    lines: dict[str, files.Entry] = field(default_factory=dict)
    transfers: dict[str, tuple[date, int, str, str]] = field(default_factory=dict)
    pairs: dict[str, tuple[str, str]] = field(default_factory=dict)
    fen: int = OPENING

    def book(self, content: bytes) -> tuple[int, int]:
        """Take a file: new lines by their mark, then what is unique on both sides; counts of both."""
        checking = files.Checking(files.Wanted(NUMBER))
        marked = files.Prints().of(checking.run(BankFile().read(lambda: [content])))
        fresh = {mark: entry for entry, mark in marked if mark not in self.lines}
        assert checking.clean, checking.problems
        self.lines |= fresh
        self.fen += sum(entry.fen for entry in fresh.values())
        return len(fresh), self.match()

    def match(self) -> int:
        marks = [mark for mark in self.lines if mark not in self.pairs]
        taken = {code for code, _ in self.pairs.values()}
        codes = [code for code in self.transfers if code not in taken]
        found = kernel.match(
            [self._line(place, mark) for place, mark in enumerate(marks)],
            [self._transfer(place, code) for place, code in enumerate(codes)],
        )
        self.pairs |= {marks[pair.line]: (codes[pair.transfer], pair.rule) for pair in found.pairs}
        return len(found.pairs)

    def _line(self, place: int, mark: str) -> kernel.Side:
        entry = self.lines[mark]
        return kernel.Side(place, entry.day, entry.fen, kernel.words_of(entry.reference, entry.summary), entry.name)

    def _transfer(self, place: int, code: str) -> kernel.Side:
        day, fen, name, words = self.transfers[code]
        return kernel.Side(place, day, fen, kernel.words_of(words, code), name)


@dataclass
class Both:
    """Bank, memory and database, moved together."""

    clerk: Principal
    bank: BankAccount
    firms: Sequence[Account]
    chance: Random
    paper: Bank = field(default_factory=Bank)
    memory: Memory = field(default_factory=Memory)

    def live(self, today: date) -> None:
        """A day: some receipts that both know, some that only one side knows, often of the same amount."""
        for number in range(self.chance.randint(1, 4)):
            place, fen = self.chance.randrange(len(FIRMS)), 100 * self.chance.randint(1, 6)
            words = f"QL-{today:%m%d}-{number}" if self.chance.random() < 0.5 else "货款"
            if self.chance.random() < 0.8:
                self.paper.write(today, fen, FIRMS[place], words)
            if self.chance.random() < 0.8:
                self.receive(place, fen, words, today)

    def receive(self, place: int, fen: int, words: str, today: date) -> None:
        entry = Entry(debit=self.bank.account, credit=self.firms[place], amount=fen, words=words)
        (booked,) = post(actor=SYSTEM, entries=[entry], engine="ledger.banking")
        self.memory.transfers[booked.code] = (today, fen, FIRMS[place], words)

    def import_file(self, first: date, last: date) -> None:
        if not any(first <= day <= last for day, _ in self.paper.lines):
            return
        content = self.paper.file(first, last)
        brought = banking.bring(actor=self.clerk, bank_account=self.bank, name="x.csv", content=content)
        if brought.state == "booked":  # the same bytes again
            assert self.memory.book(content) == (0, 0)
            return
        assert brought.state == "checked", brought.problems
        known = len(self.memory.pairs)
        booked = banking.book_statement(actor=self.clerk, statement=brought)
        fresh, matched = self.memory.book(content)
        assert booked.lines_read - booked.lines_known == fresh
        assert Match.objects.filter(rule__in=("reference", "name")).count() == known + matched

    def equal(self) -> None:
        """Marks, pairs with their rules, and both balances are the same in memory and in the database."""
        self.bank.refresh_from_db()
        assert set(StatementLine.objects.values_list("mark", flat=True)) == set(self.memory.lines)
        rows = Match.objects.filter(line__isnull=False).values_list("line__mark", "transfer__code", "rule")
        assert {mark: (code, rule) for mark, code, rule in rows} == self.memory.pairs
        assert self.bank.bank_fen == self.memory.fen
        book = OPENING + sum(fen for _, fen, _, _ in self.memory.transfers.values())
        found = banking.reconciliation(self.bank)
        assert found.difference == self.memory.fen - book and found.unexplained == 0


def opened(seed: int) -> Both:
    row = Person.objects.create(login="clerk", name="某", created_at=clock.now())
    row.grants.create(actions=["banking.*"], valid_from=clock.today())
    clerk = Principal("person", person=row.pk, code=row.code, name=row.name)
    bank = banking.open_bank_account(
        actor=clerk, number=NUMBER, bank="演示银行", holder="演示财政专户", unit="qh-czt", opening=Money(OPENING),
        opened_on=clock.today(),
    )  # fmt: skip
    first = Transfer.objects.get(debit=bank.account)
    firms = [
        open_account(actor=SYSTEM, owner=Ref("party", name), asset=bank.account.asset, title=Text(name, name))
        for name in FIRMS
    ]
    both = Both(clerk, bank, firms, Random(seed))
    assert Match.objects.get(transfer=first).rule == "opening"
    return both


@pytest.mark.parametrize("seed", range(3))
def test_kernels_and_verbs_agree_at_every_step(seed: int) -> None:
    with clock.allow_standing(), clock.standing_at(START):
        both, first = opened(seed), clock.today()
    since = first
    for number in range(DAYS):
        with clock.allow_standing(), clock.standing_at(START + timedelta(days=number)):
            both.live(clock.today())
            if both.chance.random() < 0.5 or number == DAYS - 1:
                both.import_file(both.chance.choice((since, first)), clock.today())
                since = clock.today()
                both.equal()
    assert both.memory.pairs and len(both.memory.pairs) < len(both.memory.lines), "some are matched and some are not"
