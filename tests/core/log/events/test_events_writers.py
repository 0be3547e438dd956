"""Eight writers, long transactions and rollbacks beside a sealer and a reader: no row is skipped or out of order."""

import random
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import Entry, emit_many, sealed
from qilian.core.log.proofs.api import verify
from qilian.core.management.commands.seal import run_sealer
from qilian.core.values.text import Ref

WRITERS, ROUNDS = 8, 30


class Abandoned(Exception):
    """A writer changed his mind."""


def write(writer: int, done: type, kept: list[int]) -> None:
    chance = random.Random(writer)
    try:
        for number in range(ROUNDS):
            body = writer * 1000 + number
            try:
                with transaction.atomic():
                    emit_many([Entry(done(body), Ref("test.writer", str(writer)))] * 3, actor=SYSTEM)
                    time.sleep(chance.choice((0, 0, 0.001, 0.01, 0.08)))
                    if chance.random() < 0.2:
                        raise Abandoned
                    emit_many([Entry(done(body), Ref("test.writer", str(writer)))], actor=SYSTEM)
                kept += [body] * 4
            except Abandoned:
                continue
    finally:
        connection.close()


def read(stop: threading.Event, heard: list[tuple[int, int]]) -> None:
    last = -1
    try:
        while True:
            ending = stop.is_set()
            for event in sealed(after=last):
                last = event.seal.sequence
                heard.append((last, event.data["count"]))
            if ending:
                return
            time.sleep(0.005)
    finally:
        connection.close()


def run_and_close(stop: threading.Event) -> None:
    try:
        run_sealer(stop=stop, pause=0.002)
    finally:
        connection.close()


@pytest.mark.usefixtures("committing", "own_keys")
def test_no_reader_skips_a_row(done: type, seal_all: Callable[..., int]) -> None:
    stop_sealer, stop_reader = threading.Event(), threading.Event()
    kept: list[int] = []
    heard: list[tuple[int, int]] = []
    sealer = threading.Thread(target=run_and_close, args=(stop_sealer,))
    reader = threading.Thread(target=read, args=(stop_reader, heard))
    writers = [threading.Thread(target=write, args=(number, done, kept)) for number in range(WRITERS)]
    for thread in (sealer, reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop_sealer.set()
    sealer.join()
    seal_all()
    stop_reader.set()
    reader.join()
    assert [sequence for sequence, _ in heard] == list(range(len(kept)))
    assert sorted(body for _, body in heard) == sorted(kept)
    for writer in range(WRITERS):
        told = [body for _, body in heard if body // 1000 == writer]
        assert told == sorted(told)
    assert verify().sequence is None


@pytest.mark.usefixtures("committing", "own_keys")
def test_a_row_in_flight_holds_back_what_came_after_it(done: type, seal_all: Callable[..., int]) -> None:
    inside, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            emit_many([Entry(done(1), Ref("test.writer", "slow"))], actor=SYSTEM)
            inside.set()
            may_commit.wait(30)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    inside.wait(30)
    emit_many([Entry(done(2), Ref("test.writer", "quick"))], actor=SYSTEM)
    stop = threading.Event()
    run_sealer(stop=stop, pause=0.01, told=lambda sealed: stop.set() if sealed == 0 else None)
    assert not sealed().exists()
    may_commit.set()
    thread.join()
    seal_all()
    assert [event.data["count"] for event in sealed()] == [1, 2]
