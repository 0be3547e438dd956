"""Steps that need Django, each in a process of its own with the role it needs: `python -m qilian.web.cli.inside STEP`.

The demonstration and the administrators are management commands, made so that a second call, after a cut-off first one,
adds nothing twice; `qilian.web.demo.logins()` tells who can sign in to the demonstration.
"""

import json
import os
import sys
from importlib import import_module

import django
from django.core.management import call_command

from qilian.core.values.text import Refusal, speaking
from qilian.web.cli import console
from qilian.web.cli.tables import lay


def tables() -> None:
    """Lay the tables as the owner and set the application's rights; both change nothing when nothing changed."""
    lay()


def static() -> None:
    """Gather the web files, named by their content and compressed; what is not served any more goes."""
    os.umask(0o077)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def demo() -> None:
    """Begin the demonstration, whose stories the worker tells, and write down who can log in."""
    _calendar()
    import_module("qilian.web.telling").begin()
    rows = list(import_module("qilian.web.demo").logins())
    (console.var() / "run" / "demo.logins.json").write_text(json.dumps(rows, ensure_ascii=False))


def administrators() -> None:
    """Make the three administrators; their passwords are printed by the command, once."""
    _calendar()
    call_command("administrators")


def log() -> None:
    """Let the log of a restored database go on: a new cluster counts its transactions from the beginning."""
    import_module("qilian.core.log.events.api").after_restore()


def _calendar() -> None:
    """Have the working days of all years; imported here because the web process must not load their packages."""
    import_module("qilian.core.time.calendar.jobs").fill_years()


_STEPS = {"tables": tables, "static": static, "demo": demo, "administrators": administrators, "log": log}


def main(arguments: list[str]) -> int:
    """Run one step; a refusal becomes its sentence and exit status 2."""
    with speaking(os.environ.get("QILIAN_LANG", "zh")):
        try:
            django.setup()
            _STEPS[arguments[0]]()
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
