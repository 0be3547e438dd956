"""`test` and `check`: what must hold before a change lands."""

import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from qilian.core.machine.postgres.api import leased, throw_away
from qilian.core.values.text import Text
from qilian.web.cli import assets, console, messages
from qilian.web.cli.skips import Report, Skip, read_allowed, read_report, unlisted

SUITES = ("core", "engines", "spine", "web", "contracts", "twin", "sim", "e2e", "docs", "house")
_AT_ONCE = 2  # checks, of which the first has two processes of its own
_NO_TESTS = 5  # pytest's exit status when it collected nothing


@dataclass(frozen=True, slots=True)
class Outcome:
    """One suite: exit status, seconds, and its report when it got as far as writing one."""

    name: str
    status: int
    seconds: float
    report: Report


def test(arguments: Sequence[str]) -> int:
    """Run the suites one after another on a PostgreSQL of their own: `[--long] [paths]`; paths run as one suite."""
    given = console.take(arguments, flags=("--long",), rest=1000)
    assets.ensure()
    assets.ensure(assets.TESTED)
    messages.ensure()
    suites = [("paths", list(given.rest))] if given.rest else [(name, [f"tests/{name}"]) for name in SUITES]
    with _database() as environment:
        outcomes = [
            _suite(name, paths, environment, long="--long" in given.flags) for name, paths in suites if _any(paths)
        ]
    return _conclude(outcomes)


def check(arguments: Sequence[str]) -> int:
    """Run every check of the minute, two at a time and also after one failed; tell what each says and its seconds.

    The tests of the kernels run once, in the house's test that counts their branches: the longest, which goes first.
    """
    console.take(arguments)
    messages.ensure()
    python = sys.executable
    house = [python, "-m", "pytest", "-q", "--no-header"]
    kernels = "tests/house/test_kernel_coverage.py"
    steps = {
        "kernels": [*house, kernels],
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy --strict": [python, "-m", "mypy", "--strict", "src", "qilian"],
        "import-linter": [str(Path(python).with_name("lint-imports"))],
        "house": [*house, "tests/house", f"--ignore={kernels}"],
    }
    began = time.monotonic()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = dict(zip(steps, pool.map(_told, steps, steps.values()), strict=True))
    for name, (status, seconds) in found.items():
        console.answer(f"{name:<16} {seconds:6.1f} s  {_mark(status)}")
    console.answer(f"{'':<16} {time.monotonic() - began:6.1f} s")
    return 1 if any(status for status, _ in found.values()) else 0


@contextmanager
def _database() -> Iterator[Mapping[str, str]]:
    """Have a throw-away PostgreSQL, unless the environment names one already."""
    if os.environ.get("QILIAN_TEST_SOCKET"):
        yield {}
        return
    cluster = throw_away(console.var())
    with console.timed(
        Text("正在启动测试用数据库", "starting the tests' database"), leased(cluster, console.tell)
    ) as server:
        yield {"QILIAN_TEST_SOCKET": str(server.place.socket)}


def _any(paths: Sequence[str]) -> bool:
    return any(not Path(path).is_dir() or any((console.ROOT / path).rglob("test_*.py")) for path in paths)


def _suite(name: str, paths: Sequence[str], environment: Mapping[str, str], *, long: bool) -> Outcome:
    console.answer("", f"── {name}")
    written = console.var() / "test" / f"{name}.xml"
    written.parent.mkdir(parents=True, exist_ok=True)
    written.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-rs", f"--junitxml={written}"]
    command += ["-o", "junit_family=xunit1", *(["-m", "long or not long"] if long else []), *paths]
    status, seconds = _timed(command, {"QILIAN_MODE": "test", **environment})
    report = read_report(ElementTree.parse(written).getroot()) if written.exists() else Report(0, 0, ())
    return Outcome(name, 0 if status == _NO_TESTS else status, seconds, report)


def _timed(command: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[int, float]:
    began = time.monotonic()
    done = _run(command, environment)
    return done.returncode, time.monotonic() - began


def _told(name: str, command: Sequence[str]) -> tuple[int, float]:
    """Run a command beside others, and give its words when it has ended."""
    began = time.monotonic()
    done = _run(command, kept=True)
    console.answer(f"── {name}", done.stdout.rstrip())
    return done.returncode, time.monotonic() - began


def _run(
    command: Sequence[str], environment: Mapping[str, str] | None = None, *, kept: bool = False
) -> subprocess.CompletedProcess[str]:
    everything = {**os.environ, "PYTHONPATH": str(console.ROOT / "src"), **(environment or {})}
    out, errors = (subprocess.PIPE, subprocess.STDOUT) if kept else (None, None)
    return subprocess.run(
        command,
        cwd=console.ROOT,
        env=everything,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=errors,
        check=False,
        text=True,
    )


def _conclude(outcomes: Sequence[Outcome]) -> int:
    """Tell each suite's time and result, then the skips that are not on the list; 1 when anything is wrong."""
    console.answer("")
    for each in outcomes:
        counted = Text("{0} 项，失败 {1}，跳过 {2}", "{0} tests, {1} failed, {2} skipped")
        shown = str(counted).format(each.report.tests, each.report.failed, len(each.report.skips))
        console.answer(f"{each.name:<10} {each.seconds:7.1f} s  {_mark(each.status)}  {shown}")
    console.answer(f"{'':<10} {sum(each.seconds for each in outcomes):7.1f} s")
    stray = unlisted([skip for each in outcomes for skip in each.report.skips], _allowed())
    for skip in stray:
        console.answer(f"✗ {Text('未列入 tests/skips.toml', 'not in tests/skips.toml')}: {skip.test}: {skip.reason}")
    return 1 if stray or any(each.status for each in outcomes) else 0


def _allowed() -> tuple[Skip, ...]:
    listed = tomllib.loads((console.ROOT / "tests" / "skips.toml").read_text(encoding="utf-8"))
    return read_allowed(listed.get("skip", []))


def _mark(status: int) -> str:
    return str(Text("通过", "ok")) if status == 0 else str(Text("失败", "FAILED"))
