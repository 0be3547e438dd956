"""`backup`, `restore`, `upgrade`: one file out, one file back, and the way to a new version."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from qilian.core.log.keyring.api import ensure, load, merge, ring_path
from qilian.core.machine.postgres.api import applied_migrations, dump, incoming_address, load_beside
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import archive, console, database, messages, prepare, restoring, running, stamps
from qilian.web.cli.migrations import refuse_future


def backup(arguments: Sequence[str]) -> int:
    """Write database, files and keys into one file, `[FILE]`; the system may run meanwhile.

    `--keys-apart FILE` keeps the keys of personal data out of it and writes them to a file of their own. Exit status 1,
    with the names, when stored files are no longer what was stored: the backup is there all the same.
    """
    given = console.take(arguments, values=("--keys-apart",), rest=1)
    mode = console.mode()
    restoring.refuse_half(mode)
    moment = clock.now().astimezone(clock.SHANGHAI)
    default = console.var() / "backups" / f"qilian-{mode}-{moment:%Y%m%d-%H%M%S}.tar"
    target = Path(given.rest[0]).absolute() if given.rest else default
    apart = given.values.get("--keys-apart")
    damaged = _write(target, mode, moment.isoformat(), Path(apart).absolute() if apart else None)
    console.answer(target)
    for name in damaged:
        console.tell(Text(f"文件已损坏，备份里也是坏的：{name}", f"damaged on the disk, and so in the backup: {name}"))
    return 1 if damaged else 0


def restore(arguments: Sequence[str]) -> int:
    """Put a backup in the place of what is here, `FILE [--keys FILE] [--yes]`; all or nothing, while nothing runs.

    Without a file it finishes a restore that was cut off.
    """
    given = console.take(arguments, values=("--keys",), flags=("--yes",), rest=1)
    half = next((mode for mode in console.MODES if restoring.is_half(mode)), "")
    if half:
        _finish(half)
    elif not given.rest:
        raise Refusal("restore.file", Text("请写明备份文件。", "Name the backup's file."), where="FILE")
    if not given.rest:
        return 0
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
    """Back up, then bring messages, tables and rights to the version of this checkout."""
    console.take(arguments)
    mode = console.mode()
    restoring.refuse_half(mode)
    running.refuse_while(mode)
    if database.prepared(mode) and not database.elsewhere():
        backup(())
    messages.ensure()
    stamps.forget(mode, "tables")
    with database.running(mode) as server:
        prepare.data(mode, server)
    word = "up" if mode == "demo" else "start"
    console.answer(Text(f"已升级。请运行 ./qilian {word}。", f"Upgraded. Run ./qilian {word}."))
    return 0


def _write(target: Path, mode: str, moment: str, apart: Path | None) -> list[str]:
    """Write a backup and return the stored files that are damaged."""
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
            sources = {"database.dump": dumped, **_below("files", _files(mode)), **_keys(None if apart else ring, mode)}
            made = archive.pack(target, mode=mode, made_at=moment, counts=counts, sources=sources, keys=keys.ids)
    return list(made.damaged)


def _finish(mode: str) -> None:
    """Go on with a restore that was cut off."""
    running.refuse_while(mode)
    with console.step(Text("正在做完上一次恢复", "finishing the restore that was cut off")), database.running(mode):
        rows = restoring.finish(mode)
    console.answer(Text(f"上一次恢复已做完：{rows} 行。", f"The restore that was cut off is finished: {rows} rows."))


def _bring_back(source: Path, mode: str, apart: Path | None) -> int:
    """Prepare everything aside, then exchange it; a kill before the journal changes nothing."""
    restoring.abandon(mode)
    folder = restoring.staging(mode)
    folder.mkdir(mode=0o700, parents=True)
    try:
        with database.running(mode):
            with console.step(Text("正在核对备份", "checking the backup")):
                manifest = archive.unpack(source, folder)
                archive.refuse_changed_contents(folder / "files", manifest.damaged)
                (folder / "files").mkdir(exist_ok=True)
                _take_keys(folder / "keys", mode, manifest, apart)
            database.superuser(mode)
            with console.step(Text("正在恢复数据库", "restoring the database")):
                counts = load_beside(console.var(), mode, folder / "database.dump", expected=manifest.counts)
                refuse_future(applied_migrations(incoming_address(console.var(), mode)))
            restoring.commit(mode, sum(counts.values()))
            return restoring.finish(mode)
    finally:
        if not restoring.is_half(mode):
            restoring.abandon(mode)


def _files(mode: str) -> Path:
    return console.var() / "files" / mode


def _below(name: str, folder: Path) -> dict[str, Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f"{name}/{path.relative_to(folder).as_posix()}": path for path in found}


def _keys(ring: Path | None, mode: str) -> dict[str, Path]:
    """Return the keys that sign, and a ring; the roles' passwords belong to the machine and stay on it."""
    found = _below("keys", console.var() / "keys")
    return {name: path for name, path in found.items() if path == ring or not _stays(path, mode)}


def _stays(path: Path, mode: str) -> bool:
    other = "log.key" if mode == "demo" else "log-demo.key"
    return path.suffix in (".password", ".new") or path.name.startswith("privacy-") or path.name == other


def _take_keys(folder: Path, mode: str, manifest: archive.Manifest, apart: Path | None) -> None:
    """Have all keys of a backup together in a folder; refuse, before anything is replaced, when one is missing."""
    target = ring_path(console.var() / "keys", mode)
    folder.mkdir(mode=0o700, exist_ok=True)
    if apart is not None:
        merge(folder / "privacy-apart.json", load(apart))
    rings = [load(path) for path in sorted(folder.glob("privacy-*.json"))]
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
    if mode == "demo" and (folder / "log.key").exists():
        (folder / "log.key").replace(folder / "log-demo.key")  # backups of before a demonstration had its own
