"""The verb by which a person or a program books one transfer: a voucher with words."""

from datetime import datetime

from qilian.core.house.principal import Principal
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book.entries import Entry
from qilian.engines.ledger.book.kernel import Span
from qilian.engines.ledger.book.models import Account, Transfer
from qilian.engines.ledger.book.queries import transfer_coded

from .grouping import GroupCommit

_GROUP = GroupCommit()


def transfer(
    *,
    actor: Principal,
    debit: Account,
    credit: Account,
    amount: int,
    words: str,
    cause: Ref | None = None,
    key: str = "",
    pending: bool = False,
    due: datetime | None = None,
    serials: Span | None = None,
) -> Transfer:
    """Book one transfer, or hold its amount (`pending`), with words that say what for; the same key books it once.

    Those that come at the same time share one commit. Refusals: `ledger.words`, and those of `post`: `grants.denied`,
    `ledger.account_of_engine`, `ledger.exceeds_credits` and so on.
    """
    if not words.strip():
        message = Text("请填写摘要。", "Say what it is for.")
        raise Refusal("ledger.words", message, where="words")
    entry = Entry(
        debit=debit, credit=credit, amount=amount, key=key, pending=pending, due=due, serials=serials, cause=cause,
        words=words,
    )  # fmt: skip
    return transfer_coded(_GROUP.post(actor=actor, entry=entry).code)
