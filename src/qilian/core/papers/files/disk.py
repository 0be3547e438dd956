"""Contents on disk: written aside, flushed, then renamed to the name that their SHA-256 gives; never half there."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from qilian.core.values.text import public_code

from .kernel.intake import too_large
from .kernel.kinds import HEAD, ZIP, Kind, inside, sniff


@dataclass(frozen=True, slots=True)
class Arrived:
    """A content that lies aside, complete and flushed."""

    path: Path
    sha256: str
    size: int
    kind: Kind


def place_of(sha256: str) -> Path:
    """Return where a content lies: `aa/bb/<sha256>` below MEDIA_ROOT."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def receive(chunks: Iterable[bytes], *, name: str, limit: int) -> Arrived:
    """Write a stream aside and say what it is; Refusal `files.too_large` as soon as it passes `limit` bytes."""
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / public_code()
    try:
        sha256, size, head = _write(path, chunks, name, limit)
        return Arrived(path, sha256, size, _kind(path, head))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def settle(arrived: Arrived) -> None:
    """Move an arrived content to its place; where the same content lies already, drop it."""
    place = place_of(arrived.sha256)
    if place.exists():
        arrived.path.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    arrived.path.replace(place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        _flush(folder)


def remove(sha256: str) -> None:
    """Take a content from the disk; one that is not there is no error."""
    place_of(sha256).unlink(missing_ok=True)


def on_disk() -> Iterator[str]:
    """Return the SHA-256 of everything that lies in its place."""
    return (path.name for path in sorted(Path(settings.MEDIA_ROOT).glob("??/??/*")))


def left_aside(*, before: float) -> list[Path]:
    """Return what killed uploads left aside and nobody touched since a moment (seconds since 1970)."""
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    return [path for path in sorted(folder.glob("*")) if path.stat().st_mtime < before]


def _write(path: Path, chunks: Iterable[bytes], name: str, limit: int) -> tuple[str, int, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise too_large(name, limit)
            digest.update(chunk)
            head += chunk[: HEAD - len(head)]
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size, head


def _kind(path: Path, head: bytes) -> Kind:
    found = sniff(head)
    if found != ZIP:
        return found
    try:
        with zipfile.ZipFile(path) as package:
            return inside(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ZIP


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
