"""Result codes of the book, after those of TigerBeetle, each with the sentence and the remedy that people read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from qilian.core.values.text import Refusal, Text

Code = Literal[
    "ok",
    "exists",
    "key_reused",
    "linked_event_failed",
    "linked_chain_open",
    "account_not_found",
    "accounts_same",
    "assets_differ",
    "amount_not_positive",
    "amount_too_large",
    "account_pays_nothing",
    "account_closed",
    "account_of_engine",
    "exceeds_credits",
    "exceeds_debits",
    "due_not_later",
    "due_too_far",
    "pending_not_found",
    "pending_already_posted",
    "pending_already_voided",
    "pending_already_expired",
    "pending_is_over",
    "pending_not_due",
    "exceeds_pending",
    "serials_missing",
    "serials_unwanted",
    "serials_count",
    "serials_not_held",
    "serials_taken",
]

SENTENCES: Mapping[Code, Text] = MappingProxyType(
    {
        "key_reused": Text(
            "这个编号已用于内容不同的另一笔。", "This key was already used for a transfer with other content."
        ),
        "linked_event_failed": Text("同组的另一笔未能记账。", "Another transfer of the same chain failed."),
        "linked_chain_open": Text("连环的最后一笔仍连着下一笔。", "The last transfer of a chain is still linked on."),
        "account_not_found": Text("没有这个账户。", "There is no such account."),
        "accounts_same": Text("付方和收方是同一账户。", "Debit and credit are the same account."),
        "assets_differ": Text("两个账户记的不是同一种资产。", "The two accounts hold different assets."),
        "amount_not_positive": Text("金额须是大于零的整数。", "The amount must be a whole number above zero."),
        "amount_too_large": Text("金额超出账本能记的最大数。", "The amount is beyond what the book can hold."),
        "account_pays_nothing": Text("付方账户只收不付。", "The debit account receives only and pays nothing."),
        "account_closed": Text("账户已销户。", "The account is closed."),
        "account_of_engine": Text(
            "这个账户只由所属的业务办理，不能直接记账。",
            "This account moves only through the engine it belongs to.",
        ),
        "exceeds_credits": Text("付方账户的可用余额不足。", "The debit account does not have enough available."),
        "exceeds_debits": Text("收方账户不能收这么多。", "The credit account cannot take that much."),
        "due_not_later": Text("到期时间须晚于现在。", "The due moment must lie in the future."),
        "due_too_far": Text("到期时间不能超过一百年。", "The due moment must lie within a hundred years."),
        "pending_not_found": Text("没有这笔预留。", "There is no such hold."),
        "pending_already_posted": Text("这笔预留已经扣款。", "This hold was already captured."),
        "pending_already_voided": Text("这笔预留已经撤销。", "This hold was already voided."),
        "pending_already_expired": Text("这笔预留已经到期退回。", "This hold has already expired."),
        "pending_is_over": Text(
            "这笔预留已过期限，不能再扣款。", "The time of this hold is over; nothing can be taken."
        ),
        "pending_not_due": Text("这笔预留还没有到期。", "This hold is not due yet."),
        "exceeds_pending": Text("扣款超过预留的数额。", "The capture exceeds the hold."),
        "serials_missing": Text("这种资产须写明编号区间。", "This asset needs its serial numbers."),
        "serials_unwanted": Text("这种资产没有编号。", "This asset has no serial numbers."),
        "serials_count": Text("编号的个数与数量不符。", "The serial numbers do not make up the amount."),
        "serials_not_held": Text(
            "付方账户没有这些编号，或已被冻结、质押、预留。",
            "The debit account does not hold these serial numbers free of holds, freezes and pledges.",
        ),
        "serials_taken": Text("这些编号已经发出过。", "These serial numbers were issued already."),
    }
)

_REMEDIES: Mapping[Code, Text] = MappingProxyType(
    {
        "key_reused": Text(
            "请换一个编号；若是重试，内容须与原来完全相同。",
            "Use another key; a retry must repeat exactly the same content.",
        ),
        "exceeds_credits": Text("请先入账，或减少数额。", "Pay in first, or ask for less."),
        "account_pays_nothing": Text(
            "若是冻结，请先由冻结机关解除。", "If it is frozen, have the freeze lifted by who ordered it."
        ),
        "account_of_engine": Text(
            "请在预算、银行对账等相应的页面办理。", "Use the pages of budgets, of bank reconciliation, or whose it is."
        ),
        "pending_is_over": Text("请重新预留。", "Hold the amount anew."),
        "exceeds_pending": Text("请把扣款改为不超过预留的数额。", "Capture at most what is held."),
    }
)
_LOOK = Text("请核对这一笔后重新提交。", "Check this transfer and send it again.")

PASSED: frozenset[Code] = frozenset(("ok", "exists"))


def refusal_of(code: Code, where: str) -> Refusal:
    """Return the refusal that a result code stands for: `ledger.<code>`, with the transfer's key or place."""
    return Refusal(f"ledger.{code}", SENTENCES[code], where=where, remedy=_REMEDIES.get(code, _LOOK))
