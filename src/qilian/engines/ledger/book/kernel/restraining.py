"""Freezes and pledges: a part of a balance, or some of its numbers, that may not be spent until it is released."""

from collections.abc import Sequence

from . import serials
from .codes import Code
from .values import Account, Piece, Span, Totals


def wrong(account: Account, amount: int, span: Span | None, pieces: Sequence[Piece]) -> Code | None:
    """Why an amount of an account cannot be restrained, or None: it must be there, free of holds and restraints.

    Only accounts whose debits stay within their credits have something to restrain.
    """
    if amount <= 0:
        return "amount_not_positive"
    if account.state == "closed":
        return "account_closed"
    if account.rule != "debits_within_credits" or amount > account.totals.available:
        return "exceeds_credits"
    if not account.serial:
        return "serials_unwanted" if span else None
    if span is None:
        return "serials_missing"
    if span.size != amount:
        return "serials_count"
    return None if serials.held(pieces, span, account.number, "") else "serials_not_held"


def changed(totals: Totals, amount: int) -> Totals:
    """The totals with an amount more (restrained) or, negative, less (released)."""
    assert totals.restrained + amount >= 0
    return totals._replace(restrained=totals.restrained + amount)
