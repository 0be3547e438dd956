"""Processes by number and birth: a number alone may by now belong to somebody else."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def birth(pid: int) -> str | None:
    """Return when a process began, in words that stay the same for its life; None when it is gone or a zombie."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return None if Path("/proc/self/stat").exists() else _birth_by_ps(pid)
    return None if fields[0] == "Z" else fields[19]  # field 22 of proc_pid_stat(5), counted after the name


def _birth_by_ps(pid: int) -> str | None:
    listed = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.strip() or None


def command_line(pid: int) -> str:
    """Return a process's command line, empty when it is gone or cannot be seen."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return listed.stdout.strip()


def group_members(group: int) -> list[int]:
    """Return the living processes of a process group (Linux; elsewhere the leader alone)."""
    members = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[2] == str(group) and fields[0] != "Z":
            members.append(int(entry.parent.name))
    return members


def end(pid: int, *, born: str | None, patience: float = 10.0, first: signal.Signals = signal.SIGTERM) -> bool:
    """Ask a process to stop, wait, then kill it; nothing is sent when `born` says that the number has a new owner."""
    for how, wait in ((first, patience), (signal.SIGKILL, 2.0)):
        if born is None or birth(pid) != born:
            return True
        send(pid, how)
        if wait_until(lambda: birth(pid) != born, wait):
            return True
    return False


def send(pid: int, how: signal.Signals, *, group: bool = False) -> None:
    """Send a signal to a process or its group; a process that is gone is no error."""
    try:
        (os.killpg if group else os.kill)(pid, how)
    except (ProcessLookupError, PermissionError):
        return


def wait_until(done: Callable[[], bool], seconds: float, *, step: float = 0.05) -> bool:
    """Wait until a condition holds, at most some seconds; return whether it does."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(step)
    return True


def dies_with_parent(how: signal.Signals) -> Callable[[], None]:
    """Return what a child calls before it begins, so that the kernel ends it with its parent (Linux, prctl(2))."""
    parent = os.getpid()

    def ask() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        if os.getppid() != parent:  # the parent died in between
            os._exit(1)

    return ask


def bare_environment() -> dict[str, str]:
    """Return an environment for a foreign server: nothing of ours leaks into it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
