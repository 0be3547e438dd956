"""The exchange at the end of a restore: all is prepared aside, a journal is written, and from there it only goes on.

Whoever is killed before the journal has changed nothing; afterwards every step can be done again, and `restore` without
a file does them. Until then nothing else runs on what is half exchanged.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from qilian.core.log.keyring.api import ensure, load, merge, ring_path
from qilian.core.machine.postgres.api import discard_former, ensure_database, exchange
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console, database, prepare, stamps


def staging(mode: str) -> Path:
    """Return the folder beside the system in which a restore prepares files and keys."""
    return console.var() / f"restore-{mode}"


def is_half(mode: str) -> bool:
    """Tell whether a restore of a mode was cut off after its journal was written."""
    return _journal(mode).exists()


def refuse_half(mode: str) -> None:
    """Refuse to touch what a restore has half exchanged; Refusal `restore.half`."""
    if is_half(mode):
        raise Refusal(
            "restore.half",
            Text("上一次恢复没有做完：数据只换了一半。", "The last restore was cut off: the data is half exchanged."),
            where=mode,
            remedy=Text(
                "请运行 ./qilian restore（不写文件）把它做完。", "Run ./qilian restore, without a file, to finish it."
            ),
        )


def commit(mode: str, rows: int) -> None:
    """Write the journal: from now on the restore goes forward, whoever is killed."""
    _durable(_journal(mode), json.dumps({"rows": rows}).encode())


def finish(mode: str) -> int:
    """Do every step that is left of a restore, and return how many rows came back; the database runs."""
    rows = int(json.loads(_journal(mode).read_text())["rows"])
    for step in STEPS:
        step(mode)
    return rows


def abandon(mode: str) -> None:
    """Forget a restore with all that it prepared aside."""
    _journal(mode).unlink(missing_ok=True)
    shutil.rmtree(staging(mode), ignore_errors=True)


def _database(mode: str) -> None:
    database.superuser(mode)
    exchange(console.var(), mode)


def _files_apart(mode: str) -> None:
    """Put the present files aside, unless the brought ones are in their place already."""
    brought, target, former = staging(mode) / "files", _files(mode), staging(mode) / "former"
    if brought.exists() and target.exists():
        target.rename(former)


def _files_in(mode: str) -> None:
    brought, target = staging(mode) / "files", _files(mode)
    if brought.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        brought.rename(target)


def _keys(mode: str) -> None:
    """Lay the rings of personal data beside those here, and put the keys that sign in their place."""
    folder = staging(mode) / "keys"
    ring = ring_path(console.var() / "keys", mode)
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        if path.name.startswith("privacy-"):
            merge(ring, load(path))
        elif path.is_file():
            target = console.var() / "keys" / path.relative_to(folder)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _durable(target, path.read_bytes())
    ensure(ring, at=clock.now())


def _stamps(mode: str) -> None:
    stamps.forget(mode)
    prepare.mark_filled(mode, ensure_database(console.var(), mode))


def _tables(mode: str) -> None:
    with console.step(Text("正在建表并设定权限", "laying tables and rights")):
        prepare.inside("tables", mode, role="owner")


def _log(mode: str) -> None:
    prepare.inside("log", mode, role="owner")


def _made(mode: str) -> None:
    database.mark_prepared(mode)


def _journal_gone(mode: str) -> None:
    """The last step that counts: what is left after it is only in the way, and the next restore removes it."""
    _journal(mode).unlink(missing_ok=True)
    _flush(_journal(mode).parent)


def _tidy(mode: str) -> None:
    discard_former(console.var(), mode)
    shutil.rmtree(staging(mode), ignore_errors=True)


STEPS: tuple[Callable[[str], None], ...] = (
    _database,
    _files_apart,
    _files_in,
    _keys,
    _stamps,
    _tables,
    _log,
    _made,
    _journal_gone,
    _tidy,
)


def _files(mode: str) -> Path:
    return console.var() / "files" / mode


def _journal(mode: str) -> Path:
    return console.var() / "run" / f"{mode}.restoring"


def _durable(path: Path, content: bytes) -> None:
    """Write a file beside its name and move it there when it is on the disk; readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _flush(path.parent)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
