"""The sealer is killed in mid-batch again and again: no sequence is lost or given twice, no event is left out."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import Entry, Event, emit_many, event_type, seal
from qilian.core.log.events.models import Seal, SealBatch
from qilian.core.log.proofs.api import verify
from qilian.core.values.text import Ref, Text

KILLS, EVENTS, SEED = 5, 30_000, 20150101
VICTIM = Path(__file__).with_name("sealer_victim.py")


@event_type("test.kill.written", title=Text("写下", "Written"))
@dataclass(frozen=True)
class Written:
    number: int


def start_victim() -> subprocess.Popen[str]:
    database = connection.settings_dict
    command = [sys.executable, str(VICTIM), database["HOST"], database["NAME"]]
    environment = {**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "qilian.web.settings"}
    victim = subprocess.Popen(command, env=environment, cwd=VICTIM.parents[2], stdout=subprocess.PIPE, text=True)
    assert victim.stdout is not None and victim.stdout.readline() == "ready\n"
    return victim


def kill_in_mid_batch(chance: random.Random) -> list[int]:
    """Let a sealer run a moment, kill it, and return how many events it said were sealed."""
    victim = start_victim()
    time.sleep(chance.uniform(0.005, 0.2))
    os.kill(victim.pid, signal.SIGKILL)
    said, _ = victim.communicate(timeout=30)
    return [int(line) for line in said.splitlines() if line.isdigit()]


@pytest.mark.usefixtures("committing")
def test_a_killed_sealer_leaves_a_whole_log() -> None:
    kill_again_and_again(KILLS, SEED)


@pytest.mark.long
@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize("seed", range(3))
def test_a_marathon_of_kills(seed: int) -> None:
    kill_again_and_again(10 * KILLS, seed)


def kill_again_and_again(kills: int, seed: int) -> None:
    for start in range(0, EVENTS, 5_000):
        entries = [Entry(Written(number), Ref("test.kill", "1")) for number in range(start, start + 5_000)]
        emit_many(entries, actor=SYSTEM)
    chance = random.Random(seed)
    for _ in range(kills):
        before = Seal.objects.count()
        said = sum(kill_in_mid_batch(chance))
        time.sleep(0.3)  # the server notices the death and rolls back what was not committed
        assert Seal.objects.count() >= before + said  # what it said is kept
        assert list(Seal.objects.order_by("-sequence").values_list("sequence", flat=True)[:1]) in (
            [],
            [Seal.objects.count() - 1],
        )
    end = time.monotonic() + 60
    while Seal.objects.count() < EVENTS and time.monotonic() < end:
        seal()
    assert Seal.objects.count() == EVENTS == SealBatch.objects.order_by("-id")[0].size
    assert list(Seal.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(EVENTS))
    in_order = Seal.objects.order_by("sequence").values_list("event_id", flat=True)
    assert list(in_order) == list(Event.objects.order_by("transaction", "id").values_list("id", flat=True))
    verdict = verify(start=EVENTS - 5_000)
    assert (verdict.checked, verdict.problem) == (5_000, None)
