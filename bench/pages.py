"""Pages over a million events and fifty thousand parties, beside the floors of the same server in the same run.

    python -P bench/pages.py [--events 1000000] [--parties 50000] [--rounds 30] [--users 16] [--seconds 8]

(-P keeps this folder off the path: its calendar.py would stand in for the standard library's.)

Runs on a PostgreSQL of its own, as safe as in service; each line says so. Three kinds of lines:

* `pages.cpu`: milliseconds of processor of the web process for a request, whole middleware included, for a visitor or
  somebody who is signed in. Goals are given as multiples of a floor (`bench/floors.py`: a template, a plain list page
  of Django, JSON), since milliseconds mean another thing on another machine.
* `pages.peer`: the page's longest query through plain psycopg; it must return as many rows as through the page.
* `pages.http`: 16 users at once over HTTP against the web server as the house starts it (a process for each core).
  Goal: the 95th percentile is at most 300 ms (DESIGN 9). The users run on the same machine and take their share of it;
  what else runs there is seen in the floors of the same run. Each page was read a few times before it is measured.
* `pages.slow_p95`: the same users on the same pages beside 1,000 slow connections, a third of which say nothing, a
  third stop within the head and a third within the body; who is cut off comes again. Goal: at most half as slow again
  as just before without them.

The rows are a fixture of volume; the parties come through the import and have their sounds and statistics,
as the worker and autovacuum give them within a minute.
"""

import argparse
import asyncio
import http.client
import multiprocessing
import os
import socket as sockets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import psycopg  # noqa: E402 the path comes first
from bench.standing import address, database, say, server  # noqa: E402

DATABASE = f"bench_pages_{os.getpid()}"
LIMIT_MS = 300
FLOORS = ("/floor/template", "/floor/list", "/floor/json")
GOALS = {  # at most so many times a floor
    "/": ("/floor/list", 1.6),
    "/plan/": ("/floor/list", 5.0),
    "/parties/": ("/floor/list", 1.6),
    "/parties/?q=西宁": ("/floor/list", 1.6),
    "/health": ("/floor/list", 0.3),
    "/static/none.css": ("/floor/list", 0.3),
    "/api/v1/openapi.json": ("/floor/json", 1.0),
}
CROWD = ("/", "/plan/", "/plan/2.7.2", "/parties/", "/parties/?q=西宁", "/api/v1/plan/clauses", "/api/v1/openapi.json")
BEGINNINGS = (b"", b"GET / HTTP/1.1\r\nHost: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\nabcd")


def main() -> None:
    """Make a database of our own, lay down the rows, measure, print the lines, drop the database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--socket", default="", help="the socket folder of another server")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--parties", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--slow", type=int, default=1000)
    options = parser.parse_args()
    with server(options.socket) as socket, database(socket, DATABASE):
        os.environ |= {"BENCH_SOCKET": socket, "BENCH_DATABASE": DATABASE}
        fill(options)
        in_process(options)
        over_http(options)


def fill(options: argparse.Namespace) -> None:
    """Load the province, import the parties, lay down the events."""
    from bench.registry import give_sounds, rows
    from tests.sim.volume import lay

    from qilian.core.house.principal import SYSTEM
    from qilian.core.log.events.api import seal
    from qilian.core.papers.sheets.api import read_csv
    from qilian.core.values.text import Ref
    from qilian.engines.registry.importing.services import apply
    from qilian.web.province import load_province

    load_province()
    head = "名称,统一社会信用代码,行政区划,行业代码,住所,成立日期"
    content = "\n".join([head, *map(",".join, rows(1, options.parties)), ""]).encode()
    apply(actor=SYSTEM, lines=read_csv(content), subject=Ref("core.import", "bench"))
    give_sounds(DATABASE)
    while seal():
        pass
    lay(options.events)


def in_process(options: argparse.Namespace) -> None:
    """What each page costs this process, beside the floors; then each page's longest query beside plain psycopg."""
    from tests.sim.test_load import PAGES, reader

    client = reader()
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    floors = {floor: cost(floor, "", options) for floor in FLOORS}
    for floor, values in floors.items():
        say("pages.floor", "ms of cpu", [statistics.median(values)], page=floor)
    for page in dict.fromkeys([*GOALS, "/plan/2.7.2", "/api/v1/coverage", "/api/v1/plan/clauses"]):
        took = statistics.median(cost(page, "", options))
        floor, most = GOALS.get(page, ("/floor/list", None))
        limit = statistics.median(floors[floor])
        say("pages.cpu", "ms of cpu", [took], page=page, reader="visitor", times_floor=round(took / limit, 2))
        if most is not None:
            say("pages.cpu_to_floor", "ratio", [took / limit], most=most, page=page, floor=floor)
    for page in ("/", "/plan/", "/parties/", *PAGES):
        values = sorted(cost(page, cookie, options, wall=True))
        p95 = values[min(len(values) - 1, len(values) * 95 // 100)]
        say("pages.alone_p95", "ms", [p95], most=LIMIT_MS, page=page, reader="auditor", events=options.events)
    with psycopg.connect(**address(os.environ["BENCH_SOCKET"], DATABASE)) as plain:
        for page in PAGES:
            beside_the_query(page, client, plain)


def cost(page: str, cookie: str, options: argparse.Namespace, *, wall: bool = False) -> list[float]:
    """The milliseconds of each round: of this process's processor, or on the wall."""
    clock = time.perf_counter if wall else time.process_time
    for _ in range(3):
        call(page, cookie)
    taken = []
    for _ in range(options.rounds):
        began = clock()
        call(page, cookie)
        taken.append((clock() - began) * 1000)
    return taken


def call(page: str, cookie: str) -> None:
    """Ask the application as the web server does."""
    from bench.floors import application
    from django.test import RequestFactory

    environ = RequestFactory().get(page, HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="zh-CN").environ
    environ["HTTP_COOKIE"] = cookie
    status: list[str] = []
    body = b"".join(application(environ, lambda said, *_: status.append(said)))
    wanted = {"/static/none.css": "404", "/health": "503"}.get(page, "200")  # no worker runs here
    assert status[0].startswith(wanted) and body, (page, status)


def beside_the_query(page: str, client: Any, plain: "psycopg.Connection[tuple[object, ...]]") -> None:
    """A page's longest query through plain psycopg, which must give as many rows."""
    from tests.sim.volume import listened

    client.get(page)
    with listened() as said:
        assert client.get(page).status_code == 200, page
    own = max(said, key=lambda statement: min(milliseconds(lambda s=statement: rows(plain, s), 2)), default="")
    if own:
        assert len(rows(plain, own)) == len(through_django(own)), page
        say("pages.peer", "ms", milliseconds(lambda: rows(plain, own), 5), page=page)


def rows(plain: "psycopg.Connection[tuple[object, ...]]", statement: str) -> list[tuple[object, ...]]:
    """Run a statement as it stands, without a framework."""
    return plain.execute(statement.encode()).fetchall()


def through_django(statement: str) -> list[tuple[object, ...]]:
    """Run the same statement through the application's connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def milliseconds(run: Callable[[], object], rounds: int) -> list[float]:
    """Return the milliseconds of each round."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def over_http(options: argparse.Namespace) -> None:
    """Let users read each page at once, and all pages mixed; print percentiles and rates."""
    with web() as port:
        alone = 0.0
        for page in (*FLOORS, *CROWD, *(["mixed"] if CROWD else [])):
            pages = CROWD if page == "mixed" else (page,)
            for each in pages * 8:
                ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), each)
            alone = read(port, "pages.http_p95", page, options, None if page in FLOORS else LIMIT_MS)
        with slow(port, options.slow):
            read(port, "pages.slow_p95", "mixed", options, 1.5 * alone, slow=options.slow)


def read(port: int, line: str, page: str, options: argparse.Namespace, most: float | None, **also: object) -> float:
    """Let users read a page, print the line of it, return the 95th percentile."""
    waits = sorted(crowd(port, CROWD if page == "mixed" else (page,), options))
    p95 = waits[len(waits) * 95 // 100]
    told = {"page": page, "users": options.users, "p50": round(waits[len(waits) // 2], 1), **also}
    say(line, "ms", [p95], most=most, requests_a_second=round(len(waits) / options.seconds, 1), **told)
    return p95


@contextmanager
def slow(port: int, connections: int) -> Iterator[None]:
    """Hold slow connections, in a process of their own."""
    standing = multiprocessing.Event()
    process = multiprocessing.Process(target=crawl, args=(port, connections, standing), daemon=True)
    process.start()
    try:
        assert standing.wait(60), "the slow connections did not stand"
        yield
        assert process.is_alive(), "the slow connections broke"
    finally:
        process.terminate()
        process.join(20)


def crawl(port: int, connections: int, standing: Any) -> None:
    """Open connections that come to nothing, and each anew as it is cut off."""
    begun, all_stand = 0, asyncio.Event()

    async def one(beginning: bytes) -> None:
        nonlocal begun
        while True:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(beginning)
            begun += 1
            if begun >= connections:
                all_stand.set()
            with suppress(ConnectionError):
                await reader.read()
            writer.close()

    async def every() -> None:
        tasks = [asyncio.create_task(one(BEGINNINGS[number % 3])) for number in range(connections)]
        await all_stand.wait()
        standing.set()
        await asyncio.gather(*tasks)

    asyncio.run(every())


@contextmanager
def web() -> Iterator[int]:
    """Start the web server with the house's own command, but for the application, which has the floors as well."""
    from qilian.web.cli.parts import processes

    with sockets.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QILIAN_VAR"] = folder
        (Path(folder) / "keys").mkdir()
        *command, _application = processes("demo", "127.0.0.1", port)[0].command
        path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
        quiet = {"QILIAN_REQUEST_LOG": "ERROR", "QILIAN_LOG_LEVEL": "CRITICAL"}
        process = subprocess.Popen([*command, "bench.floors:front"], env={**os.environ, **quiet, "PYTHONPATH": path})
        try:
            until_ready(port)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def until_ready(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        try:
            ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/floor/template")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the web server did not start")


def ask(connection: http.client.HTTPConnection, page: str) -> None:
    """Read a page whole."""
    path = page.replace("西宁", "%E8%A5%BF%E5%AE%81")
    connection.request("GET", path, headers={"Accept-Language": "zh-CN"})
    response = connection.getresponse()
    assert response.read() and response.status == 200, (page, response.status)


def crowd(port: int, pages: tuple[str, ...], options: argparse.Namespace) -> list[float]:
    """Let the users of two processes read for some seconds; return the milliseconds of all requests."""
    with multiprocessing.Pool(2) as pool:
        found = pool.starmap(half, [(port, pages, options.users // 2, options.seconds)] * 2)
    return [wait for waits in found for wait in waits]


def half(port: int, pages: tuple[str, ...], users: int, seconds: float) -> list[float]:
    """Some users as threads of one process, each with a connection of its own."""
    waits: list[float] = []
    end = time.perf_counter() + seconds

    def user(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn = number
        while time.perf_counter() < end:
            began = time.perf_counter()
            ask(connection, pages[turn % len(pages)])
            waits.append((time.perf_counter() - began) * 1000)
            turn += 1

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
