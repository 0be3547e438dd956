"""A bank file is brought, booked and resolved under kills: nothing is half imported, nothing is matched twice."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.sim.killing import Step, live_through

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.rights.grants.api import grant
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Text
from qilian.core.who.people.api import Person, principal_of, register_person
from qilian.engines.ledger.banking import api as banking
from qilian.engines.ledger.banking.api import BankAccount, Match, Resolution, Statement, StatementLine
from qilian.engines.ledger.book.api import (
    Account,
    Entry,
    open_account,
    post,
)
from qilian.engines.ledger.checking.api import reconcile

pytestmark = pytest.mark.moment("2026-11-24T10:00")
SEED, NUMBER, DAY = 20150101, "6228480000012345678", date(2026, 11, 24)
FIRM = "青海高原检测有限公司"
FILE = f"""账号：{NUMBER}
交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,流水号
2026-11-24,,500.00,10500.00,{FIRM},6217000011112222,保证金,S1
2026-11-24,120.50,,10379.50,张三,6217000033334444,转账,S2
2026-11-24,,3.00,10382.50,演示银行,,利息,S3
""".encode("gb18030")
LONGER = FILE + "2026-11-24,,7.50,10390.00,演示银行,,利息,S4\n".encode("gb18030")


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def me(login: str) -> Principal:
    return principal_of(Person.objects.get(login=login))


def bank() -> BankAccount:
    return BankAccount.objects.select_related("account__asset").get(number=NUMBER)


def ground() -> None:
    """Two people, a bank account with 10,000 yuan, and a receipt that the book knows already."""
    for login in ("clerk", "head"):
        row = register_person(actor=SYSTEM, login=login, name=login)
        grant(actor=SYSTEM, person=row.pk, actions=["banking.*"])
    row = banking.open_bank_account(
        actor=me("clerk"), number=NUMBER, bank="演示银行", holder="演示财政专户", unit="qh-czt",
        opening=Money.yuan(10_000), opened_on=DAY,
    )  # fmt: skip
    firm = open_account(actor=SYSTEM, owner=Ref("party", "f"), asset=row.account.asset, title=Text(FIRM, "Firm"))
    post(
        actor=SYSTEM,
        entries=[Entry(debit=row.account, credit=firm, amount=50_000, words="保证金")],
        engine="ledger.banking",
    )


def step(name: str, login: str, act: Callable[[Principal], object], *leaves: str) -> Step:
    """A step of a person; `!name` stands for an event of that type, `*3` behind a mark for three of it."""

    def run() -> object:
        with acting(me(login)) as actor:
            return act(actor)

    marks: Counter[str] = Counter()
    for each in leaves:
        mark, _, times = each.partition("*")
        marks[mark.replace("!", "+core_event ")] += int(times or 1)
    return Step(name, run, marks)


def bring(content: bytes) -> Callable[[Principal], Statement]:
    return lambda actor: banking.bring(actor=actor, bank_account=bank(), name="十一月.csv", content=content)


def book(actor: Principal) -> Statement:
    return banking.book_statement(actor=actor, statement=Statement.objects.get(state="checked"))


def line(serial: str) -> StatementLine:
    return StatementLine.objects.get(serial=serial)


def propose(actor: Principal) -> Resolution:
    mirror = bank()
    outside = Account.objects.get(pk=mirror.outside_id)
    return banking.propose_booking(actor=actor, line=line("S2"), counter=outside, reason="办公用品")


def approve(actor: Principal) -> Resolution:
    return banking.approve(actor=actor, resolution=Resolution.objects.get(state="proposed"))


SWORN = "!core.rows.sworn"
BROUGHT = (
    *("+ledger_bank_statement", "!ledger.bank.statement_checked", "!core.file.attached", "+core_file_use"),
    f"{SWORN}*2",
)
BOOKED = ("~ledger_bank_statement", "~ledger_bank_account", "!ledger.bank.statement_booked", f"{SWORN}*2")
STEPS = [
    step("bring a file", "clerk", bring(FILE), *BROUGHT, "+core_stored_file"),
    step("book it", "clerk", book, *BOOKED, "+ledger_bank_line*3", "+ledger_bank_match"),
    step("bring it again", "clerk", bring(FILE)),
    step("bring a longer one", "head", bring(LONGER), *BROUGHT, "+core_stored_file"),
    step("book what is new", "head", book, *BOOKED, "+ledger_bank_line"),
    step("propose", "clerk", propose, "+ledger_bank_resolution", "!ledger.bank.resolution_proposed",
         "+core_inbox_item", "!inbox.item.put", SWORN),
    step(
        "approve", "head", approve, "~ledger_bank_resolution", "!ledger.bank.resolution_approved",
        "~core_inbox_item", "!inbox.item.done", "+core_notice", "!notices.notice.written",
        SWORN, "+ledger_bank_match", "+ledger_batch", "+ledger_transfer", "~ledger_account*2", "!ledger.batch.posted",
    ),
]  # fmt: skip


def the_account_is_whole() -> None:
    """Four lines, two of them matched, each once; bank and book differ by what nobody has booked yet."""
    assert sorted(StatementLine.objects.values_list("serial", flat=True)) == ["S1", "S2", "S3", "S4"]
    assert sorted(Match.objects.filter(line__isnull=False).values_list("line__serial", "rule")) == [
        ("S1", "name"),
        ("S2", "book"),
    ]
    found = banking.reconciliation(bank())
    assert found.difference == 300 + 750 and found.unexplained == 0
    assert reconcile(actor=SYSTEM).sound


@pytest.mark.usefixtures("committing")
def test_a_bank_file_is_imported_whole_or_not_at_all() -> None:
    ground()
    lived = live_through(STEPS, kills=2, seed=SEED)
    assert len(lived.kills) >= 3 * len(STEPS) and lived.acknowledged
    the_account_is_whole()


@pytest.mark.long
@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize("seed", range(3))
def test_a_marathon_of_killed_imports(seed: int) -> None:
    ground()
    live_through(STEPS, kills=25, seed=seed)
    the_account_is_whole()
