"""Kernels are covered branch by branch by their own tests, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

SOURCES = [
    "src/qilian/core/*/kernel*",
    "src/qilian/core/*/kernel/*",
    "src/qilian/spine/*/kernel/*",
    "src/qilian/engines/*/kernel/*",
    "src/qilian/engines/*/*/kernel/*",
    "src/qilian/core/text/*",
    "src/qilian/core/clock/*",
    "src/qilian/core/regex/*",
    "src/qilian/core/feel/*",
    "src/qilian/core/rules/*",
]


def test_every_branch_of_every_kernel_is_taken(tmp_path: Path) -> None:
    environment = os.environ | {"COVERAGE_FILE": str(tmp_path / "coverage"), "QILIAN_MODE": "test"}
    run = [
        sys.executable,
        "-m",
        "coverage",
        "run",
        "--branch",
        f"--include={','.join(SOURCES)}",
        "-m",
        "pytest",
        "-q",
        "tests/kernel",
    ]
    ran = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
    report = tmp_path / "coverage.json"
    subprocess.run(
        [sys.executable, "-m", "coverage", "json", "-q", "-o", str(report)],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=120,
    )
    files = json.loads(report.read_text())["files"]
    assert len(files) >= 10
    missed = {
        name: {"lines": data["missing_lines"], "branches": data["missing_branches"]}
        for name, data in files.items()
        if data["missing_lines"] or data["missing_branches"]
    }
    assert missed == {}
