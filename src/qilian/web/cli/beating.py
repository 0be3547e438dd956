"""The signs of life of each web process, which `web/front.py` writes: who shows none is stopped, stuck, or overrun.

One process of several that hangs is not told by asking for a page, which another one answers.
"""

import os
import time
from pathlib import Path

from qilian.core.machine.processes.api import birth
from qilian.core.values.text import whole

PATIENCE = 60.0
"""Seconds without a sign, after which a process is taken for stuck: with those of the front, two minutes at most."""


def silent(folder: Path, group: int, *, now: float | None = None) -> list[int]:
    """Return the processes of a group whose last sign is too old, by the machine's steady clock.

    Marks of processes that are gone are removed. Where no sign can be written just now, nobody is silent by his fault.
    """
    moment = time.monotonic() if now is None else now
    if not _writable(folder):
        return []
    found = []
    for mark in sorted(folder.glob("[0-9]*")):
        pid = whole(mark.name, 10)
        if pid is None or birth(pid) is None:
            mark.unlink(missing_ok=True)
        elif moment - _last(mark, moment) > PATIENCE and _group(pid) == group:
            found.append(pid)
    return found


def _writable(folder: Path) -> bool:
    """Whether a mark could be written: on a disk that is read-only for a moment none can."""
    try:
        probe = folder / "probe"
        probe.touch()
        os.utime(probe)
    except OSError:
        return False
    return True


def _last(mark: Path, now: float) -> float:
    try:
        return mark.stat().st_mtime
    except FileNotFoundError:  # its process ended in this moment
        return now


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0
