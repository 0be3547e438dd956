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
    with target.open("a", encoding="utf-8") as log:
        for line in source:
            found = _LEVEL.match(line.rstrip("\n"))
            level, message = found.groups() if found else ("LOG", line.rstrip("\n"))
            entry = {"at": clock.now().isoformat(), "process": target.stem, "level": level.lower(), "message": message}
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")
            log.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
