"""Where the book turns: spans that touch, chains behind others, the smallest share and the smallest line."""

from datetime import date
from decimal import Decimal

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.ledger.banking.kernel import Side, match
from qilian.engines.ledger.banking.kernel.matching import _Shelf
from qilian.engines.ledger.banking.kernel.names import is_organisation
from qilian.engines.ledger.book.kernel.serials import take
from qilian.engines.ledger.book.kernel.values import Piece, Span, Totals
from qilian.engines.ledger.budgets.kernel import Condition, Plan, split

DAY = date(2026, 11, 2)


def test_what_is_cut_out_is_the_span_and_nothing_beside_it() -> None:
    numbers = range(1, 13)
    pieces = (Piece(1, 3, 7), Piece(5, 8, 7), Piece(10, 12, 7))
    held = {number for piece in pieces for number in range(piece.first, piece.last + 1)}
    for first in numbers:
        for last in range(first, 13):
            left = [
                number for piece in take(pieces, Span(first, last)) for number in range(piece.first, piece.last + 1)
            ]
            assert left == sorted(held - set(range(first, last + 1)))


def test_available_is_the_balance_less_everything_that_is_kept() -> None:
    totals = Totals(debits_posted=1, credits_posted=100, debits_pending=20, credits_pending=5, restrained=30)
    assert (totals.balance, totals.available) == (99, 49)


def test_shares_are_hundredths_of_a_percent_above_nothing() -> None:
    def shares(*written: str) -> list[int]:
        plans = [Plan(Decimal(share), Condition("start")) for share in written]
        return [tranche.number for tranche in split(1_000_000, plans)]

    assert shares("0.01", "99.99") == [1, 2] and shares("50", "30", "20") == [1, 2, 3]
    for wrong in (("0", "100"), ("-1", "101"), ("0.001", "99.999")):
        with pytest.raises(Refusal) as refused:
            shares(*wrong)
        assert refused.value.code == "budgets.tranche.shares"
    with pytest.raises(Refusal, match=r"各笔比例之和是 99\.5%，不是 100%"):
        shares("50", "49.5")


def test_one_fen_is_suggested_to_one_fen_on_its_side() -> None:
    def offered(line: int, transfer: int) -> list[str]:
        named = (Side(1, DAY, line, frozenset({"r1"})),), (Side(2, DAY, transfer, frozenset({"r1"})),)
        return [one.why for one in match(*named).suggestions]

    assert offered(1, 2) == offered(2, 1) == offered(-1, -2) == ["amount"]
    assert offered(1, -2) == offered(-2, 1) == []


def test_a_shelf_shows_two_at_most_from_the_first_day_to_the_last() -> None:
    shelf = _Shelf([(date(2026, 11, day), key) for key, day in enumerate((1, 2, 2, 3, 4))])
    assert shelf.between(date(2026, 11, 2), date(2026, 11, 3)) == [1, 2]
    assert shelf.between(date(2026, 11, 3), date(2026, 11, 3)) == [3]
    assert shelf.between(date(2026, 11, 5), date(2026, 11, 9)) == []
    assert shelf.between(date.min, date.max) == [0, 1]


def test_a_body_has_five_signs() -> None:
    assert [is_organisation(name) for name in ("甲乙丙公司", "甲乙公司")] == [True, False]
