"""`plan compile`: the compiler alone, without Django and without a database, so that it answers at once."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from qilian.web.cli import console


def compile(arguments: Sequence[str]) -> int:  # noqa: A001 — the word of the command line is the function's name
    """Compile a plan, `FILE [--json]`; units are recognised by the list of QILIAN_PLAN, wherever one stands."""
    command = import_module("qilian.spine.compiler.command")
    units = Path(os.environ.get("QILIAN_PLAN") or console.ROOT / "plan" / "qinghai-2015") / "units.toml"
    known = [] if "--units" in arguments or not units.exists() else ["--units", str(units)]
    return int(command.main([*arguments, *known], sys.stdin, sys.stdout, sys.stderr))
