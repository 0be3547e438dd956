"""Pages over a million events beside a peer in the same run: the page's longest query through plain psycopg.

Usage: QILIAN_TEST_SOCKET=<socket folder> python bench/pages.py [--events 1000000] [--rounds 30]
Prints one JSON line for each page and its peer: median and 95th percentile in milliseconds (DESIGN 9: p95 at most 300).
The rows are a fixture of volume laid down by the owner; the peer must return as many rows as the page's own query.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(ROOT / "src"), str(ROOT)]

import psycopg  # noqa: E402 the folder of this file has a calendar.py of its own, which must not hide Python's

os.environ |= {"QILIAN_MODE": "test", "DJANGO_SETTINGS_MODULE": "qilian.web.settings"}
DATABASE = f"bench_pages_{os.getpid()}"
LIMIT_MS = 300


def main() -> None:
    """Make a database of our own, lay down the rows, measure every page and its peer, drop the database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", default=os.environ.get("QILIAN_TEST_SOCKET"))
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    if not options.socket:
        parser.error("name the socket folder of a throw-away PostgreSQL: --socket or QILIAN_TEST_SOCKET")
    with fresh_database(options.socket):
        measure(options)


def measure(options: argparse.Namespace) -> None:
    """Lay down the rows and print the lines."""
    from tests.sim.test_load import PAGES, reader
    from tests.sim.volume import lay, listened

    from qilian.core.log.events.api import seal
    from qilian.web.province import load_province

    load_province()
    while seal():
        pass
    lay(options.events)
    client = reader()
    with psycopg.connect(host=options.socket, dbname=DATABASE, user="qilian_app") as plain:
        for page in PAGES:
            client.get(page)
            with listened() as said:
                assert client.get(page).status_code == 200, page
            say(page, options, timed(lambda page=page: client.get(page), options.rounds), LIMIT_MS)
            own = max(said, key=lambda statement: min(timed(lambda s=statement: rows(plain, s), 2)), default="")
            if own:
                assert len(rows(plain, own)) == len(through_django(own)), page
                say(f"peer {page}", options, timed(lambda own=own: rows(plain, own), options.rounds), None)


def rows(plain: "psycopg.Connection[tuple[object, ...]]", statement: str) -> list[tuple[object, ...]]:
    """Run a statement as it stands, without a framework."""
    return plain.execute(statement.encode()).fetchall()


def through_django(statement: str) -> list[tuple[object, ...]]:
    """Run the same statement through the application's connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def timed(run: Callable[[], object], rounds: int) -> list[float]:
    """Return the milliseconds of each round."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def say(measure: str, options: argparse.Namespace, taken: list[float], target: int | None) -> None:
    """Print one line."""
    ordered = sorted(taken)
    line = {
        "bench": "pages",
        "measure": measure,
        "unit": "ms",
        "median": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)], 1),
        "events": options.events,
        "rounds": len(taken),
    }
    print(json.dumps(line | ({"target": target} if target else {}), ensure_ascii=False), flush=True)


@contextmanager
def fresh_database(socket: str) -> Iterator[None]:
    """Make a database with the tables of the house, point Django at it as qilian_app, and drop it in the end."""
    import django
    from django.conf import settings

    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        for role in ("qilian_owner", "qilian_app"):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                admin.execute(f"CREATE ROLE {role} LOGIN".encode())
        admin.execute(f"CREATE DATABASE {DATABASE} OWNER qilian_owner TEMPLATE template0".encode())
        settings.DATABASES["default"].update(HOST=socket, NAME=DATABASE, USER="qilian_owner", PASSWORD="", PORT="")
        settings.ALLOWED_HOSTS = ["*"]
        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from qilian.core.machine.postgres.api import protect

        call_command("migrate", verbosity=0)
        protect(connection)
        connection.close()
        connection.settings_dict["USER"] = "qilian_app"
        try:
            yield
        finally:
            connection.close()
            admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)".encode())


if __name__ == "__main__":
    main()
