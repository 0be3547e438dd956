"""The verb that mirrors an account at a bank in the book."""

from datetime import date

from django.conf import settings
from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.proofs.api import swear
from qilian.core.rights.grants.api import SYSTEM, Scope, require
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, Text, required_text
from qilian.engines.ledger.bankfile.api import clean_account
from qilian.engines.ledger.banking.events import BankAccountOpened
from qilian.engines.ledger.banking.models import BankAccount, Match
from qilian.engines.ledger.banking.queries import ref
from qilian.engines.ledger.banking.rights import OPEN
from qilian.engines.ledger.book.api import (
    YUAN,
    Account,
    Asset,
    Entry,
    open_account,
    post,
    register_asset,
    transfer_coded,
)

from .common import ENGINE


@transaction.atomic
def open_bank_account(
    *,
    actor: Principal,
    number: str,
    bank: str,
    holder: str,
    unit: str,
    opening: Money,
    opened_on: date,
    offer: str = "",
) -> BankAccount:
    """Mirror an account at a bank from a day on, with the balance that the bank shows at the end of that day.

    Refusals: `grants.denied`, `text.…`, `banking.account.number`, `banking.account.taken`,
    `banking.account.opening` below zero, `banking.account.day` in the future.
    """
    require(actor, OPEN, Scope(unit=unit, offer=offer))
    row = BankAccount(number=_number(number), unit=unit, offer=offer, opened_on=opened_on)
    row.bank = required_text(bank, "bank", Text("开户银行", "bank"), most=120)
    row.holder = required_text(holder, "holder", Text("户名", "holder"), most=120)
    _check_opening(opening, opened_on)
    row.opening_fen = row.bank_fen = opening.fen
    asset = register_asset(actor=SYSTEM, spec=YUAN, demonstration=settings.MODE != "real")
    _open_accounts(actor, row, asset)
    row.save(force_insert=True)
    _post_opening(actor, row, opening)
    body = BankAccountOpened(row.bank, row.number[-4:], row.currency, opened_on)
    emit(body, actor=actor, subject=ref(row), unit=unit, offer=offer, money=opening)
    swear(row, actor=actor)
    return row


def _open_accounts(actor: Principal, row: BankAccount, asset: Asset) -> None:
    tail = row.number[-4:]

    def account(owner: Ref, purpose: str, title: Text, free: bool = False) -> Account:
        return open_account(
            actor=actor,
            owner=owner,
            asset=asset,
            purpose=purpose,
            title=Text(f"{title.zh}（尾号 {tail}）", f"{title.en} (…{tail})"),
            rule="free" if free else "credits_within_debits" if purpose == "bank" else "debits_within_credits",
            unit=row.unit,
            offer=row.offer,
            engine=ENGINE,
        )

    row.account = account(ref(row), "bank", Text("银行存款", "Money at the bank"))
    row.suspense = account(ref(row), "suspense", Text("待查款项", "Unidentified receipts"))
    row.outside = account(Ref("world", row.code), "outside", Text("本单位收支", "Own income and expense"), free=True)


def _post_opening(actor: Principal, row: BankAccount, opening: Money) -> None:
    if not opening:
        return
    entry = Entry(
        debit=row.account,
        credit=row.outside,
        amount=opening.fen,
        key=f"{ref(row)}:opening",
        cause=ref(row),
        words="期初余额",
    )
    (booked,) = post(actor=actor, entries=[entry], engine=ENGINE, offer=row.offer)
    transfer = transfer_coded(booked.code)
    Match.objects.create(bank_account=row, transfer=transfer, pair=row.code, rule="opening", at=clock.now())


def _number(written: str) -> str:
    number = clean_account(written)
    if not 6 <= len(number) <= 34 or not number.isalnum() or not number.isascii():
        message = Text("账号应为 6 至 34 位数字或字母。", "An account has 6 to 34 digits or letters.")
        raise Refusal("banking.account.number", message, where="number")
    if BankAccount.objects.filter(number=number).exists():
        message = Text(f"尾号 {number[-4:]} 的账户已经登记。", f"The account …{number[-4:]} is registered already.")
        raise Refusal("banking.account.taken", message, where="number")
    return number


def _check_opening(opening: Money, opened_on: date) -> None:
    if opening.fen < 0:
        message = Text("期初余额不能为负。", "The opening balance cannot be below zero.")
        raise Refusal("banking.account.opening", message, where="opening")
    if opened_on > clock.today():
        message = Text("登记日期不能晚于今天。", "The day cannot be in the future.")
        raise Refusal("banking.account.day", message, where="opened_on")
