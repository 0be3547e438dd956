"""Many at once: eight writers on one hot account, and group commit, where nobody suffers for his neighbour."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from tests.engines.ledger.conftest import Opener, person

from qilian.core.house.principal import SYSTEM
from qilian.core.values.text import Refusal
from qilian.engines.ledger.book.api import (
    Batch,
    Capture,
    Entry,
    GroupCommit,
    Transfer,
    balance,
    hold,
    post,
    transfer_coded,
)
from qilian.engines.ledger.checking.api import reconcile

pytestmark = pytest.mark.usefixtures("committing")
WRITERS = 8


def crowd(act: Callable[[int], None]) -> None:
    """Let eight threads begin at one moment, each with a connection of its own."""
    start = threading.Barrier(WRITERS)

    def run(number: int) -> None:
        try:
            start.wait()
            act(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_eight_writers_empty_a_hot_account_exactly(opener: Opener) -> None:
    hot, others = opener("party:hot", fen=100), [opener(f"party:{n}") for n in range(WRITERS)]
    codes: list[str] = []

    def act(number: int) -> None:
        for turn in range(20):
            try:
                entry = Entry(debit=hot, credit=others[number], amount=1, key=f"{number}/{turn}")
                codes.append(post(actor=SYSTEM, entries=[entry])[0].result)
            except Refusal as refusal:
                codes.append(refusal.code)

    crowd(act)
    assert Counter(codes) == {"ok": 100, "ledger.exceeds_credits": 60}
    assert balance(hot).balance == 0 and sum(balance(each).balance for each in others) == 100
    assert Transfer.objects.filter(debit=hot).count() == 100 and reconcile(actor=SYSTEM).sound


def test_one_key_from_eight_writers_is_one_transfer(opener: Opener) -> None:
    alice, bob = opener("party:a", fen=100), opener("party:b")
    results: list[str] = []

    def act(number: int) -> None:
        amount = 10 if number < 6 else 20
        try:
            results.append(
                post(actor=SYSTEM, entries=[Entry(debit=alice, credit=bob, amount=amount, key="k")])[0].result
            )
        except Refusal as refusal:
            results.append(refusal.code)

    crowd(act)
    found = Counter(results)
    assert found["ok"] == 1 and found["ok"] + found["exists"] in (2, 6)
    assert found["ledger.key_reused"] == WRITERS - found["ok"] - found["exists"]
    assert balance(bob).balance == Transfer.objects.get(key="k").amount


def test_a_hold_is_resolved_by_one_of_eight(opener: Opener) -> None:
    alice, shop = opener("party:a", fen=100), opener("offer:x/y")
    held, results = hold(actor=SYSTEM, debit=alice, credit=shop, amount=60).code, []

    def act(number: int) -> None:
        try:
            results.append(post(actor=SYSTEM, entries=[Capture(hold=held, key=f"c{number}")])[0].result)
        except Refusal as refusal:
            results.append(refusal.code)

    crowd(act)
    assert Counter(results) == {"ok": 1, "ledger.pending_already_posted": 7} and balance(shop).balance == 60


def test_a_group_shares_a_commit_and_answers_each(opener: Opener) -> None:
    alice, bob, group = opener("party:a", fen=1_000), opener("party:b"), GroupCommit()
    owner, stranger = person("owner", parties=("a",)), person("stranger")
    before, results = Batch.objects.count(), []

    def act(number: int) -> None:
        for turn in range(10):
            entry = Entry(debit=alice, credit=bob, amount=1, key=f"{number}/{turn}")
            results.append(group.post(actor=owner, entry=entry).result)
        for actor, wanted in (
            (stranger, Entry(debit=alice, credit=bob, amount=1)),
            (owner, Entry(debit=alice, credit=bob, amount=10_000)),
            (owner, Entry(debit=alice, credit=bob, amount=1, key="\t")),
            (owner, Capture(hold="nothing")),
        ):
            try:
                group.post(actor=actor, entry=wanted)
            except Refusal as refusal:
                results.append(refusal.code)

    crowd(act)
    assert Counter(results) == {
        "ok": 80,
        "grants.denied": 8,
        "ledger.exceeds_credits": 8,
        "ledger.text": 8,
        "ledger.pending_not_found": 8,
    }
    assert balance(bob).balance == 80 and Batch.objects.count() - before <= 80
    assert {row.actor for row in Transfer.objects.filter(credit=bob)} == {owner.ref}
    assert group.post(actor=owner, entry=Entry(debit=alice, credit=bob, amount=1, key="0/0")).result == "exists"
    assert transfer_coded(group.post(actor=owner, entry=Entry(debit=alice, credit=bob, amount=1)).code).amount == 1


def test_what_breaks_reaches_everybody_of_the_group(opener: Opener) -> None:
    alice, bob, group = opener("party:a", fen=100), opener("party:b"), GroupCommit()
    with pytest.raises(AttributeError):
        group.post(actor=SYSTEM, entry=Entry(debit=alice, credit=bob, amount=1, words=7))  # type: ignore[arg-type] # a caller's defect
    assert group.post(actor=SYSTEM, entry=Entry(debit=alice, credit=bob, amount=1)).result == "ok"
