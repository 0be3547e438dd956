"""The command line's pure pieces: arguments, skips, back-off, archives."""

import json
import socket
import sys
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from xml.etree.ElementTree import fromstring

import pytest

from qilian.core.machine.postgres.api import own
from qilian.core.machine.processes import guardian
from qilian.core.machine.processes.api import wait_until
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import archive, assets, backoff, console, migrations, prepare, service, supervisor, testing
from qilian.web.cli.parts import Process
from qilian.web.cli.skips import Skip, read_allowed, read_report, unlisted
from qilian.web.cli.watching import PATIENCE, Watch
from qilian.web.cli.words import WORDS, nearest

REPORT = """<testsuites><testsuite><testcase file="tests/e2e/a.py" name="one"/>
<testcase file="tests/e2e/a.py" name="two" time="1.5">
<skipped type="pytest.skip" message="shared folder absent: data"/></testcase>
<testcase file="tests/e2e/a.py" name="three"><skipped type="pytest.xfail" message="known"/></testcase>
<testcase classname="tests.b" name="four" time="2"><failure/></testcase></testsuite></testsuites>"""


def test_arguments_are_taken_apart() -> None:
    given = console.take(
        ["--port=1", "--host", "h", "--yes", "x"], values=("--port", "--host"), flags=("--yes",), rest=1
    )
    assert given == console.Given({"--port": "1", "--host": "h"}, frozenset({"--yes"}), ("x",))


@pytest.mark.parametrize("arguments", [["--prot", "1"], ["x"], ["--port"]])
def test_an_unknown_or_unfinished_argument_is_named(arguments: list[str]) -> None:
    with pytest.raises(Refusal) as caught:
        console.take(arguments, values=("--port",))
    assert caught.value.where == arguments[0]


def test_a_folder_of_an_earlier_version_is_shut(tmp_path: Path) -> None:
    var = tmp_path / "var"
    (var / "log").mkdir(parents=True)
    (var / "postgres.json").write_text("{}")
    (var / "link").symlink_to(tmp_path)
    for path in (tmp_path, var, var / "log", var / "postgres.json"):
        path.chmod(0o755)
    prepare.close(var)
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path, var, var / "log", var / "postgres.json")]
    assert modes == [0o755, 0o711, 0o700, 0o700]


def test_who_stands_behind_a_proxy_is_told_to_say_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QILIAN_PROXIES", raising=False)
    monkeypatch.setenv("QILIAN_HTTPS", "1")
    service._warn_of_proxies("demo")
    assert not capsys.readouterr().err
    service._warn_of_proxies("real")
    assert "QILIAN_PROXIES" in capsys.readouterr().err
    monkeypatch.setenv("QILIAN_PROXIES", "1")
    service._warn_of_proxies("real")
    assert not capsys.readouterr().err


def test_a_word_is_guessed() -> None:
    assert nearest("stats", list(WORDS)) == "status"
    assert nearest("zzzz", list(WORDS)) is None


def test_only_unlisted_skips_count_against_us() -> None:
    report = read_report(fromstring(REPORT))
    assert (report.tests, report.failed) == (4, 1)
    assert report.seconds == {"e2e": 1.5, "tests": 2.0}
    assert report.skips == (Skip("tests/e2e/a.py::two", "shared folder absent: data"),)
    assert unlisted(report.skips, []) == list(report.skips)
    assert unlisted(report.skips, read_allowed([{"test": "tests/*", "reason": "shared folder absent: *"}])) == []


def test_restarts_slow_down_and_are_forgiven() -> None:
    assert [backoff.delay(falls) for falls in (0, 1, 2, 3, 20)] == [0.2, 0.2, 0.4, 0.8, 10.0]
    assert backoff.falls_after(4, 1.0) == 5
    assert backoff.falls_after(4, 31.0) == 1


def test_what_does_not_answer_is_stuck_after_a_while_and_only_then() -> None:
    watch, well = Watch(), {"database": True, "worker": True, "sealer": True}
    watch.heard(0.0, well)
    watch.heard(5.0, None)
    assert watch.stuck(5.0 + PATIENCE["web"]) == [] and watch.stuck(5.1 + PATIENCE["web"]) == ["web"]
    watch.heard(20.0, well)
    assert watch.stuck(1000.0) == [], "it answers again"
    watch.heard(30.0, {**well, "sealer": False})
    watch.heard(100.0, {**well, "sealer": False})
    assert watch.stuck(30.1 + PATIENCE["sealer"]) == ["sealer"]
    watch.heard(110.0, {**well, "sealer": False, "database": False})
    assert watch.stuck(1000.0) == [], "nothing is known of it while the database is away"
    watch.heard(120.0, {**well, "worker": False})
    watch.begun("worker")
    assert watch.stuck(1000.0) == [], "it was started anew"


_STUBBORN = """
import http.server, pathlib, time
mark = pathlib.Path({mark!r})
mark.write_text(mark.read_text() + "x" if mark.exists() else "x")
class Page(http.server.BaseHTTPRequestHandler):
    asked = 0
    def do_GET(self):
        Page.asked += 1
        time.sleep(600 if Page.asked > 2 else 0)
        self.send_response(200); self.end_headers(); self.wfile.write(b'{{"database": {{"ok": true}}}}')
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", {port}), Page).serve_forever()
"""


def test_a_web_process_that_hangs_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QILIAN_VAR", str(tmp_path))
    monkeypatch.setattr(supervisor, "ASKED_EVERY", 0.1)
    monkeypatch.setattr(supervisor, "findings", partial(supervisor.findings, patience=0.3))
    monkeypatch.setattr("qilian.web.cli.watching.PATIENCE", {"web": 0.5})
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    mark = tmp_path / "begun"
    web = Process("web", (sys.executable, "-c", _STUBBORN.format(mark=str(mark), port=port)), {})
    keeper = supervisor.Supervisor("demo", f"http://127.0.0.1:{port}", [web], own(tmp_path), None)
    (tmp_path / "run").mkdir()

    def end_when_begun_again() -> None:
        wait_until(lambda: mark.exists() and len(mark.read_text()) > 1, 30)
        keeper._stopping.set()

    watcher = threading.Thread(target=end_when_begun_again)
    watcher.start()
    keeper.run(announce=[])
    watcher.join()
    assert len(mark.read_text()) > 1


_PLAIN = """
import http.server
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"{{}}")
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", {port}), Page).serve_forever()
"""


def test_a_disk_that_is_full_for_a_while_ends_no_supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what runs can be written down, nor a log opened, nor the database started: all of it comes back."""
    monkeypatch.setenv("QILIAN_VAR", str(tmp_path))
    monkeypatch.setattr(backoff, "delay", lambda _falls: 0.05)
    tries: list[str] = []

    def start(*_: object) -> object:
        tries.append("full" if full.is_symlink() else "room")
        if full.is_symlink():
            raise Refusal("postgres.start", Text("磁盘已满。", "The disk is full."))
        return Steady(running=True)

    monkeypatch.setattr(supervisor, "ensure_running", start)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    (tmp_path / "run").mkdir()
    (tmp_path / "log" / "worker.log").mkdir(parents=True)  # a log that cannot be opened
    full = tmp_path / "run" / "real.new"
    full.symlink_to("/dev/full")
    web = Process("web", (sys.executable, "-c", _PLAIN.format(port=port)), {})
    worker = Process("worker", (sys.executable, "-c", "import time; time.sleep(600)"), {})
    keeper = supervisor.Supervisor("real", f"http://127.0.0.1:{port}", [web, worker], own(tmp_path), None)
    written: list[str] = []

    def all_comes_back() -> None:
        wait_until(lambda: keeper._ready, 30)
        keeper.server = Steady(running=False)  # type: ignore[assignment] # what it is asked for
        wait_until(lambda: len(tries) > 8, 30)
        full.unlink()
        (tmp_path / "log" / "worker.log").rmdir()
        wait_until(lambda: "worker" in ((tmp_path / "run" / "real.json").read_text() if told() else ""), 30)
        written.append((tmp_path / "run" / "real.json").read_text() if told() else "")
        keeper._stopping.set()

    def told() -> bool:
        return (tmp_path / "run" / "real.json").exists()

    watcher = threading.Thread(target=all_comes_back)
    watcher.start()
    keeper.run(announce=[])
    watcher.join()
    assert set(json.loads(written[0])["children"]) == {"web", "worker"} and tries[-1] == "room"


@dataclass
class Steady:
    """A database server as the supervisor sees it."""

    running: bool


def test_a_full_disk_does_not_stop_the_copying_of_a_log(tmp_path: Path) -> None:
    """PostgreSQL waits for ever when nobody empties its pipe: what cannot be written is dropped and counted."""
    said = [f"2026-01-01 00:00:00 UTC LOG:  line {number}\n" for number in range(4)]
    assert guardian._copy_log(said, Path("/dev/full")) is None
    log, lines = tmp_path / "postgres.log", iter(said)

    def flaky() -> Iterator[str]:
        yield next(lines)
        log.rename(tmp_path / "aside")
        log.mkdir()  # nothing can be written here
        yield next(lines)
        yield next(lines)
        log.rmdir()
        yield next(lines)

    guardian._copy_log(flaky(), log)
    told = [json.loads(line)["message"] for line in log.read_text().splitlines()]
    assert told == ["2 lines were lost: the log could not be written", "line 3"]


def test_an_archive_comes_back_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("甲")
    target = tmp_path / "b.tar"
    archive.pack(target, mode="demo", made_at="2026", counts={"t": 1}, sources={"files/a": tmp_path / "a"})
    assert archive.unpack(target, tmp_path / "out").counts == {"t": 1}
    assert (tmp_path / "out" / "files" / "a").read_text() == "甲"
    content = target.read_bytes()
    for broken in (content.replace("甲".encode(), "乙".encode()), content[:600], b"", b"no archive at all"):
        target.write_bytes(broken)
        with pytest.raises(Refusal):
            archive.unpack(target, tmp_path / "again")


@pytest.mark.parametrize("harm", ["extra", "twice", "link"])
def test_an_archive_with_more_than_its_manifest_names_is_refused(tmp_path: Path, harm: str) -> None:
    (tmp_path / "a").write_text("甲")
    target = tmp_path / "b.tar"
    archive.pack(target, mode="demo", made_at="2026", counts={}, sources={"files/a": tmp_path / "a"})
    with tarfile.open(target, "a") as tar:
        entry = tarfile.TarInfo({"extra": "keys/session.key", "twice": "files/a", "link": "files/l"}[harm])
        entry.type, entry.linkname = (tarfile.SYMTYPE, "/etc/passwd") if harm == "link" else (tarfile.REGTYPE, "")
        tar.addfile(entry)
    with pytest.raises(Refusal) as refused:
        archive.unpack(target, tmp_path / "out")
    assert refused.value.code == "backup.damaged" and not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["former/a", "a", "keys/qilian_owner.password", "files/../a", "run/demo.made"])
def test_a_member_that_no_backup_has_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").write_text("甲")
    archive.pack(tmp_path / "b.tar", mode="demo", made_at="2026", counts={}, sources={name: tmp_path / "a"})
    with pytest.raises(Refusal) as refused:
        archive.unpack(tmp_path / "b.tar", tmp_path / "out")
    assert refused.value.code == "backup.damaged" and not list(tmp_path.glob("out/**/a"))


def test_a_stored_file_that_is_not_what_its_name_says_is_told_and_not_brought_back_unseen(tmp_path: Path) -> None:
    whole, other = "ab" * 32, tmp_path / "other"
    other.write_text("changed on the disk")
    name, target = f"files/ab/ab/{whole}", tmp_path / "b.tar"
    made = archive.pack(target, mode="demo", made_at="2026", counts={}, sources={name: other})
    assert list(made.damaged) == [name]
    archive.unpack(target, tmp_path / "out")
    archive.refuse_changed_contents(tmp_path / "out" / "files", made.damaged)
    with pytest.raises(Refusal) as refused:
        archive.refuse_changed_contents(tmp_path / "out" / "files", [])
    assert name in refused.value.message.en


def test_a_database_of_a_later_version_is_refused_by_the_step_that_is_not_known() -> None:
    migrations.refuse_future([("core", "0001_initial"), ("auth", "0099_of_somebody_else")])
    with pytest.raises(Refusal) as refused:
        migrations.refuse_future([("core", "0001_initial"), ("ledger", "0999_later")])
    assert (refused.value.code, refused.value.where) == ("migrations.future", "ledger.0999_later")


def test_assets_lie_below_their_package() -> None:
    assert assets.target("some/dist/some.min.js") == "some/some.min.js"
    assert assets.target("axe-core/axe.min.js") == "axe-core/axe.min.js"


def launcher(root: Path) -> ModuleType:
    """The file `qilian` itself, which has no ending."""
    spec = spec_from_loader("launcher", SourceFileLoader("launcher", str(root / "qilian")))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_uv_installs_where_it_is_and_pip_where_it_is_not(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = launcher(root)
    monkeypatch.setattr(house.shutil, "which", lambda _name: "/bin/uv")
    fast, sure = house.installers("run")
    assert fast[:3] == ["/bin/uv", "pip", "install"] and sure[1:4] == ["-m", "pip", "install"]
    assert all(
        {"--require-hashes", "--no-deps", str(root / "requirements/run.txt")} <= {*each} for each in (fast, sure)
    )
    monkeypatch.setattr(house.shutil, "which", lambda _name: None)
    assert house.installers("run") == [sure]


@pytest.mark.parametrize(
    ("written", "read"), [("2028-02-29T23:59", "2028-02-29T23:59"), ("2027-01-01", "2027-01-01T00:00")]
)
def test_a_moment_is_read(written: str, read: str) -> None:
    assert testing.moment(written) == read and testing.moment("") == ""


def test_what_is_no_moment_is_told() -> None:
    with pytest.raises(Refusal) as caught:
        testing.moment("2027-02-29")
    assert caught.value.where == "--on"
