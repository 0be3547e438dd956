"""A ring's file: made once, readable by its owner only, replaced as a whole so that no kill leaves half of it."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from qilian.core.values.text import Refusal, Text

from .kernel import SECRET_BYTES, Key, Keyring, read, written


def ring_path(folder: Path, mode: str) -> Path:
    """Return where the ring of a mode (`demo`, `real`, `test`) lies in the folder of keys."""
    return folder / f"privacy-{mode}.json"


def load(path: Path) -> Keyring:
    """Read a ring; Refusals `keyring.absent` where there is none, `keyring.damaged`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = Text("个人数据的密钥文件不存在。", "The key file of personal data is not there.")
        remedy = Text(
            "请从备份恢复密钥，或运行 ./qilian up 或 start。", "Restore the keys, or run ./qilian up or start."
        )
        raise Refusal("keyring.absent", message, where=str(path), remedy=remedy) from None
    return read(text, where=str(path))


def ensure(path: Path, *, at: datetime) -> Keyring:
    """Return the ring of a file, made with one fresh key the first time."""
    if not path.exists():
        key = fresh(at)
        _save(path, Keyring({key.id: key}, key.id))
    return load(path)


def turn(path: Path, *, at: datetime) -> Keyring:
    """Put a fresh key in front of the ring; what was sealed before stays readable."""
    ring = load(path).turned(fresh(at))
    _save(path, ring)
    return ring


def merge(path: Path, other: Keyring) -> Keyring:
    """Lay the keys of another ring beside those of a file, or write them down where there are none."""
    ring = load(path).merged(other) if path.exists() else other
    _save(path, ring)
    return ring


def drop(path: Path, old: frozenset[str]) -> Keyring:
    """Take keys off the ring for good; whoever calls has seen that nothing is sealed with them."""
    ring = load(path).without(old)
    _save(path, ring)
    return ring


def fresh(at: datetime) -> Key:
    """Make a key from the system's randomness."""
    return Key(secrets.token_bytes(SECRET_BYTES), at.isoformat())


def _save(path: Path, ring: Keyring) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(written(ring))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
