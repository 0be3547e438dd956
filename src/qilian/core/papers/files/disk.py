"""Contents on disk: written aside, flushed, then renamed to the name that their SHA-256 gives; never half there."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from django.conf import settings

from qilian.core.values.text import Refusal, Text, public_code

from .kernel.intake import too_large
from .kernel.kinds import HEAD, ZIP, Kind, inside, sniff

_BRING_BACK = Text("请从备份恢复。", "Restore it from a backup.")


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


def open_content(sha256: str, *, name: str = "") -> BufferedReader:
    """Open a stored content that still is what its name says: every byte is hashed before the first is given out.

    Refusals: `files.lost` when the disk does not hold it, `files.changed` when it is another; `where` is `name`.
    """
    try:
        file = place_of(sha256).open("rb")
    except FileNotFoundError:
        words = Text("磁盘上找不到这个文件。", "The disk does not hold this file.")
        raise Refusal("files.lost", words, where=name or sha256[:12], remedy=_BRING_BACK) from None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        words = Text("磁盘上的这个文件已被改动或损坏。", "This file was changed or damaged on the disk.")
        raise Refusal("files.changed", words, where=name or sha256[:12], remedy=_BRING_BACK)
    file.seek(0)
    return file


def read_content(sha256: str, *, name: str = "") -> bytes:
    """Return the whole of a stored content. Refusals as for `open_content`."""
    with open_content(sha256, name=name) as file:
        return file.read()


def settle(arrived: Arrived) -> None:
    """Move an arrived content to its place; drop it where the same lies already, whole."""
    place = place_of(arrived.sha256)
    if place.exists() and _is_whole(place, arrived.sha256):
        arrived.path.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    arrived.path.replace(place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        _flush(folder)


def _is_whole(place: Path, sha256: str) -> bool:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


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
