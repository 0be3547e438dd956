"""Kernels pass their own tests, which take every branch of them, without a database."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.house.source import ROOT, kernel_tests

SOURCES = [
    "src/qilian/core/*/*/kernel.py",
    "src/qilian/core/*/*/kernel/*",
    "src/qilian/spine/*/kernel/*",
    "src/qilian/engines/*/kernel/*",
    "src/qilian/engines/*/*/kernel/*",
    "src/qilian/core/values/text/*",
    "src/qilian/core/values/clock/*",
    "src/qilian/core/rules/budget/*",
    "src/qilian/core/rules/moments/*",
    "src/qilian/core/rules/regex/*",
    "src/qilian/core/rules/feel/*",
    "src/qilian/core/rules/dmn/*",
]
SHARES, AT_ONCE = 4, 2
"""So many shares, each about as many lines of tests, are run two at a time: who is done early takes the next."""


def shares(folders: dict[str, int], count: int) -> list[list[str]]:
    """Deal folders out by their size: the largest first, each to the share that has least."""
    dealt: list[list[str]] = [[] for _ in range(count)]
    for folder in sorted(folders, key=lambda name: (-folders[name], name)):
        min(dealt, key=lambda share: sum(folders[name] for name in share)).append(folder)
    return dealt


def _run(command: list[str], data: Path) -> subprocess.CompletedProcess[str]:
    # Few examples, the same each time: what they cover is no matter of luck. The suite itself tries more.
    environment = os.environ | {"COVERAGE_FILE": str(data), "QILIAN_MODE": "test", "TESTS_PROFILE": "traced"}
    return subprocess.run(
        [sys.executable, "-m", "coverage", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=1_800,
    )


def test_kernels_pass_and_every_branch_of_them_is_taken(tmp_path: Path) -> None:
    folders = {
        str(folder.relative_to(ROOT)): sum(path.stat().st_size for path in folder.rglob("*.py"))
        for folder in kernel_tests()
    }
    measured = tmp_path / "coverage"
    traced = ["run", "--branch", "--parallel-mode", f"--include={','.join(SOURCES)}", "-m", "pytest", "-q"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = list(pool.map(lambda share: _run([*traced, *share], measured), shares(folders, SHARES)))
    for ran in runs:
        assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
    for command in (["combine", "-q"], ["json", "-q", "-o", str(tmp_path / "coverage.json")]):
        done = _run(command, measured)
        assert done.returncode == 0, done.stdout + done.stderr
    files = json.loads((tmp_path / "coverage.json").read_text())["files"]
    assert len(files) >= 10
    missed = {
        name: {"lines": data["missing_lines"], "branches": data["missing_branches"]}
        for name, data in files.items()
        if data["missing_lines"] or data["missing_branches"]
    }
    assert missed == {}


def test_folders_are_dealt_out_evenly_and_none_is_left() -> None:
    assert shares({"a": 5, "b": 9, "c": 4, "d": 4}, 2) == [["b", "d"], ["a", "c"]]
