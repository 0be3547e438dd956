"""Sealing beside a peer in the same run: the Merkle log against a plain hash chain numbered by row_number, and writers.

Usage: QILIAN_TEST_SOCKET=<socket folder> python bench/events.py [--events 50000] [--rounds 5] [--writers 8]
Prints one JSON line for each measure, with medians over the rounds. The sealer's root must equal that of an
independent recursive computation over the same digests, and the peer must number the same rows in the same order.
"""

import argparse
import functools
import hashlib
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
DATABASE = f"bench_events_{os.getpid()}"
OWNER, APP = "qilian_owner", "qilian_app"
PEER_TABLE = """
    CREATE TABLE bench_chain (
        sequence bigint PRIMARY KEY, event_id bigint UNIQUE REFERENCES core_event, link bytea, at timestamptz)"""
PEER_NUMBERS = """
    SELECT %s + row_number() OVER (ORDER BY transaction, id) - 1, id, digest
    FROM core_event WHERE id > %s ORDER BY transaction, id LIMIT %s"""
PEER_INSERTS = """
    INSERT INTO bench_chain (sequence, event_id, link, at)
    SELECT *, now() FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])"""


def main() -> None:
    """Make a database of our own, run every measure, print the lines, drop the database."""
    options = arguments()
    with fresh_database(options.socket):
        rounds = [sealing_round(options) for _ in range(options.rounds)]
        for name in ("seal", "peer_chain"):
            rates = [options.events / seconds[name] for seconds in rounds]
            say(name, options, "events/s", rates, target=5_000 if name == "seal" else None)
        say("latency_one_batch", options, "ms", [1000 * seconds["small"] for seconds in rounds])
        rates = [writing_round(options) for _ in range(options.rounds)]
        say(f"emit_many_{options.writers}_writers", options, "events/s", rates)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", default=os.environ.get("QILIAN_TEST_SOCKET"))
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--writers", type=int, default=8)
    options = parser.parse_args()
    if not options.socket:
        parser.error("name the socket folder of a throw-away PostgreSQL: --socket or QILIAN_TEST_SOCKET")
    return options


def sealing_round(options: argparse.Namespace) -> dict[str, float]:
    """Write events, then seal them with both, in turn; check that both say the same; return the seconds of each."""
    from qilian.core.log.events.api import seal
    from qilian.core.log.events.models import Event, SealBatch

    empty()
    write(0, options.events)
    wait_until_sealable()
    sealing = timed(lambda: until_done(lambda: seal(limit=options.batch), options.events))
    chaining = timed(lambda: chain(options.events, options.batch))
    rows = list(Event.objects.order_by("transaction", "id").values_list("id", "digest"))
    batch = SealBatch.objects.order_by("-id")[0]
    assert bytes(batch.root) == naive_root([bytes(digest) for _, digest in rows]), "the roots differ"
    assert same_order([number for number, _ in rows]), "the peer numbered other rows"
    write(0, 100)
    wait_until_sealable()
    return {"seal": sealing, "peer_chain": chaining, "small": timed(lambda: until_done(seal, 100))}


def chain(events: int, batch: int) -> None:
    """The peer: number rows by row_number and link each to the one before by SHA-256; no tree, no watermark."""
    last, sequence, link = 0, 0, b""
    while sequence < events:
        with psycopg.connect(**address(APP)) as database:
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
        multiprocessing.Process(target=write_alone, args=(options.socket, DATABASE, number, share, barrier))
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
    set_up(socket, database)
    barrier.wait()
    write(number, events, at_once=50)
    barrier.wait()


def write(writer: int, events: int, at_once: int = 5_000) -> None:
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
    with psycopg.connect(**address(APP)) as database:
        sealed = [row[0] for row in database.execute("SELECT event_id FROM core_seal ORDER BY sequence")]
        chained = [row[0] for row in database.execute("SELECT event_id FROM bench_chain ORDER BY sequence")]
    return sealed == numbers == chained


def wait_until_sealable() -> None:
    """Wait until no stranger's transaction on a shared server holds the watermark below what was written."""
    with psycopg.connect(**address(APP), autocommit=True) as database:
        reached = "SELECT max(transaction) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM core_event"
        while not database.execute(reached).fetchone()[0]:
            time.sleep(0.01)


def timed(deed: Callable[[], object]) -> float:
    """Return how many seconds a deed takes."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def say(name: str, options: argparse.Namespace, unit: str, values: list[float], target: int | None = None) -> None:
    """Print one measure as a JSON line."""
    line = {
        "bench": f"events.{name}",
        "events": options.events,
        "batch": options.batch,
        "unit": unit,
        "median": round(statistics.median(values), 1),
        "all": [round(value, 1) for value in values],
    }
    print(json.dumps(line | ({"target": target} if target else {})), flush=True)


def address(user: str) -> dict[str, str]:
    """Return how to reach the bench's database as a role."""
    return {"host": os.environ["BENCH_SOCKET"], "dbname": DATABASE, "user": user}


def set_up(socket: str, database: str) -> None:
    """Let Django speak to the bench's database as the application's role."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.update(QILIAN_MODE="test", DJANGO_SETTINGS_MODULE="qilian.web.settings", BENCH_SOCKET=socket)
    import django
    from django.conf import settings

    settings.DATABASES["default"].update(HOST=socket, NAME=database, USER=APP, PASSWORD="", PORT="")
    django.setup()
    measured()


def empty() -> None:
    """Empty the log, as its owner."""
    with psycopg.connect(**address(OWNER), autocommit=True) as owner:
        owner.execute(
            "TRUNCATE core_event, core_seal, core_seal_batch, core_seal_node, bench_chain RESTART IDENTITY CASCADE"
        )
        owner.execute("ANALYZE core_event, core_seal")


@contextmanager
def fresh_database(socket: str) -> Iterator[None]:
    """Make a database with the house's tables and the peer's, and drop it afterwards."""
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'")
    try:
        set_up(socket, DATABASE)
        lay_tables()
        yield
    finally:
        with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def lay_tables() -> None:
    """Make the tables as the owner, as the tests do, and hand the rights to the application's role."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from qilian.core.machine.postgres.protect import protect

    folders = {app: ROOT / "src/qilian" / app / "migrations" for app in ("core", "spine")}
    settings.MIGRATION_MODULES = {app: None for app, folder in folders.items() if not folder.is_dir()}
    connection.settings_dict["USER"] = OWNER
    call_command("migrate", run_syncdb=True, verbosity=0)
    connection.cursor().execute(PEER_TABLE)
    protect(connection)
    connection.close()
    connection.settings_dict["USER"] = APP


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
