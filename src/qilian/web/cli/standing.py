"""`status` and `down`: what runs, and its end; they work where nothing is installed yet."""

import json
from collections.abc import Sequence

from qilian.core.machine.postgres.api import server_pid
from qilian.core.values.text import Text
from qilian.web.cli import console, database, running


def down(arguments: Sequence[str]) -> int:
    """Stop what runs, and end what a killed supervisor left; 0 also when nothing ran."""
    console.take(arguments)
    stopped = [mode for mode in console.MODES if running.stop(mode)]
    console.answer(Text("已停止。", "Stopped.") if stopped else Text("没有在运行。", "Nothing was running."))
    return 0


def status(arguments: Sequence[str]) -> int:
    """Show each mode, its address and processes; 0 when something runs, else 1. `--json` for programs."""
    given = console.take(arguments, flags=("--json",))
    found = {mode: _state(mode) for mode in console.MODES}
    pid = server_pid(console.var())
    if "--json" in given.flags:
        console.answer(json.dumps({"systems": found, "postgres": pid, "var": str(console.var())}, indent=1))
    else:
        console.answer(*_described(found, pid))
    return 0 if any(each["running"] for each in found.values()) else 1


def _state(mode: str) -> dict[str, object]:
    known = running.read(mode)
    if known is None or not known.supervisor.alive:
        left = {name: child.pid for name, child in known.children.items() if child.alive} if known else {}
        return {"running": False, "prepared": database.prepared(mode), "orphans": left}
    children = {name: {"pid": child.pid, "alive": child.alive} for name, child in known.children.items()}
    found = {"running": True, "url": known.url, "supervisor": known.supervisor.pid, "processes": children}
    return {**found, "falls": known.falls}


def _described(found: dict[str, dict[str, object]], postgres: int | None) -> list[str]:
    names = {"demo": Text("演示", "demonstration"), "real": Text("正式", "real")}
    lines = []
    for mode, state in found.items():
        known = running.read(mode)
        if state["running"] and known is not None:
            alive = ", ".join(f"{name} {child.pid if child.alive else '✗'}" for name, child in known.children.items())
            lines.append(f"{names[mode]}: {known.url}/  {alive}")
            lines += [f"  {Text('连续退出', 'fell in a row')}: {known.falls}"] if known.falls else []
        else:
            lines.append(f"{names[mode]}: {Text('没有运行', 'not running')}")
            lines += [f"  {Text('遗留', 'left behind')}: {state['orphans']}"] if state["orphans"] else []
    return [*lines, f"PostgreSQL: {postgres or Text('没有运行', 'not running')}"]
