"""The book as an attacker would use it: foreign keys, stuck holds, far moments, foreign accounts, rights, tokens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.engines.ledger.conftest import Opener, person

from qilian.core.house.principal import SYSTEM, acting
from qilian.core.log.events.api import written
from qilian.core.rights.grants.api import ROLES, Scope
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal
from qilian.core.who.notices.api import notices_of
from qilian.engines.ledger.book.api import (
    Account,
    Entry,
    Hold,
    balance,
    capture,
    close_account,
    freeze,
    hold,
    lift,
    pledge,
    post,
    seen_by,
    submit,
    transfer,
    void,
)
from qilian.engines.ledger.holds import jobs
from qilian.engines.ledger.holds.api import expire_due

pytestmark = pytest.mark.django_db


def code_of(act: object, **how: object) -> str:
    try:
        act(**how)  # type: ignore[operator] # a verb
    except Refusal as refusal:
        return refusal.code
    return ""


def test_keys_count_within_the_account_that_pays(opener: Opener) -> None:
    alice, bob, shop = opener("party:a", fen=100), opener("party:b", fen=100), opener("party:shop")
    first, second = (
        post(actor=SYSTEM, entries=[Entry(debit=payer, credit=shop, amount=1, key="2026-001")])[0]
        for payer in (alice, bob)
    )
    assert first.result == second.result == "ok" and first.code != second.code
    again = post(actor=SYSTEM, entries=[Entry(debit=alice, credit=shop, amount=1, key="2026-001")])[0]
    assert (again.result, again.code) == ("exists", first.code)
    assert code_of(post, actor=SYSTEM, entries=[Entry(debit=alice, credit=shop, amount=2, key="2026-001")]) == (
        "ledger.key_reused"
    )
    house = post(
        actor=SYSTEM, entries=[Entry(debit=alice, credit=shop, amount=5, key="2026-001")], engine="casework.fees"
    )
    assert house[0].result == "ok", "an engine's keys lie in a space of their own"


def test_nobody_takes_the_key_by_which_a_hold_goes_back(opener: Opener) -> None:
    payer = person("payer")
    alice, shop = opener(f"core.person:{payer.code}", fen=100), opener("party:shop")
    due = clock.now() + timedelta(hours=1)
    kept = hold(actor=payer, debit=alice, credit=shop, amount=60, due=due)
    post(actor=payer, entries=[Entry(debit=alice, credit=shop, amount=1, key=f"expire:{kept.code}")])
    with clock.allow_standing(), clock.standing_at(due + timedelta(minutes=1)):
        assert expire_due(actor=SYSTEM) == 1
    assert balance(alice).available == 99


def test_a_hold_that_cannot_go_back_is_told_tried_again_and_blocks_nobody(opener: Opener) -> None:
    alice, bob, shop = opener("party:a", fen=100), opener("party:b", fen=100), opener("party:shop")
    due = clock.now() + timedelta(hours=1)
    admin = person("admin", *ROLES["system-administrator"])
    broken, sound = (hold(actor=SYSTEM, debit=payer, credit=shop, amount=60, due=due) for payer in (alice, bob))
    Account.objects.filter(pk=alice.pk).update(debits_pending=0)  # as a fault of the disk would
    with clock.allow_standing(), clock.standing_at(due + timedelta(minutes=1)):
        assert expire_due(actor=SYSTEM, most=2) == 1
        assert balance(bob).available == 100 and Hold.objects.get(transfer__code=sound.code).state == "expired"
        row = Hold.objects.get(transfer__code=broken.code)
        assert row.state == "open" and row.failed_at is not None and "ledger_account_no_negative" in row.failure
        assert written().filter(type="ledger.hold.stuck").count() == 1
        assert [notice.url for notice in notices_of(admin)] == [f"/ledger/holds/{broken.code}/"], "told once"
        assert expire_due(actor=SYSTEM) == 0, "it waits for an hour"
        with acting(SYSTEM), pytest.raises(AssertionError, match="1 holds are due"):
            jobs.expire()
    Account.objects.filter(pk=alice.pk).update(debits_pending=60)
    with clock.allow_standing(), clock.standing_at(due + timedelta(hours=2)):
        assert expire_due(actor=SYSTEM) == 1 and balance(alice).available == 100


@pytest.mark.parametrize("due", [datetime(9999, 12, 31, 23, 59, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)])
def test_a_hold_is_not_due_beyond_the_calendar(opener: Opener, due: datetime) -> None:
    alice, shop = opener("party:a", fen=100), opener("party:shop")
    assert code_of(hold, actor=SYSTEM, debit=alice, credit=shop, amount=1, due=due) == "ledger.due_too_far"


def test_accounts_of_an_engine_move_only_through_it(opener: Opener) -> None:
    clerk = person("clerk", "ledger.*", scope=Scope(unit="qh-czt"))
    line = opener("budget.line:7", unit="qh-czt", engine="ledger.budgets")
    free = opener("party:a", fen=100, unit="qh-czt")
    into, out = Entry(debit=free, credit=line, amount=10), Entry(debit=line, credit=free, amount=5)
    foreign = "ledger.account_of_engine"
    for actor in (clerk, SYSTEM):
        assert code_of(post, actor=actor, entries=[into]) == foreign
        assert submit(actor=actor, entries=[into])[0].result == "account_of_engine"
        assert code_of(transfer, actor=actor, debit=free, credit=line, amount=1, words="x") == foreign
    post(actor=clerk, entries=[into], engine="ledger.budgets")
    assert code_of(post, actor=SYSTEM, entries=[out], engine="ledger.banking") == foreign
    kept = hold(actor=clerk, debit=line, credit=free, amount=5, engine="ledger.budgets")
    assert code_of(capture, actor=clerk, hold=kept.code) == code_of(void, actor=clerk, hold=kept.code) == foreign
    assert code_of(close_account, actor=clerk, account=line, reason="x") == foreign
    bound = {"account": line, "amount": 1, "reason": "x"}
    assert code_of(pledge, actor=clerk, beneficiary=Ref("party", "bank"), **bound) == foreign
    order = freeze(actor=clerk, **bound)  # type: ignore[arg-type] # an order of a court binds whatever account
    lift(actor=clerk, restraint=order, reason="x")


def test_a_right_to_book_counts_within_a_unit_or_an_offer(opener: Opener) -> None:
    """Who keeps a pool takes no firm's money: a right that names no place is none."""
    firm, pool, other = opener("party:a", fen=100), opener("park:a", fen=100, unit="qh-swt"), opener("party:b")
    everywhere = person("everywhere", "ledger.*")
    keeper = person("keeper", "ledger.post", scope=Scope(unit="qh-swt"))
    for actor, account in ((everywhere, firm), (everywhere, pool), (keeper, firm)):
        assert code_of(post, actor=actor, entries=[Entry(debit=account, credit=other, amount=1)]) == "grants.denied"
    assert post(actor=keeper, entries=[Entry(debit=pool, credit=other, amount=1)])[0].result == "ok"


def test_a_token_does_nothing_that_it_was_not_made_for(opener: Opener) -> None:
    owner = person("owner")
    mine, shop = opener(f"core.person:{owner.code}", fen=100), opener("party:shop")
    for limits in ((), ("plan.draft",), ("ledger.view",)):
        token = replace(owner, limits=limits)
        assert code_of(transfer, actor=token, debit=mine, credit=shop, amount=1, words="x") == "grants.denied"
        assert bool(seen_by(token)) == (limits == ("ledger.view",))
    token = replace(owner, limits=("ledger.post",))
    assert transfer(actor=token, debit=mine, credit=shop, amount=1, words="x").amount == 1


def test_a_voucher_has_words_and_is_booked_once(opener: Opener) -> None:
    mine, shop = opener("party:a", fen=100), opener("party:shop")
    wanted = {"actor": SYSTEM, "debit": mine, "credit": shop, "amount": 10, "key": "V1"}
    assert code_of(transfer, **wanted, words=" ") == "ledger.words"
    first = transfer(**wanted, words="房租", cause=Ref("contract", "7"))  # type: ignore[arg-type] # by name
    again = transfer(**wanted, words="房租", cause=Ref("contract", "7"))  # type: ignore[arg-type] # by name
    assert first == again and balance(shop).balance == 10 and first.cause == "contract:7"
