"""Fingerprints of steps that were done, so that a second start skips what did not change."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from qilian.web.cli import console


def fresh(mode: str, name: str, fingerprint: str) -> bool:
    """Tell whether a step was last done with this very fingerprint."""
    return _read(mode).get(name) == fingerprint


def keep(mode: str, name: str, fingerprint: str) -> None:
    """Remember a step as done."""
    _write(mode, {**_read(mode), name: fingerprint})


def forget(mode: str, *names: str) -> None:
    """Have steps done again next time; all of them when none is named."""
    _write(mode, {name: kept for name, kept in _read(mode).items() if names and name not in names})


def of_files(paths: Iterable[Path], *more: str) -> str:
    """Return the fingerprint of files' names and contents, and of further words."""
    found = hashlib.sha256("\n".join(more).encode())
    for path in sorted(paths):
        found.update(f"\n{path.relative_to(console.ROOT)}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _path(mode: str) -> Path:
    return console.var() / "run" / f"{mode}.stamps.json"


def _read(mode: str) -> dict[str, str]:
    try:
        written = json.loads(_path(mode).read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): str(kept) for name, kept in written.items()}


def _write(mode: str, kept: dict[str, str]) -> None:
    path = _path(mode)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh_file = path.with_suffix(".new")
    fresh_file.write_text(json.dumps(kept, indent=1))
    fresh_file.replace(path)
