"""`./qilian` as a person uses it: up, killed parts, a second up, a port that is taken, status, down, backup."""

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from qilian.core.machine.processes.api import birth, wait_until

State = dict[str, int]


class House:
    """A checkout's command line with a `var` and a port of its own; it remembers every process it ever saw."""

    def __init__(self, root: Path, var: Path) -> None:
        self.root, self.var, self.port = root, var, _free_port()
        self.seen: dict[int, str | None] = {}
        self.process: subprocess.Popen[str] | None = None
        hidden = {"DATABASE_URL", "DATABASE_OWNER_URL", "QILIAN_TEST_SOCKET", "QILIAN_TEST_DB", "QILIAN_MODE"}
        kept: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in hidden}
        self.environment = {**kept, "QILIAN_VAR": str(var), "LC_ALL": "C.UTF-8", "PYTHONPATH": str(root / "src")}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, in the environment of the tests."""
        return subprocess.run(
            [sys.executable, "-m", "qilian.web.cli", *words],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )

    def up(self) -> list[str]:
        """Start the demonstration and return what it answers once it is ready."""
        log = (self.var.parent / "progress.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qilian.web.cli", "up", "--port", str(self.port)],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line.strip())
            if "Ctrl-C" in line:
                break
        progress = (self.var.parent / "progress.log").read_text()
        assert lines and lines[-1].endswith("everything."), progress[-3000:]
        self.state()
        return lines

    def state(self) -> State:
        """Return the living processes by name, and remember them."""
        told = json.loads(self.run("status", "--json").stdout)
        system = told["systems"]["demo"]
        found = {name: int(child["pid"]) for name, child in system.get("processes", {}).items() if child["alive"]}
        found |= {"postgres": int(told["postgres"])} if told["postgres"] else {}
        found |= {"supervisor": int(system["supervisor"])} if system["running"] else {}
        self.seen |= {pid: birth(pid) for pid in found.values() if pid not in self.seen}
        return found

    def healthy(self) -> bool:
        """Tell whether the health page answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def left(self) -> list[int]:
        """Return the processes ever seen that still live."""
        return [pid for pid, born in self.seen.items() if born is not None and birth(pid) == born]

    def interrupt(self) -> int:
        """Press Ctrl-C and wait for the end."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(90)


@pytest.fixture(scope="module")
def house(root: Path) -> Iterator[House]:
    """Make a house below a folder that a service account may pass: pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = House(root, Path(folder) / "var")
        yield made
        made.run("down")
        if made.process is not None:
            with contextlib.suppress(ProcessLookupError):
                made.process.kill()
            made.process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _for_others(path: Path) -> bool:
    """Whether another account may read, write or enter, as far as the path's own mode goes; witnesses may."""
    mode = path.lstat().st_mode
    mine = path.is_symlink() or stat.S_ISSOCK(mode) or "witness" in path.parts
    return not mine and bool(mode & 0o077)


def _is_there(house: House, name: str) -> Callable[[], bool]:
    return lambda: name in house.state()


def _comes_back(house: House, name: str, old: int) -> Callable[[], bool]:
    return lambda: house.state().get(name, old) != old and house.healthy()


def test_up_is_ready_and_what_is_killed_comes_back(house: House) -> None:
    assert house.up()[0] == f"http://127.0.0.1:{house.port}/"
    assert wait_until(house.healthy, 60, step=0.2)
    for name in ("web", "worker", "sealer", "postgres"):
        assert wait_until(_is_there(house, name), 30, step=0.2), name
        pid = house.state()[name]
        os.kill(pid, signal.SIGKILL)
        assert wait_until(_comes_back(house, name, pid), 60, step=0.2), name
    open_to_others = [str(path) for path in house.var.rglob("*") if _for_others(path)]
    assert open_to_others == [] and house.var.stat().st_mode & 0o066 == 0


def test_a_second_one_and_a_taken_port_are_told_in_a_sentence(house: House) -> None:
    second = house.run("up", "--port", str(house.port))
    assert (second.returncode, second.stdout) == (2, "") and "running already" in second.stderr
    taken = house.run("start", "--port", str(house.port))
    assert taken.returncode == 2 and f"Port {house.port} is used" in taken.stderr and "--port" in taken.stderr


def test_a_backup_comes_back_with_the_same_counts(house: House) -> None:
    target = house.var.parent / "backup.tar"
    assert house.run("backup", str(target)).stdout.strip() == str(target)
    assert target.stat().st_mode & 0o077 == 0
    refused = house.run("restore", str(target), "--yes")
    assert refused.returncode == 2 and "running" in refused.stderr
    assert house.interrupt() == 0
    restored = house.run("restore", str(target), "--yes")
    assert restored.returncode == 0 and "Restored" in restored.stdout, restored.stderr
    again = house.var.parent / "again.tar"
    house.run("backup", str(again))
    counts = _counts(again)
    assert _business(counts) == _business(_counts(target)) and counts["core_seal"] == counts["core_event"]


def test_a_backup_without_the_keys_of_personal_data_needs_them_back(house: House) -> None:
    target, keys, ring = (
        house.var.parent / "bare.tar",
        house.var.parent / "k.json",
        house.var / "keys/privacy-demo.json",
    )
    assert house.run("backup", str(target), "--keys-apart", str(keys)).returncode == 0
    with tarfile.open(target) as tar:
        assert not any("privacy" in name for name in tar.getnames())
    assert keys.stat().st_mode & 0o077 == 0 and json.loads(keys.read_text()) == json.loads(ring.read_text())
    ring.unlink()
    refused = house.run("restore", str(target), "--yes")
    assert refused.returncode == 2 and "--keys" in refused.stderr, refused.stderr
    restored = house.run("restore", str(target), "--keys", str(keys), "--yes")
    assert restored.returncode == 0 and ring.exists(), restored.stderr


def test_after_restore_and_upgrade_the_log_goes_on(house: House) -> None:
    upgraded = house.run("upgrade")
    assert upgraded.returncode == 0 and "Upgraded" in upgraded.stdout, upgraded.stderr
    house.up()
    assert wait_until(house.healthy, 60, step=0.2)


def test_a_killed_supervisor_leaves_nothing_for_long(house: House) -> None:
    assert house.healthy()
    os.kill(house.state()["supervisor"], signal.SIGKILL)
    assert house.process is not None
    house.process.wait(10)
    house.run("down")
    assert wait_until(lambda: house.left() == [], 30)


def test_ctrl_c_stops_all_it_started(house: House) -> None:
    house.up()
    assert house.interrupt() == 0
    assert house.left() == []
    assert house.run("status").returncode == 1


def test_reset_asks_and_then_removes(house: House) -> None:
    unasked = house.run("reset")
    assert unasked.returncode == 2 and "--yes" in unasked.stderr
    assert house.run("reset", "--yes").returncode == 0
    assert "no database here yet" in house.run("backup").stderr


def test_an_unknown_word_is_guessed(house: House) -> None:
    asked = house.run("statsu")
    assert (asked.returncode, asked.stdout) == (2, "") and "./qilian status" in asked.stderr


def _business(counts: dict[str, int]) -> dict[str, int]:
    """Everything but the seals: a restore seals what waited when the backup was made, and adds its own step."""
    return {table: rows for table, rows in counts.items() if "core_seal" not in table}


def _counts(path: Path) -> dict[str, int]:
    with tarfile.open(path) as tar:
        member = tar.extractfile("manifest.json")
        assert member is not None
        return json.loads(member.read())["counts"]
