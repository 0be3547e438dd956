"""The process above a server: it runs while anyone holds the lease, and stops when the last one lets go, even by death.

A lease is a shared lock on a file; the kernel takes it back from a process that is killed. The guardian tries the
exclusive lock: when it gets it, nobody needs the server any more. What the server says becomes JSON lines in the log.
"""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from io import TextIOWrapper
from pathlib import Path

from qilian.core.machine.processes.living import bare_environment, dies_with_parent
from qilian.core.values import clock

_LEVEL = re.compile(r"^.*? (LOG|WARNING|ERROR|FATAL|PANIC|HINT|DETAIL|STATEMENT|CONTEXT|NOTICE):\s+(.*)$")
_PATIENCE = 60.0
_LAST_WORDS = 5.0


@dataclass(frozen=True, slots=True)
class Order:
    """What a guardian is asked to run, small enough for its command line."""

    command: list[str]
    lease: str
    log: str
    uid: int | None
    gid: int | None

    def written(self) -> str:
        """The order as JSON."""
        return json.dumps(asdict(self))


def spawn(order: Order) -> subprocess.Popen[bytes]:
    """Start a guardian in a session of its own, so that a Ctrl-C on the terminal does not reach it."""
    source = str(Path(__file__).resolve().parents[4])
    return subprocess.Popen(
        [sys.executable, "-m", "qilian.core.machine.processes.guardian", order.written()],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": source},
    )


def main(arguments: list[str]) -> int:
    """Run the server of an order until it ends or nobody needs it; return its exit status."""
    order = Order(**json.loads(arguments[0]))
    asked = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: asked.set())
    server = _serve(order)
    assert server.stdout is not None
    copying = threading.Thread(target=_copy_log, args=(server.stdout, Path(order.log)), daemon=True)
    copying.start()
    with Path(order.lease).open("r+") as lease:
        while server.poll() is None and not asked.is_set() and not _unneeded(lease):
            time.sleep(0.2)
        status = _stop(server)
    copying.join(_LAST_WORDS)  # the reason of a failed start is in the last lines
    return status


def _serve(order: Order) -> subprocess.Popen[str]:
    return subprocess.Popen(
        order.command,
        cwd="/",
        env=bare_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGINT),
        user=order.uid,
        group=order.gid,
        extra_groups=None if order.uid is None else [],
    )


def _unneeded(lease: TextIOWrapper) -> bool:
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stop(server: subprocess.Popen[str]) -> int:
    """Stop by a fast shutdown (SIGINT), at last by an immediate one (SIGQUIT): PostgreSQL recovers from that."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(how)
        try:
            return server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            continue
    return 1


def _copy_log(source: Iterable[str], target: Path) -> None:
    """Copy what a server says, for as long as it speaks: a pipe that nobody empties would stop it.

    What cannot be written, because the disk is full or was taken away, is dropped, counted, and told once it can be.
    """
    lost = 0
    for line in source:
        told = [_entry(target, "warning", f"{lost} lines were lost: the log could not be written")] if lost else []
        try:
            _append(target, [*told, _parsed(target, line)])
        except OSError:
            lost += 1
        else:
            lost = 0


def _parsed(target: Path, line: str) -> str:
    found = _LEVEL.match(line.rstrip("\n"))
    level, message = found.groups() if found else ("LOG", line.rstrip("\n"))
    return _entry(target, level.lower(), message)


def _entry(target: Path, level: str, message: str) -> str:
    entry = {"at": clock.now().isoformat(), "process": target.stem, "level": level, "message": message}
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _append(target: Path, lines: list[str]) -> None:
    """Write lines at the end of a file, opened anew each time so that one that was put aside is let go; all or none."""
    written = "".join(lines).encode()
    with target.open("ab", buffering=0) as log:
        size = log.tell()
        try:
            done = log.write(written)
        except OSError:
            done = 0
        if done != len(written):
            log.truncate(size)
            raise OSError("the log is full")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
