"""A process that holds the libraries ready and has forks of itself run kernel tests, one module changed in memory.

Reads jobs, one JSON object a line, and answers each with one line. A job is `module`, `path` and `text` (what the
module is to say instead; no `module`: the house as it is), `tests` (node ids in their order; none: all kernel tests),
`cpu` (seconds) and `measure` (tell which test runs which line). A fork imports the house afresh, so a lie stands
wherever its module is imported, and no file is ever changed. The argument is a folder for what forks compile.
"""

import importlib
import importlib.abc
import importlib.machinery
import json
import os
import resource
import signal
import sys
import types
from collections import defaultdict
from pathlib import Path
from typing import Any

import coverage
import hypothesis
import pytest
from tests.house.lies import PLACES
from tests.house.source import ROOT, kernel_tests

MEMORY = 6 << 30  # a lie may ask for memory without end
PATIENCE = 20  # wall seconds for each second of work: a busy machine is no endless loop
BROKEN = 70
OPTIONS = ["-q", "--no-header", "-p", "no:schemathesis", "--hypothesis-profile=lies"]
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # libraries are there before pytest: that is the point
READY = (
    "anyio.pytest_plugin", "anyio._backends._asyncio", "cryptography.x509", "django.contrib.auth.hashers",
    "cryptography.hazmat.primitives.serialization", "django.core.handlers.asgi", "django.core.management",
    "django.db.models", "django.forms", "django.template", "django.test", "environs", "hypothesis.stateful",
    "hypothesis.strategies", "lark", "marshmallow", "procrastinate", "psycopg", "psycopg_pool", "pydantic",
    "pytest_django.plugin", "rapidfuzz", "rfc8785", "segno", "yaml",
)  # fmt: skip


class Told(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module, and loads it with the lie in it."""

    def __init__(self, name: str, path: str, text: str) -> None:
        self.name, self.path = name, path
        self.code = compile(text, path, "exec")

    def find_spec(self, fullname: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        """Answer for the one module."""
        if fullname != self.name:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=self.path)
        spec.has_location = True
        return spec

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the changed code as the module."""
        exec(self.code, module.__dict__)  # noqa: S102 — the lie is a changed module of ours


class Heard:
    """A pytest plugin: orders the tests, hears how they went, and names lines by the test that runs them."""

    def __init__(self, tests: list[str], measured: coverage.Coverage | None) -> None:
        self.order = {test: number for number, test in enumerate(tests)}
        self.measured = measured
        self.failed: list[str] = []
        self.passed = 0
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the tests asked for, in the order asked."""
        if self.order:
            kept = [item for item in items if item.nodeid in self.order]
            items[:] = sorted(kept, key=lambda item: self.order[item.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Give the lines that run from here this test's name."""
        if self.measured:
            self.measured.switch_context(nodeid)

    def pytest_runtest_logfinish(self) -> None:
        """Give the lines between tests no name."""
        if self.measured:
            self.measured.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test went and how long it took."""
        self.seconds[report.nodeid] += report.duration
        self.passed += report.when == "call" and report.passed
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that cannot be imported."""
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed:
            said = str(report.longrepr).strip().splitlines() or [""]
            self.failed.append(f"{report.nodeid}: {said[-1][:160]}")


def main() -> None:
    """Serve jobs until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for name in READY:
        importlib.import_module(name)
    assert not any(name.split(".")[0] == "qilian" for name in sys.modules), "a fork would find the house already built"
    sys.dont_write_bytecode, sys.pycache_prefix = False, sys.argv[1]
    for line in sys.stdin:
        answers.write(json.dumps(_forked(json.loads(line))) + "\n")
        answers.flush()


def _forked(job: dict[str, Any]) -> dict[str, Any]:
    """Answer with `status` (as of pytest; negative: ended by that signal), `passed`, `failed`, `time` and `lines`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(job, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        found = answer.read()
    _, status = os.waitpid(child, 0)
    return {
        "passed": 0,
        "failed": [],
        **(json.loads(found) if found else {}),
        "status": os.waitstatus_to_exitcode(status),
    }


def _run(job: dict[str, Any], writing: int) -> None:
    """Be the fork: it never returns."""
    status = BROKEN
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(job["cpu"] * PATIENCE)
        if job.get("module"):
            sys.meta_path.insert(0, Told(job["module"], job["path"], job["text"]))
        try:
            status, answer = _tested(job)
        except Exception as problem:  # the house cannot even be built with it
            status, answer = pytest.ExitCode.INTERRUPTED, {"failed": [f"{type(problem).__name__}: {problem}"]}
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump(answer, pipe)
    finally:
        os._exit(int(status))


def _tested(job: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    hypothesis.settings.register_profile(
        "lies",
        deadline=None,
        derandomize=True,
        database=None,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),  # the smallest counterexample is of no use here
        suppress_health_check=list(hypothesis.HealthCheck),  # and a busy machine is no test that notices
    )
    measured = None
    if job.get("measure"):
        measured = coverage.Coverage(data_file=None, include=[str(ROOT / "src/qilian" / place) for place in PLACES])
        measured.start()
    heard = Heard(job["tests"], measured)
    files = sorted({test.split("::")[0] for test in job["tests"]}) or [str(folder) for folder in kernel_tests()]
    status = int(pytest.main([*OPTIONS, *([] if measured else ["-x"]), *files], plugins=[heard]))
    answer: dict[str, Any] = {"passed": heard.passed, "failed": heard.failed, "time": heard.seconds}
    if measured:
        measured.stop()
        answer["lines"] = _lines(measured, {test: number for number, test in enumerate(heard.seconds)})
    return status, answer


def _lines(measured: coverage.Coverage, numbers: dict[str, int]) -> dict[str, dict[int, list[int]]]:
    """Return which tests run each line of each file, as their places in `time`; -1 where an import does."""
    data = measured.get_data()
    return {
        str(Path(name).relative_to(ROOT)): {
            line: [numbers.get(test, -1) for test in tests] for line, tests in data.contexts_by_lineno(name).items()
        }
        for name in data.measured_files()
    }


if __name__ == "__main__":
    main()
