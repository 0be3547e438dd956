"""`bundle`: the code and the wheels of this platform in one archive that needs no network."""

import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console

_LEFT_OUT = frozenset(
    {".git", ".venv", ".venv.lock", "var", "wheels", "dist", "node_modules", "__pycache__", "vendor", ".hypothesis"}
)


def bundle(arguments: Sequence[str]) -> int:
    """Write the archive, `[FILE]`; unpack it on a machine with the same Python and run `./qilian up` there."""
    given = console.take(arguments, rest=1)
    target = Path(given.rest[0]).absolute() if given.rest else console.ROOT / "dist" / _name()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        wheels = Path(scratch) / "wheels"
        with console.step(Text("正在取得所需的包", "fetching the packages")):
            _fetch(wheels)
        with console.step(Text("正在打包", "writing the archive")):
            fresh = Path(scratch) / "bundle"
            _pack(fresh, wheels)
            fresh.replace(target)
    console.answer(target)
    return 0


def code() -> Iterator[Path]:
    """Yield the files of the checkout, as git knows them or, in an unpacked bundle, by leaving out what is made."""
    listed = (
        subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=console.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if (console.ROOT / ".git").exists() and shutil.which("git")
        else None
    )
    if listed is not None and listed.returncode == 0:
        paths = (console.ROOT / name for name in listed.stdout.split("\0") if name)
        yield from (path for path in paths if path.is_file())
        return
    for path in console.ROOT.rglob("*"):
        if path.is_file() and not _LEFT_OUT & set(path.relative_to(console.ROOT).parts):
            yield path


def _name() -> str:
    version = tomllib.loads((console.ROOT / "pyproject.toml").read_text())["project"]["version"]
    return f"qilian-{version}-{_python()}-{sys.platform}-{platform.machine()}.tar.gz"


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _fetch(wheels: Path) -> None:
    """Fetch every pinned package as a wheel, its hash checked by pip; those of an unpacked bundle are taken again."""
    requirements = console.ROOT / "requirements" / "run.txt"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", f"--dest={wheels}", f"--requirement={requirements}"]
    if (console.ROOT / "wheels").is_dir():
        command += ["--no-index", f"--find-links={console.ROOT / 'wheels'}"]
    done = subprocess.run(command, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        said = "\n  ".join(done.stdout.strip().splitlines()[-8:])
        raise Refusal(
            "bundle.fetch",
            Text(f"没有取到所需的包：\n  {said}\n", f"The packages could not be fetched:\n  {said}\n"),
            remedy=Text("请检查网络后再试。", "Check the network and try again."),
        )
    (wheels / "python.txt").write_text(_python())


def _pack(target: Path, wheels: Path) -> None:
    with tarfile.open(target, "w:gz", compresslevel=1) as tar:
        for path in sorted(code()):
            tar.add(path, arcname=Path("qilian") / path.relative_to(console.ROOT), recursive=False)
        for path in sorted(wheels.iterdir()):
            tar.add(path, arcname=Path("qilian") / "wheels" / path.name, recursive=False)
