"""Writers, the sweep, the web process and PostgreSQL are killed while money moves: nothing is lost or doubled."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from socket import socket
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import Error, connection
from tests.sim.killing import CrashingServer, crashing_server

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import body_of
from qilian.core.machine.postgres.api import ensure_running, server_pid
from qilian.core.rights.grants.api import Scope, grant
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.people.api import Person, register_person
from qilian.engines.ledger.book.api import (
    YUAN,
    Account,
    Batch,
    Entry,
    Transfer,
    accounts,
    balance,
    event_of,
    hold,
    open_account,
    post,
    register_asset,
)
from qilian.engines.ledger.book.events import BatchPosted
from qilian.engines.ledger.book.kernel import root_of
from qilian.engines.ledger.book.proving import leaves_of
from qilian.engines.ledger.checking.api import reconcile

SEED, KILLS, WRITERS, PEOPLE, EACH = 20150101, 6, 3, 6, 100_000
VICTIM = Path(__file__).with_name("ledger_victim.py")
CSRF = "c" * 32


@dataclass
class Life:
    """One process that may be killed, and the file of what it said."""

    mode: str
    seed: str
    notes: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        place = connection.settings_dict
        command = [sys.executable, str(VICTIM), self.mode, place["HOST"], place["NAME"], self.seed, str(self.notes)]
        environment = {**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "qilian.web.settings"}
        self.process = subprocess.Popen(command, env=environment, cwd=VICTIM.parents[2])

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def said(self) -> list[str]:
        return self.notes.read_text().split() if self.notes.exists() else []


@dataclass
class Client(threading.Thread):
    """Somebody who pays over HTTP, asks again with the same key until he is answered, and keeps the list."""

    port: int
    cookie: str
    pair: tuple[Account, Account]
    acknowledged: list[str] = field(default_factory=list)
    over: bool = False

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        number = 0
        while not self.over:
            key, (a, b) = f"web/{number}", self.pair[:: 1 if number % 2 else -1]
            body = {"credit": b.code, "amount": f"0.0{1 + number % 7}", "key": key, "words": "付款"}
            status = self.ask(a, body)
            if status == 201:
                self.acknowledged.append(key)
            if status in (201, 422):
                number += 1
            else:
                time.sleep(0.05)

    def ask(self, payer: Account, body: dict[str, Any]) -> int:
        """Send one request; 0 when nobody answered."""
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"sessionid={self.cookie}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
        }
        with suppress(OSError, http.client.HTTPException):
            ask = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            ask.request("POST", f"/api/v1/ledger/accounts/{payer.code}/transfer", json.dumps(body), headers)
            return ask.getresponse().status
        return 0


def people() -> list[Account]:
    """An asset, a world outside, people with money, and one hold of each that is due while everybody dies."""
    cny = register_asset(actor=SYSTEM, spec=YUAN)
    world = open_account(actor=SYSTEM, owner=Ref("world", "w"), asset=cny, title=Text("外", "Out"), rule="free")
    found = [
        open_account(
            actor=SYSTEM, owner=Ref("party", str(n)), asset=cny, title=Text(f"户{n}", f"No. {n}"), unit="qh-czt"
        )
        for n in range(PEOPLE)
    ]
    post(actor=SYSTEM, entries=[Entry(debit=world, credit=each, amount=EACH) for each in found])
    due = clock.now() + timedelta(seconds=2)
    for n in range(60):
        giver, taker = found[n % PEOPLE], found[(n + 1) % PEOPLE]
        hold(actor=SYSTEM, debit=giver, credit=taker, amount=5, due=due + timedelta(milliseconds=20 * n))
    return found


def session_of(person: Person) -> str:
    """Sign somebody in as the web would, and return the cookie."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(folder: Path) -> Iterator[tuple[list[Life], Client]]:
    """Let writers, the sweep and the web process live, and a client pay over HTTP; nobody outlives the block."""
    found = people()
    payer = register_person(actor=SYSTEM, login="payer", name="付款人")
    grant(actor=SYSTEM, person=payer.pk, actions=["ledger.post"], scope=Scope(unit="qh-czt"))
    client = Client(free_port(), session_of(payer), (found[0], found[1]))
    lives = [Life("writer", f"w{n}", folder / f"w{n}") for n in range(WRITERS)]
    lives += [Life("sweeper", "s", folder / "s"), Life("web", str(client.port), folder / "web")]
    for life in lives:
        life.start()
    client.start()
    try:
        yield lives, client
    finally:
        client.over = True
        for life in lives:
            life.kill()
        client.join(30)


def crash(server: CrashingServer) -> None:
    """Kill PostgreSQL without a word and bring it back: it replays its log."""
    connection.close()
    born, pid = server.birth(), server_pid(server.cluster.var, server.cluster.name)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 60
    while True:
        with suppress(Refusal, Error, OSError, AssertionError):
            server.recover(born)
            ensure_running(server.cluster, lambda _words: None)
            return
        assert time.monotonic() < end, "the server did not come back"
        time.sleep(0.2)


def live_and_die(folder: Path, server: CrashingServer, *, kills: int, seed: int) -> dict[str, int]:
    """Kill by turns somebody of each kind; return how often, and hold the book to what was acknowledged."""
    chance, struck = Random(seed), dict.fromkeys(("writer", "sweeper", "web", "postgres"), 0)
    with running(folder) as (lives, client):
        _wait(lambda: all(life.said() for life in lives) and bool(client.acknowledged))
        for number in range(kills):
            time.sleep(chance.uniform(0.2, 0.8))
            kind = list(struck)[number % 4]
            struck[kind] += 1
            if kind == "postgres":
                crash(server)
                continue
            life = chance.choice([each for each in lives if each.mode == kind])
            life.kill()
            if kind == "writer":
                life.seed += "'"
            life.start()
        told = [len(life.said()) for life in lives], len(client.acknowledged)
        _wait(lambda: len(client.acknowledged) > told[1] and len(lives[0].said()) > told[0][0])
    writers = [key for life in lives if life.mode == "writer" for key in life.said()]
    judge(writers + client.acknowledged)
    log = {"kills": struck, "acknowledged": {"verbs": len(writers), "http": len(client.acknowledged)}}
    sys.stdout.write(json.dumps(log | {"rows": Transfer.objects.count(), "lost": 0, "twice": 0}) + "\n")
    return struck


def judge(acknowledged: list[str]) -> None:
    """What was acknowledged is there, once; the totals are constant; every row is covered by its batch's event."""
    assert len(set(acknowledged)) == len(acknowledged)
    rows = Transfer.objects.exclude(key="")
    assert set(acknowledged) <= set(rows.values_list("key", flat=True))
    found = list(accounts().exclude(owner="world:w"))
    assert sum(balance(row).balance for row in found) == PEOPLE * EACH
    assert reconcile(actor=SYSTEM).sound
    for batch in Batch.objects.order_by("pk"):
        row = Transfer.objects.filter(batch=batch).select_related("batch").first()
        assert row is not None, "a batch without rows"
        body = body_of(event_of(row))
        assert isinstance(body, BatchPosted)
        leaves = leaves_of(row)
        assert len(leaves) == batch.rows == body.rows and root_of(leaves) == bytes(batch.root) == body.root
    chains = Transfer.objects.filter(key__endswith="+").values_list("key", flat=True)
    assert set(rows.filter(key__in=[key[:-1] for key in chains]).values_list("key", flat=True)) == {
        key[:-1] for key in chains
    }


def _wait(condition: Any) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end, "nobody gets anywhere"
        time.sleep(0.05)


def test_killed_writers_sweep_web_and_server_lose_nothing(tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), crashing_server() as server:
        struck = live_and_die(tmp_path, server, kills=KILLS, seed=SEED)
    assert min(struck.values()) >= 1


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_a_marathon_of_kills_loses_nothing(seed: int, tmp_path: Path, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), crashing_server() as server:
        struck = live_and_die(tmp_path, server, kills=20 * KILLS, seed=seed)
    assert min(struck.values()) >= 20
