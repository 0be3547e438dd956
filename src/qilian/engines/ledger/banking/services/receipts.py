"""The verb on money that is paid in: the book has it before the bank shows it."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import require
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, Text, required_text
from qilian.engines.ledger.banking.models import BankAccount
from qilian.engines.ledger.banking.queries import ref
from qilian.engines.ledger.banking.rights import RECEIVE, scope_of
from qilian.engines.ledger.book.api import Account, Entry, Transfer, owners_of, post, transfer_coded

from .common import ENGINE, locked


@transaction.atomic
def record_receipt(
    *,
    actor: Principal,
    bank_account: BankAccount,
    counter: Account,
    amount: Money,
    words: str,
    cause: Ref | None = None,
) -> Transfer:
    """Book what somebody pays into a bank account, to the account that it is for; a statement's line matches it later.

    Refusals: `grants.denied`, `banking.oneself` for an account of one's own or of a firm for which one acts,
    `text.…`, `banking.receipt.amount`, those of the book such as `ledger.account_of_engine` when the counter
    account belongs to another engine.
    """
    account = locked(bank_account)
    require(actor, RECEIVE, scope_of(account))
    _refuse_own(actor, counter)
    if amount.fen <= 0:
        message = Text("金额必须大于零。", "The amount must be more than nothing.")
        raise Refusal("banking.receipt.amount", message, where="amount")
    entry = Entry(
        debit=account.account,
        credit=counter,
        amount=amount.fen,
        cause=cause or ref(account),
        words=required_text(words, "words", Text("摘要", "words"), most=300),
    )
    (booked,) = post(actor=actor, entries=[entry], engine=ENGINE, offer=account.offer)
    return transfer_coded(booked.code)


def _refuse_own(actor: Principal, counter: Account) -> None:
    """Nobody tells alone that he was paid: what a statement never shows he would have by then."""
    own = {each for each in owners_of(actor) if not each.startswith("unit:")}
    if counter.owner in own:
        message = Text("不能为自己或自己代表的主体入账。", "Nobody books a receipt for himself or for whom he acts.")
        remedy = Text("请由另一个人入账。", "Let another person book it.")
        raise Refusal("banking.oneself", message, where="counter", remedy=remedy)
