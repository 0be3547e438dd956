"""The database as commands need it: our own cluster for the length of a block, or a server elsewhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from qilian.core.machine.postgres.api import Address, Server, address_of, leased, own
from qilian.core.values.text import Refusal, Text
from qilian.web.cli import console


def elsewhere() -> bool:
    """Tell whether DATABASE_URL points at a server that is not ours to start."""
    return bool(os.environ.get("DATABASE_URL"))


@contextmanager
def running(mode: str, *, made: bool = False) -> Iterator[Server | None]:
    """Have the database for a block; None when it is elsewhere. `made` refuses where it was never prepared."""
    if elsewhere():
        yield None
        return
    if made and not prepared(mode):
        raise _unprepared(mode)
    with leased(own(console.var()), console.tell) as server:
        yield server


def prepared(mode: str) -> bool:
    """Tell whether the database of a mode was made here before."""
    return (console.var() / "run" / f"{mode}.made").exists()


def mark_prepared(mode: str, *, made: bool = True) -> None:
    """Remember that the database of a mode is there, or that it is gone."""
    mark = console.var() / "run" / f"{mode}.made"
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch() if made else mark.unlink(missing_ok=True)


def superuser(mode: str) -> Address:
    """Return where the database of a mode is dumped and counted: as superuser, so that no row policy hides a row."""
    if elsewhere():
        raise Refusal(
            "cli.elsewhere",
            Text("数据库在别的服务器上（DATABASE_URL）。", "The database is on another server (DATABASE_URL)."),
            remedy=Text("请用那台服务器的备份工具。", "Use that server's own backup."),
        )
    return address_of(console.var(), mode, "superuser")


def _unprepared(mode: str) -> Refusal:
    word = "up" if mode == "demo" else "start"
    return Refusal(
        "cli.unprepared",
        Text("这里还没有数据库。", "There is no database here yet."),
        where=mode,
        remedy=Text(f"请先运行 ./qilian {word}。", f"Run ./qilian {word} first."),
    )
