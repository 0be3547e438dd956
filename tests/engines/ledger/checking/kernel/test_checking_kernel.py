"""A code belongs to the key of its row, or without a key to the moment at which it was made."""

from datetime import UTC, datetime, timedelta

from qilian.core.values.text import codes_in_order
from qilian.engines.ledger.book.kernel import code_of
from qilian.engines.ledger.checking.kernel import fits

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_a_code_fits_its_key_or_without_one_its_moment() -> None:
    (made,) = codes_in_order(1, AT)
    mine = code_of("invoice 7", "payer")
    keyed = [code_of("invoice 7", space) for space in ("hold", "payer")]
    assert fits(mine, keyed, AT) and not fits(mine, [code_of("invoice 8", "payer")], AT)
    assert not fits(mine, keyed[:1], AT), "a key counts within its space"
    assert fits(made, [], AT) and fits(made, [], AT + timedelta(days=1))
    assert not fits(made, [], AT - timedelta(milliseconds=1)), "no row is older than its code"
    assert not fits(made, [], AT + timedelta(days=400)) and not fits(made, keyed, AT)
    assert not fits(mine, [], AT), "a key that was taken away is missed"
    assert not fits("il" + made[2:], [], AT), "these letters stand in no code"
