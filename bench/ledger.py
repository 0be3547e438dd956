"""The ledger measured: batches, durable singles of eight clients, a balance at a past moment, a peer beside us.

    python -P bench/ledger.py [--rounds 3] [--transfers 40950] [--history 10000000] [--hordak]

(-P keeps this folder off the path: its calendar.py would stand in for the standard library's.)

Runs on a PostgreSQL of its own that is as safe as in service (fsync, synchronous commit). Measures, each a JSON line:

* `batches`: transfers per second through `submit`, 8,190 a batch, by as many writers as there are processors.
* `alone`: one client that posts transfers one after another (`post`), with the processor's time that each costs it.
* `singles`: eight threads that each wait for the commit of their transfer (`GroupCommit`, as in the web process), by
  turns with the bare rate of the same run: eight connections that insert one narrow row and commit. Target: 1,500 a
  second, or 60 % of the bare rate.
* `peer_hordak_bulk`: django-hordak's best, 8,190 transactions and their legs by two `bulk_create` in one transaction;
  `peer_hordak_alone`: one transaction object with two legs and a commit each, as its documentation does. Each is set
  beside our like: bulk beside batches, alone beside alone. In the same database, with the same safety.
* `balance_at`: the balance of a hot and of a cold account at random past moments, over a history of ten million rows,
  which the server generates (`fill`): rows as the verbs write them, with both accounts' totals, under one batch.

The actor is the system, whose rights are not looked up; what a reader's rights cost stands in `bench/pages.py`.

How to read it: `load` is the machine's load average when the line was printed; the figures mean something at one busy
process for each processor, not more. Compare ratios of one run (`singles_to_bare`, `batches_to_hordak_bulk`): bare and
ours take turns, so a slow disk meets both. `a_commit` is how many transfers shared a flush, eight at best; a group's
time is the flush and about two milliseconds of processor. Where the disk is quick, singles are bound by the processor
and the ratio to bare falls; where it is slow, the ratio rises and the rate falls: so the target is either. Bare commits
come from threads of one Python, as ours do; a client in C reaches about twice as many.

Equal-output checks: after each round, and after the filling, the replay of all rows equals the totals; peer and we book
the same transfers, and each account ends with the same balance; every past balance is compared with the number of rows
up to its moment.
"""

import argparse
import multiprocessing
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.standing import APP, OWNER, address, database, say, server, speak, timed  # noqa: E402 the path comes first

NAME = "bench_ledger"
BARE_TABLE = (
    "CREATE TABLE bench_bare (id bigint GENERATED ALWAYS AS IDENTITY, debit bigint, credit bigint, amount bigint)"
)
BATCH, CLIENTS = 8_190, 8
TURNS = 8  # of bare inserts and transfers within a round: what else the machine does meets both
BARE = "INSERT INTO bench_bare (debit, credit, amount) VALUES (1, 2, 3)"
GROUPED: list[float] = []  # transfers a commit
PAID_IN = 10**9  # fen, that each account begins with
LATENCY = 10  # ms, of a balance at a past moment


def main() -> None:
    """Run every measure and print its line."""
    options = arguments()
    if options.hordak:
        os.environ["BENCH_APPS"] = "mptt hordak"  # which the processes that write see as well
    with server() as socket, database(socket, NAME, BARE_TABLE):
        os.environ["BENCH_SOCKET"] = socket
        rounds = [batches(options, number) for number in range(options.rounds)]
        say("ledger.batches", "transfers/s", rounds, least=20_000, writers=options.writers, a_batch=BATCH)
        one = [alone(number) for number in range(options.rounds)]
        say("ledger.alone", "transfers/s", [rate for rate, _ in one], clients=1)
        say("ledger.alone_client_cpu", "ms a transfer", [cost for _, cost in one], most=0.5, clients=1)
        pairs = [singles(options, number) for number in range(options.rounds)]
        say("ledger.bare_insert_commit", "commits/s", [bare for bare, _ in pairs], clients=CLIENTS)
        say(
            "ledger.singles", "transfers/s", [ours for _, ours in pairs], least=1_500, clients=CLIENTS, a_commit=GROUPED
        )
        say("ledger.singles_to_bare", "ratio", [ours / bare for bare, ours in pairs], least=0.6, clients=CLIENTS)
        if options.hordak:
            beside_the_peer(options, statistics.median(rate for rate, _ in one))
        if options.history:
            past(options)


def beside_the_peer(options: argparse.Namespace, single: float) -> None:
    """Measure the peer's best way and its single one, each beside our like."""
    bulk = [hordak_bulk() for _ in range(options.rounds)]
    say("ledger.peer_hordak_bulk", "transfers/s", bulk, writers=1, a_transaction=BATCH)
    mine = [one_writer() for _ in range(options.rounds)]
    say("ledger.batches_one_writer", "transfers/s", mine, writers=1, a_batch=BATCH)
    say("ledger.batches_to_hordak_bulk", "ratio", [statistics.median(mine) / statistics.median(bulk)], least=20)
    peer = [hordak() for _ in range(options.rounds)]
    say("ledger.peer_hordak_alone", "transfers/s", peer, clients=1)
    say("ledger.alone_to_hordak_alone", "ratio", [single / statistics.median(peer)], clients=1)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--transfers", type=int, default=5 * BATCH, help="of each writer and round")
    parser.add_argument("--singles", type=int, default=8_000, help="of all clients together, each round")
    parser.add_argument("--history", type=int, default=10_000_000, help="rows; 0 leaves the measure out")
    parser.add_argument("--writers", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--accounts", type=int, default=1_000, help="of each writer")
    parser.add_argument("--hordak", action="store_true", help="measure the peer (requirements/bench.txt)")
    return parser.parse_args()


def batches(options: argparse.Namespace, number: int) -> float:
    """Let writers book batches of ready entries; return transfers per second from the common start to the end."""
    barrier = multiprocessing.Barrier(options.writers + 1)
    writers = [
        multiprocessing.Process(target=write, args=(os.environ["BENCH_SOCKET"], n, number, options, barrier))
        for n in range(options.writers)
    ]
    for writer in writers:
        writer.start()
    barrier.wait()
    seconds = timed(barrier.wait)
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0, "a writer failed"
    sound()
    return options.writers * options.transfers / seconds


def write(socket: str, writer: int, number: int, options: argparse.Namespace, barrier: Any) -> None:
    """One writer with accounts of its own."""
    os.environ["BENCH_SOCKET"] = socket
    speak_as(APP)
    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.book.api import submit

    ready = entries(people(f"w{writer}r{number}", options.accounts), options.transfers, seed=writer)
    barrier.wait()
    for start in range(0, options.transfers, BATCH):
        answers = submit(actor=SYSTEM, entries=ready[start : start + BATCH])
        assert all(answer.result == "ok" for answer in answers)
    barrier.wait()


def one_writer() -> float:
    """One batch by this process alone, as the peer's bulk path is measured; return transfers per second."""
    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.book.api import submit

    ready = entries(people(f"w{time.monotonic_ns()}", 50), BATCH + 10, seed=1)
    submit(actor=SYSTEM, entries=ready[BATCH:])  # until the server knows the statements
    return BATCH / timed(lambda: submit(actor=SYSTEM, entries=ready[:BATCH]))


def alone(number: int) -> tuple[float, float]:
    """One client posts transfers one by one; return its rate and the milliseconds of processor that each cost it."""
    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.book.api import post

    count = 500
    ready = entries(people(f"a{number}", 50), count + 50, seed=number)
    for entry in ready[:50]:  # until the server knows the statements
        post(actor=SYSTEM, entries=[entry])

    def run() -> None:
        for entry in ready[50:]:
            assert post(actor=SYSTEM, entries=[entry])[0].result == "ok"

    used = time.process_time()
    seconds = timed(run)
    return count / seconds, 1000 * (time.process_time() - used) / count


def people(name: str, count: int) -> list[Any]:
    """Accounts that have enough to pay with."""
    from qilian.core.house.principal import SYSTEM
    from qilian.core.values.text import Ref, Text
    from qilian.engines.ledger.book.api import YUAN, Entry, open_account, post, register_asset

    cny = register_asset(actor=SYSTEM, spec=YUAN)

    def opened(kind: str, code: str, rule: Any) -> Any:
        return open_account(actor=SYSTEM, owner=Ref(kind, code), asset=cny, title=Text(code, code), rule=rule)

    world = opened("world", name, "free")
    found = [opened("party", f"{name}/{n}", "debits_within_credits") for n in range(count)]
    post(actor=SYSTEM, entries=[Entry(debit=world, credit=each, amount=PAID_IN) for each in found])
    return found


def entries(accounts: list[Any], count: int, *, seed: int) -> list[Any]:
    """Random transfers among accounts."""
    from qilian.engines.ledger.book.api import Entry

    chance = Random(seed)
    pairs = (chance.sample(accounts, 2) for _ in range(count))
    return [Entry(debit=a, credit=b, amount=chance.randint(1, 100)) for a, b in pairs]


def singles(options: argparse.Namespace, number: int) -> tuple[float, float]:
    """Eight clients that wait for each commit: bare inserts and transfers by turns; both rates of the same run."""
    share = options.singles // CLIENTS // TURNS

    def bare(_client: int) -> None:
        with psycopg.connect(**address(os.environ["BENCH_SOCKET"], NAME), autocommit=True) as own:
            for _ in range(share):
                own.execute(BARE)

    from django.db import connection

    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.book.api import Batch, GroupCommit

    done = share * CLIENTS * TURNS
    ready = iter(entries(people(f"s{number}", 200), done, seed=number))
    before = Batch.objects.count()
    group = GroupCommit()

    def ours(client: int) -> None:
        try:
            for entry in shares[client]:
                assert group.post(actor=SYSTEM, entry=entry).result == "ok"
        finally:
            connection.close()

    seconds = [0.0, 0.0]
    for _turn in range(TURNS):
        shares = [list(islice(ready, share)) for _ in range(CLIENTS)]
        for place, act in enumerate((bare, ours)):
            seconds[place] += timed(lambda act=act: crowd(act))
    sound()
    GROUPED.append(done / (Batch.objects.count() - before))
    return done / seconds[0], done / seconds[1]


def crowd(act: Callable[[int], None]) -> None:
    """Let eight threads act, and wait for all."""
    threads = [threading.Thread(target=act, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def hordak() -> float:
    """The peer: each transfer a Transaction with two legs, as its documentation does; return transfers per second.

    We book the same transfers, and every account must end the same.
    """
    from django.db import transaction
    from hordak.models import Account, AccountType, Leg, Transaction
    from moneyed import Money

    count, chance = 300, Random(1)
    wanted = [(*chance.sample(range(50), 2), chance.randint(1, 100)) for _ in range(count)]
    ours = booked(wanted)
    with connected_as_owner():
        rows = [
            Account.objects.create(name=f"p{n}", type=AccountType.liability, currencies=["CNY"], code=None)
            for n in range(50)
        ]

        def run() -> None:
            for a, b, amount in wanted:
                with transaction.atomic():
                    made = Transaction.objects.create()
                    Leg.objects.create(transaction=made, account=rows[a], debit=Money(amount, "CNY"))
                    Leg.objects.create(transaction=made, account=rows[b], credit=Money(amount, "CNY"))

        seconds = timed(run)
        theirs = [sum(int(each.amount) for each in row.get_balance().monies()) for row in rows]
    assert theirs == ours, "the peer's balances are not ours"
    return count / seconds


def booked(wanted: list[tuple[int, int, int]]) -> list[int]:
    """Book transfers among fifty accounts of our own, and return by how much each balance changed."""
    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.book.api import Entry, balance, submit

    found = people(f"peer{time.monotonic_ns()}", 50)
    submit(actor=SYSTEM, entries=[Entry(debit=found[a], credit=found[b], amount=amount) for a, b, amount in wanted])
    return [balance(each).balance - PAID_IN for each in found]


def hordak_bulk() -> float:
    """The peer's best: transactions and legs by two `bulk_create`, in one transaction; return transfers per second.

    Its triggers check each transaction at the commit, as they do with one alone. Every account must end as ours.
    """
    from django.db import transaction
    from hordak.models import Account, AccountType, Leg, Transaction
    from moneyed import Money

    chance = Random(2)
    wanted = [(*chance.sample(range(50), 2), chance.randint(1, 100)) for _ in range(BATCH)]
    ours = booked(wanted)
    with connected_as_owner():
        rows = [
            Account.objects.create(name=f"b{n}", type=AccountType.liability, currencies=["CNY"], code=None)
            for n in range(50)
        ]

        def run() -> None:
            with transaction.atomic():
                made = Transaction.objects.bulk_create([Transaction() for _ in wanted])
                legs = []
                for each, (a, b, amount) in zip(made, wanted, strict=True):
                    legs.append(Leg(transaction=each, account=rows[a], debit=Money(amount, "CNY")))
                    legs.append(Leg(transaction=each, account=rows[b], credit=Money(amount, "CNY")))
                Leg.objects.bulk_create(legs)

        seconds = timed(run)
        theirs = [sum(int(each.amount) for each in row.get_balance().monies()) for row in rows]
    assert theirs == ours, "the peer's balances are not ours"
    return BATCH / seconds


@contextmanager
def connected_as_owner() -> Iterator[None]:
    """Speak as the owner for a block: the peer's triggers want more than the application may."""
    speak_as(OWNER)
    try:
        yield
    finally:
        speak_as(APP)


TAKER = "CASE WHEN n %% 2 = 0 THEN 0 ELSE n %% %(count)s END"  # the hot account takes every second row
ITS_ROW = "CASE WHEN n %% 2 = 0 THEN n / 2 ELSE n / %(count)s + 1 END"  # how many rows it has got with this one
HISTORY = f"""
    INSERT INTO ledger_transfer (code, key, kind, batch_id, at, actor, asset_id, debit_id, credit_id, amount, released,
        cause, words, digest, debit_debits, debit_credits, debit_debits_pending, debit_credits_pending,
        credit_debits, credit_credits, credit_debits_pending, credit_credits_pending)
    SELECT 'h' || lpad(n::text, 25, '0'), '', 'single', %(batch)s, %(start)s + n * interval '1 second', 'system:bench',
        %(asset)s, %(world)s, %(first)s + {TAKER}, 1, 0, '', '', '\\x00',
        %(count)s * %(paid)s::bigint + n, 0, 0, 0, 0, %(paid)s + {ITS_ROW}, 0, 0
    FROM generate_series(%(from)s::bigint, %(to)s::bigint) AS n"""
TOTALS = f"""
    WITH got AS (
        SELECT {TAKER} AS place, max({ITS_ROW}) AS rows FROM generate_series(1, %(rows)s::bigint) AS n GROUP BY 1
    )
    UPDATE ledger_account SET credits_posted = credits_posted + got.rows FROM got WHERE id = %(first)s + got.place"""
PAID = "UPDATE ledger_account SET debits_posted = debits_posted + %(rows)s WHERE id = %(world)s"


def past(options: argparse.Namespace) -> None:
    """A history of many rows, half of them of one hot account; balances at random moments, checked against counts."""
    speak_as(APP)
    from qilian.engines.ledger.book.api import Transfer, accounts, balance

    found, start = people("history", 500), datetime(2027, 1, 1, tzinfo=UTC)
    row = Transfer.objects.filter(credit=found[0]).select_related("batch")[0]
    fill(options.history, found, row, start)
    sound()
    chance = Random(7)
    world, cold = accounts().get(pk=row.debit_id), 3
    for name, account in (("hot", world), ("cold", found[cold])):
        took = []
        for _ in range(400):
            number = chance.randint(1, options.history)
            began = time.perf_counter()
            totals = balance(account, at=start + timedelta(seconds=number))
            took.append(1000 * (time.perf_counter() - began))
            if account == world:
                assert totals.debits_posted == len(found) * PAID_IN + number, "a past balance is wrong"
            else:
                rows = (number - cold) // len(found) + 1
                assert totals.credits_posted == PAID_IN + rows, "a past balance is wrong"
        took.sort()
        line = {"p50": round(took[200], 3), "p95": round(took[380], 3), "max": round(took[-1], 3)}
        say(f"ledger.balance_at_{name}", "ms", [took[380]], most=LATENCY, rows=options.history, **line)


def fill(rows: int, found: list[Any], row: Any, start: datetime) -> None:
    """Let the server write so many rows, one a second, and the totals that they make."""
    from django.db import connection

    values = {"batch": row.batch_id, "asset": found[0].asset_id, "world": row.debit_id, "count": len(found)}
    values |= {"first": found[0].pk, "start": start, "paid": PAID_IN, "rows": rows}
    assert [each.pk for each in found] == list(range(found[0].pk, found[0].pk + len(found)))
    step = 500_000

    def write() -> None:
        with connection.cursor() as cursor:
            for begin in range(1, rows + 1, step):
                cursor.execute(HISTORY, values | {"from": begin, "to": min(begin + step - 1, rows)})
            for statement in (TOTALS, PAID):
                cursor.execute(statement, values)

    say("ledger.fill", "rows/s", [rows / timed(write)], rows=rows)
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], NAME, OWNER), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE ledger_transfer")


def sound() -> None:
    """The replay of all rows equals the totals, and both sides of every asset are equal."""
    from qilian.core.house.principal import SYSTEM
    from qilian.engines.ledger.checking.api import reconcile

    assert reconcile(actor=SYSTEM).sound, "the book does not add up"


def speak_as(role: str) -> None:
    """Speak to the bench's database as a role."""
    speak(os.environ["BENCH_SOCKET"], NAME, role)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
