"""`backup`, `restore`, `upgrade`: one file out, one file back, and the way to a new version."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qilian.core.log.keyring.api import ensure, load, merge, ring_path
from qilian.core.machine.postgres.api import dump, ensure_database, replace
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import archive, assets, console, database, messages, prepare, running, stamps


def backup(arguments: Sequence[str]) -> int:
    """Write database, files and keys into one file, `[FILE]`; the system may run meanwhile.

    `--keys-apart FILE` keeps the keys of personal data out of it and writes them to a file of their own.
    """
    given = console.take(arguments, values=("--keys-apart",), rest=1)
    mode = console.mode()
    moment = clock.now().astimezone(clock.SHANGHAI)
    default = console.var() / "backups" / f"qilian-{mode}-{moment:%Y%m%d-%H%M%S}.tar"
    target = Path(given.rest[0]).absolute() if given.rest else default
    apart = given.values.get("--keys-apart")
    _write(target, mode, moment.isoformat(), Path(apart).absolute() if apart else None)
    console.answer(target)
    return 0


def restore(arguments: Sequence[str]) -> int:
    """Put a backup in the place of what is here, `FILE [--keys FILE] [--yes]`; all or nothing, while nothing runs."""
    given = console.take(arguments, values=("--keys",), flags=("--yes",), rest=1)
    if not given.rest:
        raise Refusal("restore.file", Text("请写明备份文件。", "Name the backup's file."), where="FILE")
    source = Path(given.rest[0]).absolute()
    mode = console.chosen_mode() or archive.read_manifest(source).mode
    running.refuse_while(mode)
    question = Text("要用这份备份替换现有数据吗？替换请输入", "Replace what is here by this backup? To do so, type")
    if database.prepared(mode) and "--yes" not in given.flags and not console.confirm(question, word=mode):
        console.answer(Text("没有改变。", "Nothing was changed."))
        return 1
    keys = given.values.get("--keys")
    rows = _bring_back(source, mode, Path(keys).absolute() if keys else None)
    console.answer(Text(f"已恢复 {rows} 行。", f"Restored {rows} rows."))
    return 0


def upgrade(arguments: Sequence[str]) -> int:
    """Back up, then bring assets, messages, tables and rights to the version of this checkout."""
    console.take(arguments)
    mode = console.mode()
    running.refuse_while(mode)
    if database.prepared(mode) and not database.elsewhere():
        backup(())
    assets.ensure()
    messages.ensure()
    stamps.forget(mode, "tables")
    with database.running(mode) as server:
        prepare.data(mode, server)
    word = "up" if mode == "demo" else "start"
    console.answer(Text(f"已升级。请运行 ./qilian {word}。", f"Upgraded. Run ./qilian {word}."))
    return 0


def _write(target: Path, mode: str, moment: str, apart: Path | None) -> None:
    ring = ring_path(console.var() / "keys", mode)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch, database.running(mode, made=True):
        dumped = Path(scratch) / "database.dump"
        with console.step(Text("正在导出数据库", "dumping the database")):
            counts = dump(database.superuser(mode), dumped)
        with console.step(Text("正在写入备份文件", "writing the backup")):
            keys = ensure(ring, at=clock.now())
            if apart is not None:
                merge(apart, keys)
            sources = {"database.dump": dumped, **_below("files", _files(mode)), **_keys(None if apart else ring)}
            archive.pack(target, mode=mode, made_at=moment, counts=counts, sources=sources, keys=keys.ids)


def _bring_back(source: Path, mode: str, apart: Path | None) -> int:
    console.var().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=console.var()) as scratch, database.running(mode):
        folder = Path(scratch)
        with console.step(Text("正在核对备份", "checking the backup")):
            manifest = archive.unpack(source, folder)
            _bring_ring(folder, mode, manifest, apart)
        database.superuser(mode)
        with console.step(Text("正在恢复数据库", "restoring the database")):
            counts = replace(console.var(), mode, folder / "database.dump", expected=manifest.counts)
        _replace_files(folder, mode)
        stamps.forget(mode)
        prepare.mark_filled(mode, ensure_database(console.var(), mode))
        with console.step(Text("正在建表并设定权限", "laying tables and rights")):
            prepare.inside("tables", mode, role="owner")
            prepare.inside("log", mode, role="owner")
        database.mark_prepared(mode)
    return sum(counts.values())


def _files(mode: str) -> Path:
    return console.var() / "files" / mode


def _below(name: str, folder: Path) -> dict[str, Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f"{name}/{path.relative_to(folder).as_posix()}": path for path in found}


def _keys(ring: Path | None) -> dict[str, Path]:
    """Return the keys that sign, and a ring; the roles' passwords belong to the machine and stay on it."""
    found = _below("keys", console.var() / "keys")
    return {name: path for name, path in found.items() if path == ring or not _stays(path)}


def _stays(path: Path) -> bool:
    return path.suffix == ".password" or path.name.startswith("privacy-")


def _bring_ring(folder: Path, mode: str, manifest: archive.Manifest, apart: Path | None) -> None:
    """Lay the keys of a backup beside those that are here; refuse, before anything is replaced, when one is missing."""
    target = ring_path(console.var() / "keys", mode)
    brought = [*sorted((folder / "keys").glob("privacy-*.json")), *([apart] if apart else [])]
    rings = [load(path) for path in brought]
    here = [load(target)] if target.exists() else []
    missing = set(manifest.keys) - {name for ring in (*rings, *here) for name in ring.ids}
    if missing:
        raise Refusal(
            "restore.keys",
            Text(
                f"缺少个人数据的密钥：{'、'.join(sorted(missing))}。",
                f"Keys of personal data are missing: {', '.join(sorted(missing))}.",
            ),
            where="--keys",
            remedy=Text(
                "请用 --keys 给出备份时另存的密钥文件；现有数据没有改变。",
                "Name the key file of that backup with --keys; nothing was changed.",
            ),
        )
    for ring in rings:
        merge(target, ring)
    ensure(target, at=clock.now())
    for path in (folder / "keys").glob("privacy-*.json"):
        path.unlink()


def _replace_files(folder: Path, mode: str) -> None:
    target = _files(mode)
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    (folder / "files").mkdir(exist_ok=True)
    shutil.move(folder / "files", target)
    for path in _below("keys", folder / "keys").values():
        path.chmod(0o600)
        shutil.move(path, console.var() / "keys" / path.relative_to(folder / "keys"))
