"""Writing and sealing facts beside their limits in the same run: COPY into the same table, hashing alone, a chain.

    python -P bench/events.py [--events 50000] [--rounds 5] [--writers 8] [--socket FOLDER]

(-P keeps this folder off the path: its calendar.py would stand in for the standard library's.)

Runs on a PostgreSQL of its own, as safe as in service; each line says so. `emit_many` is the public verb, 5,000 facts a
transaction by one writer and 50 a transaction by many; its limit is COPY of the same columns into a table with the same
indexes. The limits of sealing are COPY of the seals alone, and the hashes of leaves and nodes alone. The sealer's root
must equal that of an independent recursive computation over the same digests, each written fact must have the digest of
its columns, and the peer (a hash chain numbered by row_number, no tree, no watermark) must number the same rows.
"""

import argparse
import functools
import hashlib
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.standing import OWNER, address, database, say, server, speak, timed  # noqa: E402 the path comes first

DATABASE = f"bench_events_{os.getpid()}"
AT_ONCE = 5_000
PEER_TABLE = """
    CREATE TABLE bench_chain (
        sequence bigint PRIMARY KEY, event_id bigint UNIQUE REFERENCES core_event, link bytea, at timestamptz)"""
FLOOR_TABLE = """
    CREATE TABLE bench_event (LIKE core_event INCLUDING ALL); CREATE TABLE bench_seal (LIKE core_seal INCLUDING ALL)"""
PEER_NUMBERS = """
    SELECT %s + row_number() OVER (ORDER BY transaction, id) - 1, id, digest
    FROM core_event WHERE id > %s ORDER BY transaction, id LIMIT %s"""
PEER_INSERTS = """
    INSERT INTO bench_chain (sequence, event_id, link, at)
    SELECT *, now() FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"""


def main() -> None:
    """Make a database of our own, run every measure, print the lines, drop the database."""
    options = arguments()
    with server(options.socket) as socket, database(socket, DATABASE, PEER_TABLE, FLOOR_TABLE):
        os.environ["BENCH_SOCKET"] = socket
        measured()
        rounds = [sealing_round(options) for _ in range(options.rounds)]
        told = {"events": options.events, "writers": 1}

        def rates(name: str) -> list[float]:
            return [options.events / seconds[name] for seconds in rounds]

        say("events.emit_many", "facts/s", rates("emit"), least=15_000, a_transaction=AT_ONCE, **told)
        cost = [1e6 * seconds["emit_cpu"] / options.events for seconds in rounds]
        say("events.emit_many_client_cpu", "µs a fact", cost, most=60, **told)
        say("events.limit_copy_same_indexes", "facts/s", rates("copy"), **told)
        say("events.emit_many_to_limit", "ratio", [seconds["copy"] / seconds["emit"] for seconds in rounds])
        say("events.seal", "events/s", rates("seal"), least=60_000, a_transaction=options.batch, **told)
        say("events.limit_copy_of_seals", "events/s", rates("copy_seals"), **told)
        say("events.limit_hashing_alone", "events/s", rates("hashing"), **told)
        say("events.peer_chain", "events/s", rates("chain"), **told)
        say("events.latency_of_a_hundred", "ms", [1000 * seconds["small"] for seconds in rounds])
        many = [writing_round(options) for _ in range(options.rounds)]
        say("events.emit_many", "facts/s", many, a_transaction=50, writers=options.writers)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--socket", default="", help="the socket folder of another server")
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--writers", type=int, default=8)
    return parser.parse_args()


def sealing_round(options: argparse.Namespace) -> dict[str, float]:
    """Write events, then seal them, each beside its limits, in turn; all must say the same; return the seconds."""
    from qilian.core.log.events.api import digest, fact_of_row, seal
    from qilian.core.log.events.models import Event, SealBatch

    empty()
    used = time.process_time()
    found = {"emit": timed(lambda: write(0, options.events))}
    found["emit_cpu"] = time.process_time() - used
    wait_until_sealable()
    found["seal"] = timed(lambda: until_done(lambda: seal(limit=options.batch), options.events))
    found["chain"] = timed(lambda: chain(options.events, options.batch))
    rows = list(Event.objects.order_by("transaction", "id"))
    digests = [bytes(row.digest) for row in rows]
    assert all(digest(fact_of_row(row)) == bytes(row.digest) for row in rows[:: len(rows) // 500]), "a digest differs"
    root = bytes(SealBatch.objects.order_by("-id")[0].root)
    assert root == naive_root(digests), "the roots differ"
    assert same_order([row.pk for row in rows]), "the peer numbered other rows"
    found |= {"copy": copying("core_event", "bench_event"), "copy_seals": copying("core_seal", "bench_seal")}
    found["hashing"] = timed(lambda: hashing(digests, root))
    write(0, 100)
    wait_until_sealable()
    return found | {"small": timed(lambda: until_done(seal, 100))}


def copying(source: str, target: str) -> float:
    """The limit: what was written is written again, AT_ONCE rows a COPY, into a table with the same indexes."""
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE, OWNER), autocommit=True) as owner:
        with owner.cursor().copy(f"COPY (SELECT * FROM {source}) TO STDOUT".encode()) as copy:
            lines = b"".join(copy).splitlines(keepends=True)
        began = time.perf_counter()
        for start in range(0, len(lines), AT_ONCE):
            with owner.cursor().copy(f"COPY {target} FROM STDIN".encode()) as copy:
                copy.write(b"".join(lines[start : start + AT_ONCE]))
        return time.perf_counter() - began


def hashing(digests: list[bytes], root: bytes) -> None:
    """The other limit: leaves and nodes, and no database."""
    from qilian.core.values.merkle.api import leaf_hashes, root_over

    assert root_over(leaf_hashes(digests)) == root


def chain(events: int, batch: int) -> None:
    """The peer: number rows by row_number and link each to the one before by SHA-256; no tree, no watermark."""
    last, sequence, link = 0, 0, b""
    while sequence < events:
        with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE)) as database:
            rows = database.execute(PEER_NUMBERS, [sequence, last, batch]).fetchall()
            links = [link := hashlib.sha256(link + digest).digest() for _, _, digest in rows]
            database.execute(PEER_INSERTS, [[row[0] for row in rows], [row[1] for row in rows], links])
        sequence, last = sequence + len(rows), rows[-1][1]


def writing_round(options: argparse.Namespace) -> float:
    """Let several processes write at once; return events per second from the common start to the last commit."""
    empty()
    share = options.events // options.writers // 5
    barrier = multiprocessing.Barrier(options.writers + 1)
    writers = [
        multiprocessing.Process(target=write_alone, args=(os.environ["BENCH_SOCKET"], DATABASE, number, share, barrier))
        for number in range(options.writers)
    ]
    for writer in writers:
        writer.start()
    barrier.wait()
    seconds = timed(barrier.wait)
    for writer in writers:
        writer.join()
    return share * options.writers / seconds


def write_alone(socket: str, database: str, number: int, events: int, barrier: object) -> None:
    """One writing process: transactions of 50 events."""
    os.environ["BENCH_SOCKET"] = socket
    speak(socket, database, "qilian_app")
    measured()
    barrier.wait()
    write(number, events, at_once=50)
    barrier.wait()


def write(writer: int, events: int, at_once: int = AT_ONCE) -> None:
    """Append events through the public verb."""
    from qilian.core.house.principal import SYSTEM
    from qilian.core.log.events.api import Entry, emit_many
    from qilian.core.values.text import Ref

    body, subject = measured(), Ref("bench.meter", str(writer))
    for start in range(0, events, at_once):
        count = min(at_once, events - start)
        entries = [Entry(body(start + n, f"reading {n}"), subject, clause="2.4.1", unit="bench") for n in range(count)]
        emit_many(entries, actor=SYSTEM)


@functools.cache
def measured() -> Callable[[int, str], object]:
    """Register the event type once Django is set up."""
    from qilian.core.log.events.api import event_type
    from qilian.core.values.text import Text

    @dataclass(frozen=True)
    class Measured:
        value: int
        note: str

    return event_type("bench.meter.read", title=Text("读数", "Reading"))(Measured)


def until_done(step: Callable[[], int], events: int) -> None:
    """Repeat a step until so many events went through it."""
    while events > 0:
        events -= step()


def naive_root(digests: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word, independent of the house's own tree."""
    if len(digests) == 1:
        return hashlib.sha256(b"\x00" + digests[0]).digest()
    k = 1 << (len(digests) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + naive_root(digests[:k]) + naive_root(digests[k:])).digest()


def same_order(numbers: list[int]) -> bool:
    """Whether seals and chain name these events in this order."""
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE)) as database:
        sealed = [row[0] for row in database.execute("SELECT event_id FROM core_seal ORDER BY sequence")]
        chained = [row[0] for row in database.execute("SELECT event_id FROM bench_chain ORDER BY sequence")]
    return sealed == numbers == chained


def wait_until_sealable() -> None:
    """Wait until no stranger's transaction on a shared server holds the watermark below what was written."""
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE), autocommit=True) as database:
        reached = "SELECT max(transaction) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM core_event"
        while not database.execute(reached).fetchone()[0]:
            time.sleep(0.01)


def empty() -> None:
    """Empty the log, as its owner."""
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE, OWNER), autocommit=True) as owner:
        owner.execute(
            "TRUNCATE core_event, core_seal, core_seal_batch, core_seal_node, bench_chain, bench_event, bench_seal"
            " RESTART IDENTITY CASCADE"
        )
        owner.execute("ANALYZE core_event, core_seal")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
