"""Kill a verb at any of its statements and see that it is there whole or not at all (DESIGN 9).

A `Step` is one call of one public verb, with what it must leave behind, written by hand. `live_through` lives through
a list of them: each step is begun in a child process again and again and killed there (SIGKILL, no farewell) before
its n-th statement, before its COMMIT, or after its COMMIT and before anybody was told; only then it is done. The
oracle is the client's own list: what was acknowledged is there, what was not is there whole or not at all, compared
row by row over all tables, events and outbox jobs included.

    define = Step("define", lambda: define(actor=SYSTEM, key="a.rate", …), leaves={
        "+core_parameter": 1, "+core_event parameters.parameter.defined": 1})
    live_through([define, propose, approve], kills=3, seed=2015)

Marks are `+table` for a new row, `~table` for a changed one, `-table` for one that went; rows of the log and of the
outbox bear their type or task: `+core_event parameters.value.proposed`, `+procrastinate_jobs people.pinyin`.

`tell_under_kills` does the same to the scenes of any `story.py`: killed scenes must leave nothing, and the story then
goes on to its end. `crashing_server` is a PostgreSQL of one's own: given to `live_through` as `victim`, the server is
killed instead of the client and has to recover.

A step's `run` finds its objects in the database (the child is a fork: it has this process's values, but no connection)
and acts as whom it likes; do not wrap `live_through` itself in `acting`. Tests need the fixture `committing`.
"""

import json
import os
import random
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from qilian.core.house.principal import acting
from qilian.core.machine.postgres.api import OWNER, Cluster, Server, ensure_running, leased, server_pid
from qilian.core.machine.processes.api import birth, wait_until
from qilian.core.offers.stories.api import Cast, Scene, Teller, later
from qilian.core.values.clock import allow_standing, standing_at
from qilian.core.values.text import Refusal
from qilian.web.cli import tables

COMMIT = -1
"""The point before a transaction is committed: all statements were answered, COMMIT was not sent."""
RETURNED = -2
"""The point after the verb returned and before the client was told: everything must be there."""
NEVER = 0
"""No kill: the verb is done and acknowledged."""

_QUIET = ("procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers", "django_session")
_NAMED = {"core_event": "type", "procrastinate_jobs": "task_name"}

Snapshot = Mapping[str, Mapping[str, Mapping[str, object]]]
Strike = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One call of one verb, and the marks that it leaves when it is done (a test's own expectation).

    A verb is one transaction; a worker's step takes one more, in which it finds its queue empty.
    """

    name: str
    run: Callable[[], object]
    leaves: Mapping[str, int]
    transactions: int = 1


@dataclass(frozen=True, slots=True)
class Telling:
    """What a child could say before it died: statements inside transactions, commits, whether the verb returned."""

    statements: int = 0
    commits: int = 0
    acknowledged: bool = False
    error: str = ""


@dataclass(slots=True)
class Lived:
    """What a run went through: the acknowledged steps in order, and the kills as (step, point)."""

    acknowledged: list[str] = field(default_factory=list)
    kills: list[tuple[str, int]] = field(default_factory=list)


def live_through(steps: Sequence[Step], *, kills: int, seed: int, victim: "CrashingServer | None" = None) -> Lived:
    """Do the steps in order, each after being killed before COMMIT and at `kills` random statements of its own.

    About every second step ends with a kill after its COMMIT, unacknowledged; the others are acknowledged. Fails with
    the step, the point and the marks when one is half there, lost, or takes more than one transaction.
    """
    chance, lived = random.Random(seed), Lived()
    for step in steps:
        before = snapshot()
        length = _killed(step, COMMIT, before, lived, victim).statements
        assert length, f"{step.name}: no statement inside a transaction"
        for _ in range(kills):
            _killed(step, chance.randint(1, length), before, lived, victim)
        last = chance.choice((NEVER, RETURNED))
        _done(step, last, before, lived, victim)
    return lived


def tell_under_kills(teller: Teller, *, kills: int, seed: int, start: datetime, cast: Cast) -> Lived:
    """Tell a story to its end; each scene is first begun in a child and killed before COMMIT and at random statements.

    Killed scenes leave no row; lawful refusals are met as always.
    """
    chance, lived = random.Random(seed), Lived()
    story, moment = teller(random.Random(seed)), start
    scene, number = next(story), 0
    try:
        while True:
            moment, number = later(moment, scene.hours), number + 1
            step = Step(f"scene {number} ({scene.actor})", _act_of(scene, moment, cast), {})
            if not scene.refused:
                _kill_scene(step, kills, chance, lived)
            result = step.run()
            lived.acknowledged.append(step.name)
            scene = story.send(result)
    except StopIteration:
        return lived


def attempt(run: Callable[[], object], point: int, strike: Strike | None = None) -> Telling:
    """Run something in a child that dies at a point (a statement's number from 1, COMMIT, RETURNED, or NEVER).

    With `strike` the child calls it instead of dying, and goes on into whatever befalls it.
    """
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(run, _Boundary(point, writing, strike))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        lines = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    assert lines or os.WIFSIGNALED(status), "the child said nothing and was not killed"
    return Telling(**json.loads(lines[-1])) if lines else Telling()


def snapshot() -> Snapshot:
    """Return every row of every table as the server has committed it: table → primary key → row."""
    with _as_superuser() as admin:
        keys = admin.execute(_KEYS).fetchall()
        return {str(table): _rows_of(admin, str(table), list(columns)) for table, columns in keys}


def changes(before: Snapshot, after: Snapshot) -> dict[str, int]:
    """Return how two snapshots differ, as marks with their number."""
    found: Counter[str] = Counter()
    for table, rows in after.items():
        past = before.get(table, {})
        found.update(f"+{_mark(table, row)}" for key, row in rows.items() if key not in past)
        found.update(f"~{_mark(table, row)}" for key, row in rows.items() if key in past and past[key] != row)
        found.update(f"-{_mark(table, row)}" for key, row in past.items() if key not in rows)
    return dict(found)


@dataclass(frozen=True, slots=True)
class CrashingServer:
    """A PostgreSQL that a child may kill, with one of its backends, and that is started again afterwards."""

    cluster: Cluster

    def strike(self) -> None:
        """Kill this connection's backend and the postmaster, without a word to either."""
        backend, server = connection.connection.info.backend_pid, server_pid(self.cluster.var, self.cluster.name)
        for pid in (server, backend):
            if pid is not None:
                os.kill(pid, signal.SIGKILL)

    def recover(self, born: str | None) -> None:
        """Start it again once it is gone; it replays its log."""
        assert wait_until(lambda: self.birth() != born, 20)
        ensure_running(self.cluster, lambda _words: None)

    def birth(self) -> str | None:
        """What tells this run of the server from another; None when it does not run."""
        pid = server_pid(self.cluster.var, self.cluster.name)
        return None if pid is None else birth(pid)


@contextmanager
def crashing_server() -> Iterator[CrashingServer]:
    """Have a server of one's own, safe as in service (fsync, synchronous commit), with the tables of the house.

    Django's connection points at it for the block, as qilian_app. Needs `django_db_blocker.unblock()`.
    """
    before = dict(connection.settings_dict)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder) / "var", name="crashing", trusting=True, options={"max_connections": "20"})
        with leased(cluster, lambda _words: None) as server:
            try:
                _furnish(server)
                yield CrashingServer(cluster)
            finally:
                connection.close()
                connection.settings_dict.update(before)


_KEYS = """
    SELECT relname, array_agg(attname ORDER BY attnum) FROM pg_class
    JOIN pg_index ON indrelid = pg_class.oid AND indisprimary
    JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = ANY (indkey)
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') GROUP BY relname ORDER BY relname"""


class _Boundary:
    """Counts the statements of a child's transactions and lets it die at its point."""

    def __init__(self, point: int, told: int, strike: Strike | None) -> None:
        self.point, self.statements, self.commits = point, 0, 0
        self._told, self._strike = told, strike

    def __call__(self, execute: Callable[..., object], *statement: object) -> object:
        if connection.in_atomic_block:
            self.statements += 1
            if self.statements == self.point:
                self.end()
        return execute(*statement)

    def at_commit(self, commit: Callable[[], object]) -> object:
        if self.point == COMMIT:
            self.end()
        self.commits += 1
        return commit()

    def end(self) -> None:
        """Say how far it came, then die, or strike at whom the test means."""
        self.say()
        self.point = NEVER
        if self._strike is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            self._strike()

    def say(self, *, acknowledged: bool = False, error: str = "") -> None:
        words = {
            "statements": self.statements,
            "commits": self.commits,
            "acknowledged": acknowledged,
            "error": error,
        }
        os.write(self._told, f"{json.dumps(words)}\n".encode())


def _live(run: Callable[[], object], boundary: _Boundary) -> None:
    """The child's life: it ends in its point, or in `os._exit` without the habits of the process it was forked from."""
    commit = connection._commit
    connection._commit = lambda: boundary.at_commit(commit)
    try:
        with connection.execute_wrapper(boundary):
            run()
        if boundary.point == RETURNED:
            boundary.end()
        boundary.say(acknowledged=True)
    except BaseException as error:  # the parent hears of everything, and judges
        boundary.say(error=f"{type(error).__name__}: {error}")
    finally:
        os._exit(0)


def _killed(step: Step, point: int, before: Snapshot, lived: Lived, victim: CrashingServer | None) -> Telling:
    """Begin a step and kill before its end: nothing may be there."""
    telling = _attempt(step, point, victim)
    lived.kills.append((step.name, point))
    where = f"{step.name}, killed at {'COMMIT' if point == COMMIT else f'statement {point}'}"
    assert not telling.acknowledged, f"{where}: it was acknowledged, {telling}"
    assert victim or not telling.error, f"{where}: {telling.error}"
    found = changes(before, snapshot())
    assert found == {}, f"{where}: {found} are there"
    return telling


def _done(step: Step, point: int, before: Snapshot, lived: Lived, victim: CrashingServer | None) -> None:
    """Do a step to its end, or kill right behind it: everything must be there, from one transaction."""
    telling = _attempt(step, point, victim)
    assert not telling.error, f"{step.name}: {telling.error}"
    assert telling.commits == step.transactions, f"{step.name} takes {telling.commits} transactions"
    found = changes(before, snapshot())
    assert found == dict(step.leaves), f"{step.name} left {found}, not {dict(step.leaves)}"
    if point == NEVER:
        assert telling.acknowledged, f"{step.name} was not acknowledged"
        lived.acknowledged.append(step.name)
    else:
        lived.kills.append((step.name, point))


def _attempt(step: Step, point: int, victim: CrashingServer | None) -> Telling:
    if victim is None or point == NEVER:
        return attempt(step.run, point)
    born = victim.birth()
    telling = attempt(step.run, point, victim.strike)
    victim.recover(born)
    return telling


def _kill_scene(step: Step, kills: int, chance: random.Random, lived: Lived) -> None:
    before = snapshot()
    telling = attempt(step.run, COMMIT)
    if telling.acknowledged or not telling.statements:
        return  # a scene that only reads
    assert not telling.error, f"{step.name}: {telling.error}"
    lived.kills.append((step.name, COMMIT))
    for _ in range(kills):
        _killed(step, chance.randint(1, telling.statements), before, lived, None)


def _act_of(scene: Scene, moment: datetime, cast: Cast) -> Callable[[], object]:
    def act() -> object:
        with allow_standing(), standing_at(moment), acting(cast(scene.actor)) as principal:
            try:
                return scene.act(principal)
            except Refusal as refusal:
                assert refusal.code == scene.refused, f"{refusal.code}, expected {scene.refused!r}"
                return refusal

    return act


def _mark(table: str, row: Mapping[str, object]) -> str:
    return f"{table} {row[_NAMED[table]]}" if table in _NAMED else table


def _rows_of(admin: "psycopg.Connection[tuple[object, ...]]", table: str, keys: Sequence[str]) -> dict[str, object]:
    if table in _QUIET:
        return {}
    rows = admin.execute(sql.SQL("SELECT to_jsonb(t) FROM {} AS t").format(sql.Identifier(table))).fetchall()
    return {json.dumps([row[key] for key in keys]): row for (row,) in rows}


def _as_superuser() -> "psycopg.Connection[tuple[object, ...]]":
    place = connection.settings_dict
    return psycopg.connect(host=place["HOST"], user="postgres", dbname=place["NAME"], autocommit=True)


def _furnish(server: Server) -> None:
    """Make roles, database and tables on a fresh server, and point Django's connection at it."""
    socket, name = str(server.place.socket), "crashing"
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        for role in (OWNER, "qilian_app"):
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        owner = sql.Identifier(OWNER)
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), owner))
    for role in (OWNER, "qilian_app"):
        connection.close()
        connection.settings_dict.update(HOST=socket, NAME=name, USER=role, PASSWORD="", PORT="")
        if role == OWNER:
            tables.lay()
