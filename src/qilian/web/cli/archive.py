"""A backup's shape: one tar with a manifest that names every member's digest and every table's rows."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from qilian.core.values.text import Refusal, Text

_FORMAT = 1
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: `members` are SHA-256 by name, `counts` rows by table, `keys` the names of its key ring.

    `damaged` are stored files that were no longer what their names say when the backup was made.
    """

    format: int
    mode: str
    made_at: str
    counts: Mapping[str, int]
    members: Mapping[str, str]
    keys: Sequence[str] = ()
    damaged: Sequence[str] = ()


def pack(
    target: Path,
    *,
    mode: str,
    made_at: str,
    counts: Mapping[str, int],
    sources: Mapping[str, Path],
    keys: Sequence[str] = (),
) -> Manifest:
    """Write an archive of named files beside its final name, then move it there; only its owner may read it."""
    members = {name: digest(path) for name, path in sources.items()}
    damaged = [name for name, found in members.items() if not _is_itself(name, found)]
    manifest = Manifest(_FORMAT, mode, made_at, counts, members, keys, damaged)
    fresh = target.with_name(f"{target.name}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                _add_manifest(tar, manifest)
                for name, path in sources.items():
                    tar.add(path, arcname=name, recursive=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def unpack(source: Path, folder: Path) -> Manifest:
    """Write an archive's members below a folder; refuses one that is not ours, cut off or changed, by the member."""
    try:
        with tarfile.open(source, mode="r:") as tar:
            manifest = _manifest(tar, source)
            _refuse_others(tar, manifest, source)
            for name, expected in manifest.members.items():
                _extract(tar, name, folder, expected)
    except (tarfile.TarError, KeyError, EOFError) as problem:
        raise _damaged(source, str(problem)) from problem
    return manifest


def refuse_changed_contents(folder: Path, damaged: Sequence[str]) -> None:
    """Refuse stored files below a folder that are not what their names say, except those that a backup knew of."""
    for path in sorted(folder.glob("??/??/*")):
        name = f"files/{path.relative_to(folder).as_posix()}"
        if name not in damaged and not _is_itself(name, digest(path)):
            raise _damaged(folder, name)


def read_manifest(source: Path) -> Manifest:
    """Return what an archive says it holds, without reading its members."""
    try:
        with tarfile.open(source, mode="r:") as tar:
            return _manifest(tar, source)
    except (tarfile.TarError, KeyError, EOFError) as problem:
        raise _damaged(source, str(problem)) from problem


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_itself(name: str, found: str) -> bool:
    """Whether a stored file, whose name is its SHA-256, is what it was; other members have no such name."""
    parts = PurePosixPath(name).parts
    stored = len(parts) == 4 and parts[0] == "files" and len(parts[1]) == len(parts[2]) == 2
    return not stored or parts[3] == found


def _is_ours(name: str) -> bool:
    """Whether a backup has such a member: the dump, stored files, keys; passwords stay on their machine."""
    return name == "database.dump" or (name.startswith(("files/", "keys/")) and not name.endswith(".password"))


def _refuse_others(tar: tarfile.TarFile, manifest: Manifest, source: Path) -> None:
    """Refuse an archive that holds anything but plain files, each named once in its manifest."""
    found = [member.name for member in tar.getmembers()]
    strange = set(found) - {_MANIFEST, *manifest.members}
    twice = {name for name in found if found.count(name) > 1} if len(set(found)) < len(found) else set()
    other = {member.name for member in tar.getmembers() if not member.isfile()}
    if wrong := sorted(strange | twice | other | {name for name in manifest.members if not _is_ours(name)}):
        raise _damaged(source, wrong[0])


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    written = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(_MANIFEST)
    entry.size = len(written)
    tar.addfile(entry, io.BytesIO(written))


def _manifest(tar: tarfile.TarFile, source: Path) -> Manifest:
    file = tar.extractfile(_MANIFEST)
    assert file is not None
    try:
        manifest = Manifest(**json.loads(file.read()))
    except (ValueError, TypeError) as problem:
        raise _damaged(source, str(problem)) from problem
    if manifest.format != _FORMAT:
        raise _damaged(source, f"format {manifest.format}")
    return manifest


def _extract(tar: tarfile.TarFile, name: str, folder: Path, expected: str) -> None:
    pure = PurePosixPath(name)
    member = tar.extractfile(name)
    if pure.is_absolute() or ".." in pure.parts or member is None:
        raise _damaged(folder, name)
    target = folder / pure
    target.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with target.open("wb") as file:
        while piece := member.read(1 << 20):
            found.update(piece)
            file.write(piece)
    if found.hexdigest() != expected:
        raise _damaged(folder, name)


def _damaged(source: Path, what: str) -> Refusal:
    return Refusal(
        "backup.damaged",
        Text(f"这不是完好的备份（{what}）。", f"This is not a whole backup ({what})."),
        where=str(source),
        remedy=Text("请换一份备份；现有数据没有改变。", "Use another backup; nothing was changed."),
    )
