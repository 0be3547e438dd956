"""A restore that dies at a point: `python restore_victim.py POINT FILE`; without a point it lives."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from qilian.core.machine.postgres import databases as databases_room
from qilian.core.machine.postgres import dumps
from qilian.web.cli import __main__ as cli
from qilian.web.cli import archive, prepare, restoring, safety


def dying(run: Callable[..., Any], *, first: int = 1) -> Callable[..., Any]:
    """The same function, whose process is killed after its n-th call."""
    calls = 0

    def wrapped(*given: Any, **named: Any) -> Any:
        nonlocal calls
        result = run(*given, **named)
        calls += 1
        if calls == first:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


def arm(point: str) -> None:
    """Let the process die behind a point: a named call, or one of the steps of the exchange."""
    if point == "unpack":
        archive.unpack = dying(archive.unpack)
    elif point == "load":
        safety.load_beside = dying(safety.load_beside)
    elif point == "commit":
        restoring.commit = dying(restoring.commit)
    elif point.startswith("rename"):
        databases_room.rename_database = dying(databases_room.rename_database, first=int(point[-1]))
        assert dumps.databases is databases_room
    elif point:
        place = [step.__name__ for step in restoring.STEPS].index(point)
        steps = list(restoring.STEPS)
        steps[place] = dying(steps[place])
        restoring.STEPS = tuple(steps)


prepare.inside = lambda *_given, **_named: None  # tables and log are steps of Django, tried by the launcher's tests
arm(sys.argv[1])
sys.exit(cli.main(["restore", *sys.argv[2:], *(["--yes"] if sys.argv[2:] else [])]))
