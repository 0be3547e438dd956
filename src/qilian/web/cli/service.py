"""`up`, `start`, `reset`: the system as a whole, from a fresh checkout to the foreground and back to nothing."""

import json
import os
import shutil
import socket
from collections.abc import Sequence

from qilian.core.machine.postgres.api import discard_former, drop_database, own
from qilian.core.values.text import Refusal, Text, whole
from qilian.web.cli import console, database, parts, prepare, restoring, running, stamps
from qilian.web.cli.supervisor import Supervisor

_FOLDERS = ("files", "mail", "witness")


def up(arguments: Sequence[str]) -> int:
    """Prepare and run the demonstration in the foreground until Ctrl-C: `[--port 8000] [--host 127.0.0.1]`."""
    return _run("demo", arguments)


def start(arguments: Sequence[str]) -> int:
    """Prepare and run the real system: an empty database, whose three administrators are printed the first time."""
    return _run("real", arguments)


def reset(arguments: Sequence[str]) -> int:
    """Remove a mode's database and files; asks first, `--yes` answers. The real one must be named: `--mode real`."""
    given = console.take(arguments, flags=("--yes",))
    mode = "real" if console.chosen_mode() == "real" else "demo"
    running.refuse_while(mode)
    name = (
        Text("演示数据", "the demonstration")
        if mode == "demo"
        else Text("正式系统的全部数据", "ALL DATA of the real system")
    )
    question = Text("要删除{what}吗？删除请输入", "Remove {what}? To do so, type").filled(what=name)
    if "--yes" not in given.flags and not console.confirm(question, word=mode):
        console.answer(Text("没有改变。", "Nothing was changed."))
        return 1
    with console.step(Text("正在清空", "removing")), database.running(mode) as server:
        if server is not None:
            drop_database(console.var(), mode)
            discard_former(console.var(), mode)
        for folder in _FOLDERS:
            shutil.rmtree(console.var() / folder / mode, ignore_errors=True)
    restoring.abandon(mode)
    stamps.forget(mode)
    database.mark_prepared(mode, made=False)
    console.answer(Text("已清空。", "Removed."))
    return 0


def _run(mode: str, arguments: Sequence[str]) -> int:
    given = console.take(arguments, values=("--port", "--host"))
    host, port = given.values.get("--host", "127.0.0.1"), _port(given.values.get("--port", "8000"))
    restoring.refuse_half(mode)
    with running.only_one(mode):
        for name in running.end_orphans(mode):
            console.tell(Text(f"已结束上次留下的 {name}", f"ended {name}, left behind last time"))
        _refuse_taken(host, port)
        _warn_of_proxies(mode)
        prepare.files()
        with console.timed(Text("正在启动数据库", "starting the database"), database.running(mode)) as server:
            prepare.data(mode, server)
            address = parts.url(host, port)
            console.tell(Text("正在启动网页、后台和封存进程", "starting web, worker and sealer"))
            processes = parts.processes(mode, host, port)
            Supervisor(mode, address, processes, own(console.var()), server).run(announce=_announcement(mode, address))
    return 0


def _warn_of_proxies(mode: str) -> None:
    """Tell who stands behind a proxy that it is not declared: its visitors would be one network (`/locked/`)."""
    behind = "QILIAN_HTTPS" in os.environ or os.environ.get("QILIAN_BASE_URL", "").startswith("https:")
    if mode == "real" and behind and "QILIAN_PROXIES" not in os.environ:
        console.tell(
            Text(
                "提醒：QILIAN_PROXIES 没有设置，反向代理后面的所有人会算作同一个网络，一起被锁定",
                "mind: QILIAN_PROXIES is not set; all visitors behind the proxy count as one network and are locked "
                "out together",
            )
        )


def _announcement(mode: str, address: str) -> list[str]:
    lines = [f"{address}/"]
    try:
        rows = json.loads((console.var() / "run" / "demo.logins.json").read_text()) if mode == "demo" else []
    except (OSError, ValueError):
        rows = []
    if rows:
        lines.append(str(Text("演示账号：", "Demonstration logins:")))
        lines += [f"  {each['login']:<14} {each['password']:<16} {Text(each['zh'], each['en'])}" for each in rows]
    return [*lines, str(Text("按 Ctrl-C 停止。", "Ctrl-C stops everything."))]


def _port(written: str) -> int:
    number = whole(written)
    if number is not None and 0 < number < 65536:
        return number
    raise Refusal(
        "up.port",
        Text(f"“{written}”不是端口号。", f"“{written}” is not a port."),
        where="--port",
        remedy=Text("端口是 1 到 65535 的整数。", "A port is a whole number from 1 to 65535."),
    )


def _refuse_taken(host: str, port: int) -> None:
    if _free(host, port):
        return
    other = next((each for each in range(port + 1, min(port + 100, 65536)) if _free(host, each)), None)
    retry = f"--port {other}" if other else "--port"
    raise Refusal(
        "up.port.taken",
        Text(f"端口 {port} 已被别的程序占用。", f"Port {port} is used by another program."),
        where=f"{host}:{port}",
        remedy=Text(f"请换一个端口：{retry}。", f"Choose another: {retry}."),
    )


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
