"""Commands that parts bring: looked up after Django is set up; the database starts when one first asks it something."""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

import django
from django.db import connections

from qilian.core.house.parts.api import Command, parts
from qilian.web.cli import console, database


def commands() -> Mapping[str, Command]:
    """Return the commands of all parts by their word."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qilian.web.settings")
    os.environ["QILIAN_MODE"] = console.mode()
    django.setup()
    return {word: command for part in parts() for word, command in part.commands.items()}


def run(word: str, arguments: Sequence[str]) -> int:
    """Run a part's command; one that never asks the database never starts it."""
    command = commands()[word]
    database_of_django = connections["default"]
    connect = database_of_django.get_new_connection
    with ExitStack() as stack:

        def start_then_connect(parameters: dict[str, object]) -> object:
            vars(database_of_django).pop("get_new_connection")
            stack.enter_context(database.running(console.mode(), made=True))
            return connect(parameters)

        vars(database_of_django)["get_new_connection"] = start_then_connect
        try:
            return command.run(arguments)
        finally:
            database_of_django.close()
