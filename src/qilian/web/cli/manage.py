"""`manage` and `shell`: Django's own commands, with the database started for them."""

from collections.abc import Sequence
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from qilian.web.cli import console, database, environment, stamps

_AS_OWNER = frozenset(
    {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "flush", "dbshell", "squashmigrations"}
)
_WITHOUT_DATABASE = frozenset({"help", "check", "makemessages", "compilemessages", "findstatic", "diffsettings"})
_CHANGES_TABLES = frozenset({"migrate", "flush", "dbshell"})


def manage(arguments: Sequence[str]) -> int:
    """Run a management command; those that change tables run as the owner, all others as the application."""
    word = arguments[0] if arguments else "help"
    environment.enter(console.mode(), role="owner" if word in _AS_OWNER else "app")
    if word in _CHANGES_TABLES:
        stamps.forget(console.mode(), "tables")
    with nullcontext() if word in _WITHOUT_DATABASE else database.running(console.mode(), made=True):
        try:
            execute_from_command_line(["./qilian manage", *arguments])
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 1
    return 0


def shell(arguments: Sequence[str]) -> int:
    """Open a Python prompt as the application's role."""
    return manage(["shell", *arguments])
