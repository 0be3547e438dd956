"""Everything between a fresh checkout and a running system; steps whose fingerprint did not change are skipped."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from qilian.core.log.keyring.api import ensure, ring_path
from qilian.core.machine.postgres.api import Server, applied_migrations, database_name, ensure_database, names, secret
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console, database, environment, messages, stamps
from qilian.web.cli.migrations import refuse_future


def files() -> None:
    """Prepare what lies in files: secrets, messages."""
    close(console.var())
    secret(console.var(), "session.key")
    (console.var() / "static").mkdir(exist_ok=True)
    messages.ensure()


def close(var: Path) -> None:
    """Shut what earlier versions left open to other accounts; the way through to a database of another account stays.

    Below a folder that is shut nothing can be reached, whatever its own mode.
    """
    for path in [var, *var.iterdir()]:
        found = path.lstat()
        if not path.is_symlink() and found.st_uid == os.geteuid() and found.st_mode & 0o077:
            path.chmod(found.st_mode & (0o711 if path == var else 0o700))


def data(mode: str, server: Server | None) -> None:
    """Prepare the database of a mode: keys, roles, tables, rights, then the demonstration or the administrators."""
    if server is not None:
        _refuse_vanished(mode)
    ensure(ring_path(console.var() / "keys", mode), at=clock.now())
    identity = ensure_database(console.var(), mode) if server is not None else os.environ["DATABASE_URL"]
    if server is not None:
        refuse_future(applied_migrations(database.superuser(mode)))
    fingerprint = stamps.of_files(_table_sources(), identity)
    if not stamps.fresh(mode, "tables", fingerprint):
        with console.step(Text("正在建表并设定权限", "laying tables and rights")):
            inside("tables", mode, role="owner")
        stamps.keep(mode, "tables", fingerprint)
    _gather(mode)
    if mode == "demo":
        _fill(mode, Text("正在载入方案和演示数据", "loading the plan and the demonstration"), identity)
    else:
        _fill(mode, Text("正在设立三名管理员", "making the three administrators"), identity)
    database.mark_prepared(mode)


def _gather(mode: str) -> None:
    """Have the web files gathered under names that tell their content, compressed, where one of them changed."""
    found = [path for path in (console.ROOT / "src/qilian/web/static").rglob("*") if path.is_file()]
    fingerprint = stamps.of_files(found, str(console.var()))
    gathered = (console.var() / "static" / "staticfiles.json").exists()
    if not (gathered and stamps.fresh(mode, "static", fingerprint)):
        inside("static", mode, role="app")
        stamps.keep(mode, "static", fingerprint)


def _refuse_vanished(mode: str) -> None:
    """Refuse to make a new database in the place of one that was here: nothing is replaced without a word."""
    if database.prepared(mode) and database_name(mode) not in names(console.var()):
        raise Refusal(
            "up.vanished",
            Text("这里原来有数据库，现在不见了。", "There was a database here, and it is gone."),
            where=database_name(mode),
            remedy=Text(
                "请用 ./qilian restore 恢复备份；不再需要原来的数据，就先 ./qilian reset。",
                "Bring a backup back with ./qilian restore; if the data is not needed, ./qilian reset first.",
            ),
        )


def inside(name: str, mode: str, *, role: str) -> None:
    """Run a step of `inside` in a process of its own; what it prints is part of the answer."""
    command = [sys.executable, "-m", "qilian.web.cli.inside", name]
    variables = {**os.environ, **environment.variables(mode, role=role)}
    sys.stdout.flush()
    done = subprocess.run(command, env=variables, stderr=subprocess.PIPE, text=True, check=False)
    sys.stderr.write(done.stderr if done.returncode == 0 else "")
    if done.returncode != 0:
        said = "\n  ".join(done.stderr.strip().splitlines()[-12:])
        raise Refusal(
            f"prepare.{name}",
            Text(f"这一步没有完成：\n  {said}\n", f"This step did not finish:\n  {said}\n"),
            where=name,
            remedy=Text(
                "改正后再运行一次：已完成的步骤不会重做。", "Correct it and run again: finished steps are not repeated."
            ),
        )


def mark_filled(mode: str, identity: str) -> None:
    """Remember that a database already has its content, because a backup brought it."""
    stamps.keep(mode, _content(mode), _fingerprint(mode, identity))


def _fill(mode: str, title: Text, identity: str) -> None:
    if stamps.fresh(mode, _content(mode), _fingerprint(mode, identity)):
        return
    with console.step(title):
        inside(_content(mode), mode, role="app")
    mark_filled(mode, identity)


def _content(mode: str) -> str:
    return "demo" if mode == "demo" else "administrators"


def _fingerprint(mode: str, identity: str) -> str:
    """The demonstration follows the plan's files; the administrators are made once in the life of a database."""
    plan = [path for path in (console.ROOT / "plan").rglob("*") if path.is_file()] if mode == "demo" else []
    return stamps.of_files(plan, identity)


def _table_sources() -> Iterable[Path]:
    """Return what tables and rights are made of: models, migrations, the packages, and the rules of this room."""
    yield console.ROOT / "requirements" / "run.txt"
    yield Path(__file__).with_name("tables.py")
    for path in (console.ROOT / "src" / "qilian").rglob("*.py"):
        if path.name == "models.py" or path.parent.name in ("models", "migrations", "postgres"):
            yield path
