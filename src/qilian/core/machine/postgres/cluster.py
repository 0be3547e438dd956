"""A cluster of our own: made once, started when somebody needs it, stopped when nobody does."""

import fcntl
import json
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from qilian.core.machine.postgres import host, kernel, place
from qilian.core.machine.postgres.place import Place
from qilian.core.machine.postgres.sentences import last_lines, refusal
from qilian.core.machine.processes import api as processes
from qilian.core.values.text import Text

Say = Callable[[Text], None]
_TRIES = 20
_START_SECONDS = 600.0  # recovery of a large database takes its time; progress is shown meanwhile


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster of `var`: its name, whether strangers on the socket need a password, and its server's settings."""

    var: Path
    name: str = "postgres"
    trusting: bool = False
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """JSON lines of the server."""
        return self.var / "log" / f"{self.name}.log"

    @property
    def lease(self) -> Path:
        """The file whose shared lock says that somebody needs the server."""
        return self.var / "run" / f"{self.name}.lease"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `guardian` is its keeper when this process started it."""

    place: Place
    guardian: subprocess.Popen[bytes] | None

    @property
    def running(self) -> bool:
        """Whether the server takes connections at this moment."""
        return is_running(self.place)


def own(var: Path) -> Cluster:
    """Return the cluster of a checkout, which holds the demonstration and the real database side by side."""
    return Cluster(var, options={"max_connections": "120", "shared_buffers": "128MB"})


def throw_away(var: Path, name: str = "test-postgres") -> Cluster:
    """Return a cluster for tests: no passwords on its private socket, nothing kept safe."""
    return Cluster(var, name=name, trusting=True, options=kernel.throw_away_options())


@contextmanager
def leased(cluster: Cluster, say: Say) -> Iterator[Server]:
    """Have the server for a block: made if missing, started if stopped, stopped after the last holder.

    Refuses when there is no place, no account or no disk for it, or when it does not start (with its last words).
    """
    for folder in (cluster.log.parent, cluster.lease.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with cluster.lease.open("a+") as lease:
        _share(lease, say)
        server = ensure_running(cluster, say)
        try:
            yield server
        finally:
            fcntl.flock(lease, fcntl.LOCK_UN)
            if server.guardian is not None and not _others(cluster):
                server.guardian.wait(120)


def ensure_running(cluster: Cluster, say: Say) -> Server:
    """Start the server unless it runs; to be called by a holder of the lease, again whenever the server was killed."""
    with cluster.lease.with_suffix(".start").open("a+") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        where = place.settle(cluster.var, cluster.name)
        if is_running(where):
            return Server(where, None)
        if not where.made:
            _create(cluster, where, say)
        _check_version(where)
        return Server(where, _start(cluster, where, say))


def is_running(where: Place) -> bool:
    """Tell whether a cluster's server takes connections, from its own pid file and the process it names."""
    found = _pid_file(where)
    return found is not None and found.ready and str(where.data) in processes.command_line(found.pid)


def server_pid(var: Path, name: str = "postgres") -> int | None:
    """Return the process of a cluster's server, None when it does not run; starts and changes nothing."""
    known = place.recorded(var, name)
    if known is None:
        return None
    found = _pid_file_of(known[0] / "data")
    alive = found is not None and str(known[0] / "data") in processes.command_line(found.pid)
    return found.pid if found is not None and alive else None


def last_words(log: Path, count: int = 8) -> list[str]:
    """Return the last messages of a JSON log, oldest first."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-count:]
    except OSError:
        return []
    return [str(json.loads(line).get("message", line)) if line.startswith("{") else line for line in lines]


def password(var: Path, role: str) -> str:
    """Return a role's password, made and written to `var/keys` with mode 0600 the first time."""
    return secret(var, f"{role}.password")


def secret(var: Path, name: str) -> str:
    """Return a secret of `var/keys`, made the first time; the folder is 0700 and the file 0600 from its first byte."""
    path = var / "keys" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"{name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        fresh.replace(path)
    return path.read_text().strip()


def _create(cluster: Cluster, where: Place, say: Say) -> None:
    """Run initdb beside the final name and move it there when whole: a kill in between leaves nothing half-made."""
    say(Text("正在建立数据库集群", "making the database cluster"))
    fresh = where.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", dir=where.home, prefix="pw-") as file:
        file.write("" if cluster.trusting else password(cluster.var, kernel.SUPERUSER))
        file.flush()
        if where.account is not None:
            os.chown(file.name, where.account.uid, where.account.gid)
        secret_file = None if cluster.trusting else file.name
        command = kernel.initdb_command(str(where.binaries), str(fresh), password_file=secret_file)
        done = host.run_as(where.account, command)
    if done.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise refusal("initdb", where.home, said=last_lines((done.stderr or done.stdout).splitlines()))
    fresh.rename(where.data)


def _start(cluster: Cluster, where: Place, say: Say) -> subprocess.Popen[bytes]:
    for attempt in range(_TRIES):
        _clear_stale_pid(where)
        _rotate(cluster.log)
        begun = cluster.log.stat().st_size if cluster.log.exists() else 0
        keeper = processes.spawn(_order(cluster, where))
        if _await_ready(keeper, where, cluster.log, begun, say):
            return keeper
        killed = (keeper.poll() or 0) < 0
        if attempt == _TRIES - 1 or not (killed or kernel.may_pass(last_words(cluster.log))):
            break
        say(Text("正在等待被终止的数据库进程退出", "waiting for the processes of a killed server to go"))
        time.sleep(0.5)
    raise refusal("start", cluster.log, said=last_lines(last_words(cluster.log)))


def _order(cluster: Cluster, where: Place) -> processes.Order:
    command = kernel.server_command(str(where.binaries), str(where.data), str(where.socket), cluster.options)
    identity = (None, None) if where.account is None else (where.account.uid, where.account.gid)
    return processes.Order(command, str(cluster.lease), str(cluster.log), *identity)


def _await_ready(keeper: subprocess.Popen[bytes], where: Place, log: Path, begun: int, say: Say) -> bool:
    """Wait for the server, saying what its recovery does; False when the keeper ended."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if is_running(where):
            return True
        if keeper.poll() is not None:
            return False
        begun = _tell_progress(log, begun, say)
        time.sleep(0.02)
    return False


def _tell_progress(log: Path, begun: int, say: Say) -> int:
    if not log.exists() or log.stat().st_size <= begun:
        return begun
    with log.open("rb") as file:
        file.seek(begun)
        new = file.read()
    for line in new.decode(errors="replace").splitlines():
        progress = kernel.recovery_progress(line)
        if progress is not None:
            say(progress)
    return begun + len(new)


def _clear_stale_pid(where: Place) -> None:
    """Wait for a server that is going, and remove the files of one that is gone and whose number was reused."""
    found = _pid_file(where)
    if found is None:
        return
    processes.wait_until(lambda: str(where.data) not in processes.command_line(found.pid), 30.0)
    if str(where.data) not in processes.command_line(found.pid):
        (where.data / "postmaster.pid").unlink(missing_ok=True)
        (where.socket / f".s.PGSQL.{kernel.PORT}.lock").unlink(missing_ok=True)


def _share(lease: TextIO, say: Say) -> None:
    """Take the lease; while a guardian is stopping the server it is held exclusively for a moment."""
    try:
        fcntl.flock(lease, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        say(Text("正在等待数据库停止", "waiting for the database to stop"))
        fcntl.flock(lease, fcntl.LOCK_SH)


def _others(cluster: Cluster) -> bool:
    """Tell whether somebody else holds the lease; the guardian itself holding it exclusively is nobody else."""
    with cluster.lease.open("a+") as lease:
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            return False
        try:
            fcntl.flock(lease, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _pid_file(where: Place) -> kernel.PidFile | None:
    return _pid_file_of(where.data)


def _pid_file_of(data: Path) -> kernel.PidFile | None:
    try:
        return kernel.parse_pid_file((data / "postmaster.pid").read_text())
    except OSError:
        return None


def _check_version(where: Place) -> None:
    made_by = (where.data / "PG_VERSION").read_text().strip()
    told = host.run_as(None, [str(where.binaries / "postgres"), "--version"]).stdout
    if f" {made_by}." in told or told.strip().endswith(f" {made_by}"):
        return
    raise refusal("version", where.data, made_by=made_by, told=told.strip())


def _rotate(log: Path, limit: int = 10_000_000) -> None:
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".log.1"))
