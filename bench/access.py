"""A list page under grants over a million rows, beside the same query without them in the same run.

    python -P bench/access.py [--rows 1000000] [--rounds 7] [--socket FOLDER]

(-P keeps this folder off the path: its calendar.py would stand in for the standard library's.)

Prints one JSON line for each kind of reader: milliseconds of a page with its count capped at 501, as every list asks
(`core.house.tables.taken`), medians over the rounds, beside the unfiltered page. Most scopes are spread evenly over the
rows; those of the rare readers are found in a handful of them, where walking along the order never fills a page. One
reader at a time, whose principal is known; what it costs to know him stands in `bench/pages.py`. Every page must hold
exactly the rows that a check of each row in memory by the kernel allows.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.standing import OWNER, address, database, say, server  # noqa: E402 the path comes first

DATABASE = f"bench_access_{os.getpid()}"
PAGE, TARGET_MS = 50, 25
FILL = """
    INSERT INTO core_clock (code, subject, rule, title_zh, title_en, basis, unit, region, offer, clause, value, measure,
                            started_at, state, due_day, due_at, provisional, calendar_version)
    SELECT 'b' || n, 'bench:' || n, 'reply', '答复', '', '', 'unit-' || n %% 150,
           (ARRAY['630102','630105','630122','632801','632521','620102'])[1 + n %% 6],
           'pack/offer-' || n %% 40, '2.' || 1 + n %% 11 || '.' || 1 + n %% 5, 5, 'workday', '2026-01-01', 'running',
           date '2026-01-01' + (n %% 700),
           timestamptz '2026-01-01' + (n::bigint * 7919 %% 1000003) * interval '1 minute', false, 0
    FROM generate_series(1, %s) AS n"""
RARE = (  # late in the order of most of them, and of all kinds
    "UPDATE core_clock SET region = '632923' WHERE id %% 250001 = 7",
    "UPDATE core_clock SET offer = 'pack/rare' WHERE id %% 300007 = 11",
    "UPDATE core_clock SET offer = 'rare-pack/x' WHERE id %% 400009 = 13",
    "UPDATE core_clock SET clause = '9.9.9' WHERE id %% 200003 = 17",
    "UPDATE core_clock SET unit = 'unit-rare' WHERE id %% 350003 = 19",
    "VACUUM ANALYZE core_clock",
)
READERS = {
    "one_unit": [{"unit": "unit-7"}],
    "prefecture": [{"region": "630100"}],
    "province": [{"region": "630000"}],
    "five_units_and_an_offer": [*({"unit": f"unit-{n}"} for n in range(5)), {"offer": "pack/offer-3"}],
    "unit_in_region_for_clause": [{"unit": "unit-30", "region": "630000", "clause": "2.9.1"}],
    "thirty_units": [{"unit": f"unit-{n}"} for n in range(30)],
    "rare_region": [{"region": "632900"}],
    "rare_offer": [{"offer": "pack/rare"}],
    "rare_pack": [{"offer": "rare-pack/"}],
    "rare_clause": [{"clause": "9.9.9"}],
    "nothing_fits": [{"region": "650000"}],
    "rare_unit_or_rare_region": [{"unit": "unit-rare"}, {"region": "632900"}],
    "four_rare_scopes": [{"unit": "unit-rare"}, {"region": "632900"}, {"offer": "pack/rare"}, {"clause": "9.9.9"}],
    "common_unit_in_rare_region": [{"unit": "unit-7", "region": "632900"}],
}


def main() -> None:
    """Fill a database of our own, measure every reader, print the lines, drop the database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--socket", default="", help="the socket folder of another server")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with server(options.socket) as socket, database(socket, DATABASE):
        with psycopg.connect(**address(socket, DATABASE, OWNER), autocommit=True) as owner:
            owner.execute(FILL, [options.rows])
            for statement in RARE:
                owner.execute(statement.replace("%%", "%").encode())
        for name, scopes in READERS.items():
            measure(name, scopes, options)


def measure(name: str, scopes: list[dict[str, str]], options: argparse.Namespace) -> None:
    """Measure one reader and the peer in turn, and check that the page holds what the kernel allows."""
    from qilian.core.house.tables import taken
    from qilian.core.rights.grants.api import visible
    from qilian.core.time.clocks.models import LegalClock
    from qilian.core.who.people.api import principal_of

    me = principal_of(reader(name, scopes))
    under = visible(LegalClock.objects.all(), me, "clocks.view").filter(state="running").order_by("due_at", "id")
    peer = LegalClock.objects.filter(state="running").order_by("due_at", "id")
    shown, total = taken(under, 0, PAGE)
    check(shown, total, scopes)
    page, bare = [], []
    for _ in range(options.rounds):
        bare.append(milliseconds(lambda: taken(peer, 0, PAGE)))
        page.append(milliseconds(lambda: taken(under, 0, PAGE)))
    say(
        "access.page_and_count",
        "ms",
        page,
        most=TARGET_MS,
        reader=name,
        scopes=len(scopes),
        hits=total,
        rows=options.rows,
    )
    say("access.unfiltered", "ms", bare, reader=name)


def reader(name: str, scopes: list[dict[str, str]]) -> Any:
    """A person who holds one grant for each scope."""
    from qilian.core.rights.grants.api import SYSTEM, Scope, grant
    from qilian.core.values import clock
    from qilian.core.who.people.api import Person

    person = Person.objects.create(login=name, name=name, created_at=clock.now())
    for scope in scopes:
        grant(actor=SYSTEM, person=person.pk, actions=["clocks.view"], scope=Scope(**scope))
    return person


def check(page: list[Any], total: int, scopes: list[dict[str, str]]) -> None:
    """Page and count are the beginning of what the kernel allows, row by row, of the rows in the same order."""
    from qilian.core.house.tables import SAMPLE
    from qilian.core.rights.grants.api import Permit, Scope, decide
    from qilian.core.time.clocks.models import LegalClock

    permits = [Permit(("clocks.view",), Scope(**scope)) for scope in scopes]
    allowed: list[int] = []
    for row in LegalClock.objects.filter(state="running").order_by("due_at", "id").iterator(chunk_size=5_000):
        if decide(permits, "clocks.view", Scope(row.unit, row.region, row.offer, row.clause), date(2026, 1, 2)):
            allowed.append(row.pk)
        if len(allowed) == SAMPLE:
            break
    assert [row.pk for row in page] == allowed[:PAGE] and total == len(allowed), (
        "the list differs from the object check"
    )


def milliseconds(deed: Callable[[], object]) -> float:
    """What a deed takes, its SQL, its transport and its rows."""
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
