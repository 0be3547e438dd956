"""The processes of a running system: web, worker, sealer; their commands, environments and logs."""

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from qilian.core.machine.processes.api import dies_with_parent
from qilian.web.cli import console, environment

_LOG_LIMIT = 10_000_000
_FILES, _OWN = 8_192, 256
"""Files that a web process may have open, connections among them, and how many of them are its own."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process to keep alive."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    orphaned: signal.Signals = signal.SIGKILL
    """What the kernel sends it when we die: SIGTERM where it has children of its own to end."""

    @property
    def log(self) -> Path:
        """Where it writes JSON lines."""
        return console.var() / "log" / f"{self.name}.log"

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start it as the leader of its own group, bound to our life, writing to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                cwd=console.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(self.orphaned),
            )


def processes(mode: str, host: str, port: int) -> list[Process]:
    """Return the processes of a system that answers at an address."""
    variables = environment.variables(mode, role="app")
    variables["QILIAN_BASE_URL"] = os.environ.get("QILIAN_BASE_URL", url(host, port))
    if "QILIAN_HOSTS" not in os.environ and host not in ("0.0.0.0", "::"):
        variables["QILIAN_HOSTS"] = f"127.0.0.1,localhost,[::1],{host}"
    return [
        Process("web", _web(host, port), variables, orphaned=signal.SIGTERM),
        Process("worker", (sys.executable, "-m", "django", "worker", "--concurrency=2"), variables),
        Process("sealer", (sys.executable, "-m", "django", "seal"), variables),
    ]


def url(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def rotate(process: Process) -> None:
    """Put a log that grew large aside; the one before it goes."""
    if process.log.exists() and process.log.stat().st_size > _LOG_LIMIT:
        process.log.replace(process.log.with_suffix(".log.1"))


def _web(host: str, port: int) -> tuple[str, ...]:
    """Return the command of the web server: a process for each core, so that Python computes on all of them.

    Who sends no whole head in ten seconds, or nothing for as long, is cut off; the rest of a request is for
    `web/front.py` to wait for. A process that dies is replaced while the others go on; the supervisor restarts the
    whole. One protocol is served, which every proxy speaks.
    """
    options = ["--interface=rsgi", "--http=1", f"--host={host}", f"--port={port}", f"--workers={os.cpu_count() or 2}"]
    options += ["--http1-header-read-timeout=10000", "--backlog=4096", f"--backpressure={_connections()}"]
    options += ["--respawn-failed-workers", "--respawn-interval=1", "--workers-kill-timeout=10s"]
    options += ["--no-ws", "--log-level=warning", f"--log-config={_log_config()}"]
    return (sys.executable, "-m", "granian", *options, "qilian.web.wsgi:front")


def _connections() -> int:
    """How many connections a process may hold: as many files as the system lets it open, less those it needs itself.

    The limit is raised here, for all that is started from here: a login shell allows 1,024.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted - _OWN


def _log_config() -> Path:
    """Write granian's own log as JSON lines too."""
    path = console.var() / "run" / "granian.json"
    handler = {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    formatter = {"()": "qilian.web.layout.logs.JsonFormatter"}
    loggers = {
        name: {"handlers": ["console"], "level": "WARNING", "propagate": False} for name in ("_granian", "granian")
    }
    config = {"version": 1, "formatters": {"json": formatter}, "handlers": {"console": handler}, "loggers": loggers}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**config, "disable_existing_loggers": False}))
    return path
