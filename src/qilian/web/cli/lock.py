"""`lock`: requirements with hashes and the package lock, without any index's address."""

import subprocess
import sys
from collections.abc import Sequence

from qilian.core.values.text import Refusal, Text
from qilian.web.cli import assets, console

_OPTIONS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet")


def lock(arguments: Sequence[str]) -> int:
    """Compile requirements/*.in and package.json anew; `--upgrade` also takes newer versions."""
    given = console.take(arguments, flags=("--upgrade",))
    upgrade = ["--upgrade"] if "--upgrade" in given.flags else []
    for name in ("run", "dev", "bench", "node"):
        with console.step(Text(f"正在锁定 {name}", f"locking {name}")):
            _compile(name, upgrade)
    with console.step(Text("正在锁定网页资源", "locking web assets")):
        command = [*assets.npm(), "update" if upgrade else "install", "--package-lock-only", "--no-audit", "--no-fund"]
        done = assets.run([*command, "--omit-lockfile-registry-resolved", "--loglevel=error"], console.ROOT)
        _check(done, "package-lock.json")
    console.answer(Text("已锁定。", "Locked."))
    return 0


def _compile(name: str, upgrade: list[str]) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", *_OPTIONS, *upgrade, "--python-version=3.11"]
    command += [f"requirements/{name}.in", f"--output-file=requirements/{name}.txt"]
    command += [] if name == "run" else ["--constraints=requirements/run.txt"]
    done = subprocess.run(
        command, cwd=console.ROOT, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    _check(done, f"requirements/{name}.txt")


def _check(done: subprocess.CompletedProcess[str], what: str) -> None:
    if done.returncode != 0:
        said = "\n  ".join(done.stdout.strip().splitlines()[-12:])
        raise Refusal(
            "lock.failed", Text(f"{what} 没有锁定：\n  {said}", f"{what} was not locked:\n  {said}"), where=what
        )
