"""What the tests of banking share: people with rights, a bank account with 10,000 yuan, statements as bytes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Text
from qilian.engines.ledger.banking.api import BankAccount, open_bank_account
from qilian.engines.ledger.book.api import Account, Entry, open_account, post

NUMBER = "6228480000012345678"
Rows = list[tuple[str, str, str, str, str, str]]


@pytest.fixture(autouse=True)
def own_folders(settings: object, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PAYMENT_SPOOL = tmp_path / "payments"
    return tmp_path


@pytest.fixture
def clerk(somebody: Callable[..., Principal]) -> Principal:
    return somebody("clerk", "banking.*")


@pytest.fixture
def head(somebody: Callable[..., Principal]) -> Principal:
    return somebody("head", "banking.*")


@pytest.fixture
def bank(clerk: Principal) -> BankAccount:
    return open_bank_account(
        actor=clerk,
        number="6228 4800 0001 2345 678",
        bank="演示银行西宁分行",
        holder="演示财政专户",
        unit="qh-czt",
        opening=Money.yuan(10_000),
        opened_on=clock.today(),
    )


@pytest.fixture
def firm(bank: BankAccount) -> Account:
    """What a firm may claim of the money at the bank."""
    return open_account(
        actor=SYSTEM,
        owner=Ref("party", "7x"),
        asset=bank.account.asset,
        title=Text("青海高原检测有限公司", "Plateau Testing"),
        unit="qh-czt",
    )


@pytest.fixture
def received(bank: BankAccount, firm: Account) -> Callable[..., str]:
    """Book a receipt from the firm and return the transfer's code."""

    def act(fen: int, words: str = "保证金") -> str:
        return post(
            actor=SYSTEM,
            entries=[Entry(debit=bank.account, credit=firm, amount=fen, words=words)],
            engine="ledger.banking",
        )[0].code

    return act


@pytest.fixture
def statement() -> Callable[..., bytes]:
    """A statement in CSV of rows (out, in, name, account, summary, serial), from an opening balance in fen."""

    def make(rows: Rows, opening: int = 1_000_000, *, number: str = NUMBER, day: date | None = None) -> bytes:
        said = f"{day or clock.today():%Y-%m-%d}"
        lines = [f"账号：{number}", "交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,流水号"]
        balance = opening
        for out, into, name, account, summary, serial in rows:
            balance += _fen(into) - _fen(out)
            lines.append(f"{said},{out},{into},{balance / 100:.2f},{name},{account},{summary},{serial}")
        return "\n".join(lines).encode("gb18030")

    return make


def _fen(written: str) -> int:
    return round(float(written) * 100) if written else 0
