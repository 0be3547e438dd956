"""Replay: the totals of every account from the rows of the book alone, and what must be zero."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .values import Kind, Totals


class Line(NamedTuple):
    """A row of the book as far as totals depend on it."""

    kind: Kind
    debit: int
    credit: int
    amount: int
    released: int


def replay(lines: Iterable[Line]) -> dict[int, Totals]:
    """Return the totals of each account that the rows touch; restraints are no rows and stay 0."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for line in lines:
        debit, credit = found[line.debit], found[line.credit]
        if line.kind == "pending":
            debit[2] += line.amount
            credit[3] += line.amount
            continue
        debit[0] += line.amount
        credit[1] += line.amount
        debit[2] -= line.released
        credit[3] -= line.released
    return {account: Totals(*totals) for account, totals in found.items()}


def out_of_balance(totals: Iterable[tuple[str, Totals]]) -> Mapping[str, tuple[int, int]]:
    """Return, for assets whose sides differ, debits less credits: posted and pending. Empty is how it must be."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for asset, each in totals:
        sums[asset][0] += each.debits_posted - each.credits_posted
        sums[asset][1] += each.debits_pending - each.credits_pending
    return {asset: (posted, pending) for asset, (posted, pending) in sums.items() if posted or pending}
