"""An ordinary month at the bank: receipts, payments, a statement with two mismatches, two people bring it to zero."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Text
from qilian.engines.ledger.book.api import Account, Transfer, open_account

from .api import (
    BankAccount,
    PaymentOrder,
    Statement,
    StatementLine,
    approve,
    book_statement,
    bring,
    open_bank_account,
    order_payment,
    propose_booking,
    propose_correction,
    record_receipt,
    release_orders,
    unmatched_lines,
)

Act = Callable[[Principal], Any]
Row = tuple[int, str, str, str]  # fen, other party, its account, summary
NUMBER = "6301000020261124015"
_FIRM, _OTHER = "青海高原检测服务有限公司", "西宁冷链物流有限公司"


def month(chance: Random) -> Story:
    """Live through the month as clerk and treasurer; equal seeds give equal statements.

    The statement shows a receipt whose amount was typed wrongly and one that nobody knows; nobody decides alone.
    """
    opening = Money.yuan(1_000_000)
    bank = yield Scene("budgeter", _opened(opening))
    firm = yield Scene("budgeter", lambda me: _claims(me, bank))
    right, typed = _typo(chance)
    deposit = chance.randrange(20, 60) * 100_000
    yield Scene("budgeter", _received(bank, firm, deposit, "QL-BZJ-0001 投标保证金"), hours=2)
    wrong = yield Scene("budgeter", _received(bank, firm, typed, "QL-JCF-0002 检测费"), hours=3)
    payments: list[PaymentOrder] = []
    for name, account in ((_OTHER, "6217000011112222"), ("才让东智", "6217000033334444")):
        payments.append((yield Scene("budgeter", _ordered(bank, name, account, chance.randrange(10, 90) * 100_000))))
    yield Scene("budgeter", _released(bank, payments), refused="grants.denied")
    yield Scene("treasurer", _released(bank, payments), hours=2)
    unknown = chance.randrange(1, 20) * 10_000 + 66
    rows: list[Row] = [
        (deposit, _FIRM, "6217000055556666", "QL-BZJ-0001"),
        (-payments[0].fen, _OTHER, "6217000011112222", payments[0].reference),
        (right, _FIRM, "6217000055556666", "QL-JCF-0002"),
        (-payments[1].fen, "才让东智", "6217000033334444", payments[1].reference),
        (unknown, "马占山", "6217000077778888", "来款"),
    ]
    brought = yield Scene("budgeter", _brought(bank, opening, rows), hours=9)
    yield Scene("budgeter", lambda me: book_statement(actor=me, statement=brought))
    yield from _to_zero(bank, wrong)


def _to_zero(bank: BankAccount, wrong: Transfer) -> Story:
    """The typed amount is put right, the unknown receipt goes to suspense; the clerk cannot approve himself."""
    mend = yield Scene(
        "budgeter",
        lambda me: propose_correction(actor=me, line=_open(bank)[0], transfer=wrong, reason="录入时两位数字颠倒"),
        hours=2,
    )
    put = yield Scene(
        "budgeter",
        lambda me: propose_booking(actor=me, line=_open(bank)[1], counter=bank.suspense, reason="来款人待查"),
    )
    yield Scene("budgeter", lambda me: approve(actor=me, resolution=mend), refused="approvals.oneself")
    yield Scene("treasurer", lambda me: approve(actor=me, resolution=mend), hours=3)
    yield Scene("treasurer", lambda me: approve(actor=me, resolution=put))


def statement_of(opening: Money, rows: Sequence[Row]) -> bytes:
    """An invented statement as a Chinese bank writes it, in GB 18030, from a balance and rows."""
    balance, out, into = opening.fen, 0, 0
    lines = [
        f"账号：{NUMBER},户名：演示财政专户",
        "币种：人民币",
        "交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,交易流水号",
    ]
    for place, (fen, name, account, summary) in enumerate(rows, 1):
        balance += fen
        out, into = out + max(-fen, 0), into + max(fen, 0)
        paid, came = (_yuan(-fen), "") if fen < 0 else ("", _yuan(fen))
        serial = f"{clock.today():%Y%m%d}{place:06d}"
        lines.append(f'{clock.today()},{paid},{came},"{_yuan(balance, ",")}",{name},{account},{summary},{serial}')
    lines.append(f"合计,{_yuan(out)},{_yuan(into)},,,,,")
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def _open(bank: BankAccount) -> list[StatementLine]:
    return list(unmatched_lines(bank))


def _typo(chance: Random) -> tuple[int, int]:
    """An amount and the same with two neighbouring digits changed over."""
    thousands, hundreds = chance.sample(range(1, 10), 2)
    return (80_000 + thousands * 1_000 + hundreds * 100) * 100, (80_000 + hundreds * 1_000 + thousands * 100) * 100


def _yuan(fen: int, group: str = "") -> str:
    return format(Money(fen).in_unit("元"), f"{group}.2f")


def _opened(opening: Money) -> Act:
    return lambda me: open_bank_account(
        actor=me,
        number=NUMBER,
        bank="演示银行西宁分行",
        holder="演示财政专户",
        unit="qh-czt",
        opening=opening,
        opened_on=clock.today(),
    )


def _claims(me: Principal, bank: BankAccount) -> Account:
    owner, title = Ref("party", "demo-testing-firm"), Text(_FIRM, "Plateau Testing Services Ltd (demonstration)")
    return open_account(actor=me, owner=owner, asset=bank.account.asset, title=title, unit="qh-czt")


def _received(bank: BankAccount, firm: Account, fen: int, words: str) -> Act:
    return lambda me: record_receipt(actor=me, bank_account=bank, counter=firm, amount=Money(fen), words=words)


def _ordered(bank: BankAccount, name: str, account: str, fen: int) -> Act:
    return lambda me: order_payment(
        actor=me, bank_account=bank, name=name, account=account, amount=Money(fen), purpose="演示补助", bank="演示银行"
    )


def _released(bank: BankAccount, orders: Sequence[PaymentOrder]) -> Act:
    return lambda me: release_orders(actor=me, bank_account=bank, orders=orders)


def _brought(bank: BankAccount, opening: Money, rows: Sequence[Row]) -> Callable[[Principal], Statement]:
    return lambda me: bring(actor=me, bank_account=bank, name="演示对账单.csv", content=statement_of(opening, rows))
