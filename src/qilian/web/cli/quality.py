"""`check`: what must hold before a change lands, in a minute."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from qilian.web.cli import console, messages

_AT_ONCE = 2  # checks, of which the first has two processes of its own


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
        console.answer(f"{name:<16} {seconds:6.1f} s  {console.mark(status)}")
    console.answer(f"{'':<16} {time.monotonic() - began:6.1f} s")
    return 1 if any(status for status, _ in found.values()) else 0


def _told(name: str, command: Sequence[str]) -> tuple[int, float]:
    """Run a command beside others, and give its words when it has ended."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=console.ROOT,
        env={**os.environ, "PYTHONPATH": str(console.ROOT / "src")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )
    console.answer(f"── {name}", done.stdout.rstrip())
    return done.returncode, time.monotonic() - began
