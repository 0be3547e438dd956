"""The worker as a process: told to end it finishes what it does; killed, its work is done by the next one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from tests.house.source import ROOT

from qilian.core.log.outbox.api import later, queued, rescue

VICTIM = Path(__file__).with_name("worker_victim.py")


@contextmanager
def worker(seen: Path) -> Iterator[subprocess.Popen[bytes]]:
    database = connection.settings_dict
    command = [sys.executable, str(VICTIM), database["HOST"], database["NAME"], str(seen)]
    environment = {**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "qilian.web.settings"}
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(seen: Path, words: str) -> None:
    end = time.monotonic() + 60
    while not seen.exists() or seen.read_text() != words:
        assert time.monotonic() < end, f"the worker did not get to {words!r}"
        time.sleep(0.05)


@pytest.mark.usefixtures("committing")
def test_a_worker_told_to_end_finishes_its_job(tmp_path: Path) -> None:
    later("test.slow", seconds=1.5)
    seen = tmp_path / "seen"
    with worker(seen) as process:
        wait_for(seen, "begun\n")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert seen.read_text() == "begun\ndone\n" and not queued().filter(task_name="test.slow").exists()


@pytest.mark.usefixtures("committing")
def test_what_a_killed_worker_did_is_done_again(tmp_path: Path) -> None:
    later("test.slow", seconds=0.5)
    seen = tmp_path / "seen"
    with worker(seen) as process:
        wait_for(seen, "begun\n")
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    assert queued().get(task_name="test.slow").status == "doing"
    assert rescue(silent_seconds=0) == 1
    with worker(seen) as process:
        wait_for(seen, "begun\nbegun\ndone\n")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert not queued().filter(task_name="test.slow").exists()
