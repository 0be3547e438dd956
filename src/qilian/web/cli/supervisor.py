"""The foreground process that keeps the others alive, restarts what falls or is stuck, and at the end stops all."""

import http.client
import json
import math
import os
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qilian.core.machine.postgres.api import Cluster, Server, ensure_running, last_words
from qilian.core.machine.processes.api import birth, send
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import backoff, console, running
from qilian.web.cli.beating import silent
from qilian.web.cli.parts import Process, rotate
from qilian.web.cli.progress import Progress
from qilian.web.cli.running import Born, Running
from qilian.web.cli.watching import ASKED_EVERY, Watch

_GIVE_UP = 5
"""Falls of the web process, or failed starts of the database, after which we say so and end; once the pages have
answered never more: a disk that is full or read-only for a while comes back, and so do we."""

_LATER = math.inf


@dataclass(slots=True)
class _Kept:
    """One process under our care: the living child, or when to start the next."""

    process: Process
    child: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    falls: int = 0
    due: float = 0.0


@dataclass(slots=True)
class _Pause:
    """How often a restart failed in a row, and when the next is due."""

    falls: int = 0
    due: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Keeps the processes of one mode, and the database server when it is ours."""

    mode: str
    url: str
    processes: list[Process]
    cluster: Cluster
    server: Server | None
    _stopping: threading.Event = field(default_factory=threading.Event)
    _kept: list[_Kept] = field(default_factory=list)
    _ready: bool = False
    _database: _Pause = field(default_factory=_Pause)
    _watch: Watch = field(default_factory=Watch)
    _written: dict[str, int] = field(default_factory=dict)
    _unwritten: bool = False
    _progress: Progress = field(default_factory=Progress)

    def run(self, *, announce: list[str]) -> None:
        """Start everything, announce it once it answers, keep it until SIGINT, SIGTERM or SIGHUP; then stop it all."""
        previous = {each: signal.signal(each, self._asked) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            for process in self.processes:
                rotate(process)
                self._kept.append(_Kept(process, due=0.0 if process.name == "web" else _LATER))
            while not self._stopping.is_set():
                self._care()
                if not self._ready and answers(f"{self.url}/health"):
                    self._now_ready(announce)
                if self._ready and self.mode == "demo":
                    self._progress.tell()
                self._stopping.wait(0.2 if self._ready else 0.05)
        finally:
            self._stop()
            for each, handler in previous.items():
                signal.signal(each, handler)

    def _now_ready(self, announce: list[str]) -> None:
        """Pages answer: say so, and only now start the others, which would have taken the processor from them."""
        self._ready = True
        console.answer(*announce)
        threading.Thread(target=self._ask, daemon=True).start()
        for kept in self._kept:
            kept.due = 0.0 if kept.due == _LATER else kept.due

    def _asked(self, *_: object) -> None:
        self._stopping.set()

    def _care(self) -> None:
        if self.server is not None and not self.server.running and time.monotonic() >= self._database.due:
            self._restart_database()
        self._end_stuck()
        for kept in self._kept:
            self._unwritten |= self._care_for(kept)
        if self._unwritten or self._falls() != self._written:
            self._write_down()

    def _ask(self) -> None:
        """Ask the health page again and again, in a thread of its own: a page that hangs hangs no supervisor."""
        while not self._stopping.wait(ASKED_EVERY):
            self._watch.heard(time.monotonic(), findings(f"{self.url}/health"))
            for kept in [each for each in self._kept if each.process.name == "web" and each.child is not None]:
                end_silent(console.var() / "run" / "web", kept.child.pid if kept.child else 0)

    def _end_stuck(self) -> None:
        """Kill what lives and has been silent for too long; it is then started again like everything that falls."""
        stuck = self._watch.stuck(time.monotonic())
        for kept in self._kept:
            if kept.process.name in stuck and kept.child is not None:
                name = kept.process.name
                console.tell(Text(f"{name} 没有回应，正在重新启动", f"{name} does not answer; starting it again"))
                running.end_group(Born(kept.child.pid, birth(kept.child.pid) or ""), patience=2.0)
                self._watch.begun(name)

    def _falls(self) -> dict[str, int]:
        """How often each process fell in a row; a life of some length is a new beginning."""
        now = time.monotonic()
        falls = {
            kept.process.name: 0 if kept.child and now - kept.began > backoff.SETTLED else kept.falls
            for kept in self._kept
        }
        return {name: count for name, count in falls.items() if count}

    def _restart_database(self) -> None:
        console.tell(Text("数据库停了，正在重新启动", "the database stopped; starting it again"))
        try:
            self.server = ensure_running(self.cluster, console.tell)
        except (Refusal, OSError) as trouble:
            self._database.falls += 1
            if self._database.falls > _GIVE_UP and not self._ready:
                raise
            console.tell(trouble.message if isinstance(trouble, Refusal) else str(trouble))
            self._database.due = time.monotonic() + backoff.delay(self._database.falls)
        else:
            self._database = _Pause()

    def _care_for(self, kept: _Kept) -> bool:
        """Start what is due, notice what fell; return whether something changed."""
        now = time.monotonic()
        if kept.child is None:
            return now >= kept.due and self._begin(kept, now)
        if kept.child.poll() is None:
            return False
        self._fell(kept, now)
        return True

    def _begin(self, kept: _Kept, now: float) -> bool:
        """Start a process; one that cannot begin, as where no log can be opened, is due again as if it had fallen."""
        try:
            kept.child, kept.began = kept.process.spawn(), now
        except OSError as trouble:
            kept.falls += 1
            kept.due = now + backoff.delay(kept.falls)
            console.tell(f"{kept.process.name}: {trouble}")
            if not self._ready and kept.falls >= _GIVE_UP:
                raise
            return False
        self._watch.begun(kept.process.name)
        return True

    def _fell(self, kept: _Kept, now: float) -> None:
        assert kept.child is not None
        running.end_group(Born(kept.child.pid, ""), patience=2.0)
        status, kept.child = kept.child.returncode, None
        kept.falls = backoff.falls_after(kept.falls, now - kept.began)
        kept.due = now + backoff.delay(kept.falls)
        name = kept.process.name
        console.tell(Text(f"{name} 退出（{status}），正在重新启动", f"{name} ended ({status}); starting it again"))
        if not self._ready and kept.falls >= _GIVE_UP and name == "web":
            raise _hopeless(kept.process)

    def _write_down(self) -> None:
        children = {
            kept.process.name: Born(kept.child.pid, birth(kept.child.pid) or "") for kept in self._kept if kept.child
        }
        falls = self._falls()
        try:
            running.write(self.mode, Running(myself(), self.url, children, falls))
        except OSError:
            return  # it stays unwritten, and is tried again with the next look
        self._written, self._unwritten = falls, False

    def _stop(self) -> None:
        """Ask all at once, then wait for each; kill what does not go, with its group."""
        console.tell(Text("正在停止", "stopping"))
        living = [kept.child for kept in self._kept if kept.child is not None and kept.child.poll() is None]
        for child in living:
            child.terminate()
        for child in living:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            running.end_group(Born(child.pid, ""), patience=2.0)
        with suppress(OSError):  # what it names is gone, and told apart by its birth
            running.write(self.mode, None)


def end_silent(marks: Path, group: int) -> list[int]:
    """Kill the processes of the web that show no life; the server begins others in their place."""
    found = silent(marks, group)
    for pid in found:
        console.tell(Text(f"网页进程 {pid} 没有回应，正在换新", f"web process {pid} shows no life; replacing it"))
        send(pid, signal.SIGKILL)
    return found


def myself() -> Born:
    """Return this process by number and birth."""
    return Born(os.getpid(), birth(os.getpid()) or "")


def answers(address: str) -> bool:
    """Tell whether pages are served there: 503 says that something else is still on its way up."""
    return findings(address, patience=2.0) is not None


def findings(address: str, *, patience: float = 10.0) -> dict[str, bool] | None:
    """Return what the health page finds of each thing, whether it is well; None when no page answers."""
    try:
        with _straight.open(address, timeout=patience) as response:
            body = response.read(100_000)
    except urllib.error.HTTPError as answered:
        if answered.code != 503:
            return None
        body = answered.read(100_000)
    except (OSError, http.client.HTTPException):
        return None
    try:
        found = json.loads(body)
        return {name: bool(each["ok"]) for name, each in found.items() if isinstance(each, dict)}
    except (ValueError, KeyError, AttributeError):
        return {}


_straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy stands before our own address


def _hopeless(process: Process) -> Refusal:
    said = "\n  ".join(last_words(process.log, 15))
    return Refusal(
        "up.web",
        Text(
            f"网页进程启动不了。它最后说：\n  {said}\n", f"The web process does not start. Its last words:\n  {said}\n"
        ),
        where=str(process.log),
        remedy=Text(f"全部记录在 {process.log}。", f"Everything is in {process.log}."),
    )
