"""A disk that is full for a while, really: a small file system in memory, filled to the last byte."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e.launcher.test_up import House

from qilian.core.machine.processes.api import wait_until

SIZE = 900
"""Megabytes: enough for the demonstration and some more."""


@pytest.fixture
def house(root: Path) -> Iterator[House]:
    """A house whose `var` is a file system of its own, which only the machine's administrator can make."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        var = Path(folder) / "var"
        var.mkdir()
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "tmpfs", str(var)],
            capture_output=True,
            check=False,
        )
        if made.returncode:
            pytest.skip("no file system can be mounted here")
        found = House(root, var)
        try:
            yield found
        finally:
            found.run("down")
            if found.process is not None:
                with contextlib.suppress(ProcessLookupError):
                    found.process.kill()
                found.process.wait(30)
            subprocess.run(["umount", "--lazy", str(var)], check=True)


def fill(var: Path) -> Path:
    """Take every byte that is left."""
    file = var / "filled"
    with file.open("wb", buffering=0) as filling, contextlib.suppress(OSError):
        while True:
            filling.write(b"\0" * 65536)
    with file.open("ab", buffering=0) as filling, contextlib.suppress(OSError):
        while True:
            filling.write(b"\0")
    return file


@pytest.mark.long
def test_what_dies_on_a_full_disk_comes_back_with_the_room(house: House) -> None:
    """The database is killed when nothing can be written: it cannot start, however often it is tried, until it can."""
    assert house.up()
    assert wait_until(house.healthy, 120, step=0.5)
    filled = fill(house.var)
    for name in ("postgres", "worker"):
        os.kill(house.state()[name], signal.SIGKILL)
    time.sleep(45)  # longer than five tries take, after which all of it once ended
    assert house.process is not None and house.process.poll() is None, "the supervisor lives"
    assert not house.healthy()
    filled.unlink()
    assert wait_until(house.healthy, 120, step=0.5)
    assert wait_until(lambda: {"web", "worker", "sealer", "postgres"} <= set(house.state()), 60, step=0.5)
    assert (house.var / "log" / "postgres.log").read_text().strip().endswith("}"), "the log goes on by whole lines"
