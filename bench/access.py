"""A list page under grants over a million rows, beside the same query without them in the same run.

Usage: QILIAN_TEST_SOCKET=<socket folder> python -P bench/access.py [--rows 1000000] [--rounds 7]
Prints one JSON line for each kind of reader: SQL milliseconds of the page and of its count capped at 501, medians over
the rounds, and the ratio to the unfiltered page. Every page must hold exactly the rows that a check of each row in
memory by the kernel allows.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
DATABASE = f"bench_access_{os.getpid()}"
PAGE, CAP, TARGET_MS = 50, 501, 25
FILL = """
    INSERT INTO core_clock (code, subject, rule, title_zh, title_en, basis, unit, region, offer, clause, value, measure,
                            started_at, state, due_day, due_at, provisional, calendar_version)
    SELECT 'b' || n, 'bench:' || n, 'reply', '答复', '', '', 'unit-' || n %% 150,
           (ARRAY['630102','630105','630122','632801','632521','620102'])[1 + n %% 6],
           'pack/offer-' || n %% 40, '2.' || 1 + n %% 11 || '.' || 1 + n %% 5, 5, 'workday', '2026-01-01', 'running',
           date '2026-01-01' + (n %% 700),
           timestamptz '2026-01-01' + (n::bigint * 7919 %% 1000003) * interval '1 minute', false, 0
    FROM generate_series(1, %s) AS n"""
READERS = {
    "one_unit": [{"unit": "unit-7"}],
    "prefecture": [{"region": "630100"}],
    "province": [{"region": "630000"}],
    "five_units_and_an_offer": [*({"unit": f"unit-{n}"} for n in range(5)), {"offer": "pack/offer-3"}],
    "unit_in_region_for_clause": [{"unit": "unit-30", "region": "630000", "clause": "2.9.1"}],
    "thirty_units": [{"unit": f"unit-{n}"} for n in range(30)],
}


def main() -> None:
    """Fill a database of our own, measure every reader, print the lines, drop the database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", default=os.environ.get("QILIAN_TEST_SOCKET"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    if not options.socket:
        parser.error("name the socket folder of a throw-away PostgreSQL: --socket or QILIAN_TEST_SOCKET")
    with fresh_database(options.socket, options.rows):
        for name, scopes in READERS.items():
            measure(name, scopes, options)


def measure(name: str, scopes: list[dict[str, str]], options: argparse.Namespace) -> None:
    """Measure one reader and the peer in turn, and check that the page holds what the kernel allows."""
    from qilian.core.rights.grants.api import visible
    from qilian.core.time.clocks.models import LegalClock
    from qilian.core.who.people.api import principal_of

    me = principal_of(reader(name, scopes))
    under = visible(LegalClock.objects.all(), me, "clocks.view").filter(state="running").order_by("due_at", "id")
    peer = LegalClock.objects.filter(state="running").order_by("due_at", "id")
    check(list(under[:PAGE]), scopes)
    page, count, bare = [], [], []
    for _ in range(options.rounds):
        bare.append(milliseconds(lambda: list(peer[:PAGE])))
        page.append(milliseconds(lambda: list(under[:PAGE])))
        count.append(milliseconds(lambda: under.order_by()[:CAP].count()))
    line = {
        "bench": f"access.{name}",
        "rows": options.rows,
        "unit": "ms",
        "page": round(statistics.median(page), 2),
        "count_capped": round(statistics.median(count), 2),
        "peer_unfiltered": round(statistics.median(bare), 2),
        "ratio": round(statistics.median(page) / statistics.median(bare), 2),
        "target": TARGET_MS,
    }
    print(json.dumps(line), flush=True)


def reader(name: str, scopes: list[dict[str, str]]) -> Any:
    """A person who holds one grant for each scope."""
    from qilian.core.rights.grants.api import SYSTEM, Scope, grant
    from qilian.core.values import clock
    from qilian.core.who.people.api import Person

    person = Person.objects.create(login=name, name=name, created_at=clock.now())
    for scope in scopes:
        grant(actor=SYSTEM, person=person.pk, actions=["clocks.view"], scope=Scope(**scope))
    return person


def check(page: list[Any], scopes: list[dict[str, str]]) -> None:
    """The page is the beginning of what the kernel allows, row by row, of the rows in the same order."""
    from qilian.core.rights.grants.api import Permit, Scope, decide
    from qilian.core.time.clocks.models import LegalClock

    permits = [Permit(("clocks.view",), Scope(**scope)) for scope in scopes]
    allowed: list[int] = []
    for row in LegalClock.objects.filter(state="running").order_by("due_at", "id").iterator(chunk_size=5_000):
        if decide(permits, "clocks.view", Scope(row.unit, row.region, row.offer, row.clause), date(2026, 1, 2)):
            allowed.append(row.pk)
        if len(allowed) == PAGE:
            break
    assert [row.pk for row in page] == allowed, "the list differs from the object check"


def milliseconds(deed: Callable[[], object]) -> float:
    """What a deed takes, its SQL, its transport and its rows."""
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


@contextmanager
def fresh_database(socket: str, rows: int) -> Iterator[None]:
    """Make a database with the house's tables and so many clocks, and drop it afterwards."""
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE} OWNER qilian_owner TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'")
    try:
        set_up(socket)
        with psycopg.connect(host=socket, user="qilian_owner", dbname=DATABASE, autocommit=True) as owner:
            owner.execute(FILL, [rows])
            owner.execute("ANALYZE core_clock")
        yield
    finally:
        from django.db import connection

        connection.close()
        with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def set_up(socket: str) -> None:
    """Lay the tables as their owner, then speak as the application's role."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.update(QILIAN_MODE="test", DJANGO_SETTINGS_MODULE="qilian.web.settings")
    import django
    from django.conf import settings

    settings.DATABASES["default"].update(HOST=socket, NAME=DATABASE, USER="qilian_owner", PASSWORD="", PORT="")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from qilian.core.machine.postgres.api import protect

    call_command("migrate", run_syncdb=True, verbosity=0)
    protect(connection)
    connection.close()
    connection.settings_dict["USER"] = "qilian_app"


if __name__ == "__main__":
    main()
