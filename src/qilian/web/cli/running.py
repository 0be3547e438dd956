"""What runs, written down: one file per mode, true by process number and birth, so that anyone can find and end it."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from qilian.core.machine.processes.api import birth, end, group_members, wait_until
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console


@dataclass(frozen=True, slots=True)
class Born:
    """A process by number and birth."""

    pid: int
    birth: str

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        return birth(self.pid) == self.birth


@dataclass(frozen=True, slots=True)
class Running:
    """A system as its supervisor last wrote it down; `falls` counts those in a row of processes that did not settle."""

    supervisor: Born
    url: str
    children: dict[str, Born] = field(default_factory=dict)
    falls: dict[str, int] = field(default_factory=dict)


def read(mode: str) -> Running | None:
    """Return what was written down, whether it still runs or not."""
    try:
        written = json.loads(_path(mode).read_text())
        children = {name: Born(**child) for name, child in written["children"].items()}
        return Running(Born(**written["supervisor"]), written["url"], children, dict(written.get("falls", {})))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(mode: str, running: Running | None) -> None:
    """Write down what runs; None when all was stopped."""
    if running is None:
        _path(mode).unlink(missing_ok=True)
        return
    fresh = _path(mode).with_suffix(".new")
    fresh.write_text(json.dumps(asdict(running)))
    fresh.replace(_path(mode))


@contextmanager
def only_one(mode: str) -> Iterator[None]:
    """Be the one supervisor of a mode; refuses with the address of the other. The kernel frees it when we die."""
    lock = console.var() / "run" / f"{mode}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already(read(mode)) from None
        yield


def end_orphans(mode: str) -> list[str]:
    """End what a killed supervisor left behind, group by group; return the names of what was found."""
    known = read(mode)
    if known is None or known.supervisor.alive:
        return []
    left = [name for name, child in known.children.items() if end_group(child)]
    write(mode, None)
    return left


def end_group(child: Born, *, patience: float = 10.0) -> bool:
    """End a process with its group, also when the leader is gone and its own children are not; False when none was.

    The system gives no number to a new process while a group of that number lives, so a group without its leader
    is still the child's; a leader of another birth is somebody else's.
    """
    if birth(child.pid) not in (None, child.birth):
        return False
    members = {pid: birth(pid) for pid in group_members(child.pid)}
    end(child.pid, born=child.birth, patience=patience)
    for pid, born in members.items():
        end(pid, born=born, patience=2.0)
    return bool(members)


def stop(mode: str) -> bool:
    """Stop the supervisor of a mode as Ctrl-C would, wait for it, and end what it could not; False when none ran."""
    known = read(mode)
    if known is None:
        return False
    if known.supervisor.alive:
        end(known.supervisor.pid, born=known.supervisor.birth, patience=60.0)
        wait_until(lambda: not known.supervisor.alive, 5.0)
        end_orphans(mode)
        return True
    return bool(end_orphans(mode))


def refuse_while(mode: str) -> None:
    """Refuse to touch a system that is running: nothing is stopped silently."""
    known = read(mode)
    if known is not None and known.supervisor.alive:
        raise Refusal(
            "cli.running",
            Text(f"系统正在运行：{known.url}", f"The system is running: {known.url}"),
            where=known.url,
            remedy=Text("请先运行 ./qilian down。", "Run ./qilian down first."),
        )


def _path(mode: str) -> Path:
    return console.var() / "run" / f"{mode}.json"


def _already(other: Running | None) -> Refusal:
    where = other.url if other else "?"
    return Refusal(
        "up.running",
        Text(f"已经在运行：{where}", f"It is running already: {where}"),
        where=where,
        remedy=Text("要停止它：./qilian down。", "To stop it: ./qilian down."),
    )
