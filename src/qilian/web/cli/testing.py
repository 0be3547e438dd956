"""`test`: the suites, as many at a time as there are cores, on a PostgreSQL of their own and on a declared day."""

import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from qilian.core.machine.postgres.api import leased, throw_away
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import assets, console, messages
from qilian.web.cli.reach import House
from qilian.web.cli.skips import Report, Skip, read_allowed, read_report, unlisted

SUITES = ("house", "sim", "e2e", "twin", "contracts", "engines", "spine", "web", "core", "docs")
"""Those with the longest files first: what is left at the end is short, and no core waits long for another."""
CHECKED = ("house",)
"""What `check` runs too: with `--checked`, said right after it, they are not run again."""
ON = "QILIAN_TEST_ON"
"""The variable that tells the tests when they begin."""
OTHER_DAYS = ("2028-02-29T23:59", "2026-12-31T23:59", "2027-02-08T10:00", "2027-11-24T10:00")
"""Tried by `--long`: a leap day and the last day of a year, a minute before they end; a day inside the spring festival;
a year ahead."""
_NO_TESTS = 5  # pytest's exit status when it collected nothing


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run: the day it was on, exit status, seconds, and its report when it got as far as writing one."""

    day: str
    status: int
    seconds: float
    report: Report


def test(arguments: Sequence[str]) -> int:
    """Run the tests: `[--long] [--on 2028-02-29T23:59] [--changed [--since main]] [paths]`; all where none is."""
    given = console.take(arguments, values=("--on", "--since"), flags=("--long", "--changed", "--checked"), rest=1000)
    day, long = moment(given.values.get("--on", os.environ.get(ON, ""))), "--long" in given.flags
    _refuse_unknown(given.rest)
    assets.ensure()
    messages.ensure()
    suites = [name for name in SUITES if not (name in CHECKED and "--checked" in given.flags)]
    paths = given.rest or tuple(f"tests/{name}" for name in suites)
    if "--changed" in given.flags:
        paths = _reached(given.values.get("--since", "main"))
        console.answer(Text("改动所及：{n} 个测试文件", "reached: {n} files of tests").filled(n=len(paths)), *paths)
        if not paths:
            return 0
    with _databases(_at_once(paths)) as environment:
        outcomes = [_run(paths, day, environment, long=long)]
        if long and not day:
            outcomes += [_run(paths, other, environment) for other in OTHER_DAYS]
    return _conclude(outcomes)


def _refuse_unknown(paths: Sequence[str]) -> None:
    """Refuse paths at which nothing lies: a run of nothing would look like a run that is green."""
    missing = [path for path in paths if not (console.ROOT / path.partition("::")[0]).exists()]
    if missing:
        message = Text("没有这些测试文件：{paths}。", "There are no such tests: {paths}.").filled(
            paths="、".join(missing)
        )
        remedy = Text(
            "请写项目内的路径，如 tests/core/values。", "Give paths within the project, such as tests/core/values."
        )
        raise Refusal("test.paths", message, remedy=remedy)


def _reached(since: str) -> tuple[str, ...]:
    """Return the tests that changes reach, committed or not, since the branch left another."""
    left = _git("merge-base", "HEAD", since)[0]
    changed = {*_git("diff", "--name-only", left), *_git("ls-files", "--others", "--exclude-standard")}
    python = [
        path
        for path in _git("ls-files", "--cached", "--others", "--exclude-standard", "src", "tests")
        if path.endswith(".py")
    ]
    there = {path: console.ROOT / path for path in python if (console.ROOT / path).is_file()}
    return House({path: file.read_text(encoding="utf-8") for path, file in there.items()}).reached(changed)


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=console.ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refusal(
            "test.git",
            Text(f"git 没有回答：{done.stderr.strip()}。", f"git did not answer: {done.stderr.strip()}."),
            where="--changed",
            remedy=Text("请用 --since 指明一个提交。", "Name a commit with --since."),
        )
    return done.stdout.splitlines()


@contextmanager
def _databases(count: int) -> Iterator[Mapping[str, str]]:
    """Have throw-away servers of PostgreSQL, one for each process, unless the environment names one already.

    On one server the sealer would wait for whatever the other process has begun: numbers of transactions are common to
    all databases of a server.
    """
    if os.environ.get("QILIAN_TEST_SOCKET"):
        yield {}
        return
    with ExitStack() as held:
        sockets = []
        for number in range(max(count, 1)):
            cluster = throw_away(console.var(), f"test-postgres-{number + 1}" if number else "test-postgres")
            starting = console.timed(
                Text("正在启动测试用数据库", "starting the tests' database"), leased(cluster, console.tell)
            )
            sockets.append(str(held.enter_context(starting).place.socket))
        yield {"QILIAN_TEST_SOCKET": sockets[0], "QILIAN_TEST_SOCKETS": os.pathsep.join(sockets)}


def _run(paths: Sequence[str], day: str, environment: Mapping[str, str], *, long: bool = False) -> Outcome:
    """Run paths on a day; a file's tests stay in one process and in their order."""
    console.answer("", f"── {day or Text('声明的时刻', 'the declared moment')}")
    written = console.var() / "test" / f"report{day.replace(':', '')}.xml"
    written.parent.mkdir(parents=True, exist_ok=True)
    written.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-rs", f"--junitxml={written}"]
    command += ["-n", str(_at_once(paths)), "--dist=loadfile", "--no-loadscope-reorder", "-o", "junit_family=xunit1"]
    command += [*(["-m", "long or not long"] if long else []), *paths]
    variables = {"PYTHONPATH": str(console.ROOT / "src"), "QILIAN_MODE": "test", **({ON: day} if day else {})}
    began = time.monotonic()
    status = subprocess.run(
        command,
        cwd=console.ROOT,
        env={**os.environ, **variables, **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    report = read_report(ElementTree.parse(written).getroot()) if written.exists() else Report(0, 0, ())
    return Outcome(day, 0 if status == _NO_TESTS else status, time.monotonic() - began, report)


def _at_once(paths: Sequence[str]) -> int:
    """Return how many processes run: as many as there are cores, at most four; only this one for a single file.

    A container may count cores that it is not given, and each process holds most of a gigabyte.
    """
    return 0 if len(paths) == 1 and Path(paths[0].partition("::")[0]).suffix else min(os.cpu_count() or 1, 4)


def moment(written: str) -> str:
    """Read the moment that tests begin at, in Shanghai; empty for the declared one."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None).isoformat(timespec="minutes") if written else ""
    except ValueError:
        raise Refusal(
            "test.on",
            Text(f"“{written}”不是时刻。", f"“{written}” is not a moment."),
            where="--on",
            remedy=Text("请写成 2028-02-29T23:59。", "Write it like 2028-02-29T23:59."),
        ) from None


def _conclude(outcomes: Sequence[Outcome]) -> int:
    """Tell what each suite took and how each run ended, then skips that are not on the list; 1 when anything is wrong.

    The seconds of a suite are those of its tests, added up over the processes; those of a run are by the clock.
    """
    console.answer("")
    for each in outcomes:
        for name, seconds in sorted(each.report.seconds.items()):
            console.answer(f"{name:<10} {seconds:7.1f} s")
        counted = Text("{0} 项，失败 {1}，跳过 {2}", "{0} tests, {1} failed, {2} skipped")
        shown = str(counted).format(each.report.tests, each.report.failed, len(each.report.skips))
        console.answer(f"{each.day:<10} {each.seconds:7.1f} s  {console.mark(each.status)}  {shown}")
    stray = unlisted([skip for each in outcomes for skip in each.report.skips], _allowed())
    for skip in stray:
        console.answer(f"✗ {Text('未列入 tests/skips.toml', 'not in tests/skips.toml')}: {skip.test}: {skip.reason}")
    return 1 if stray or any(each.status for each in outcomes) else 0


def _allowed() -> tuple[Skip, ...]:
    listed = tomllib.loads((console.ROOT / "tests" / "skips.toml").read_text(encoding="utf-8"))
    return read_allowed(listed.get("skip", []))
