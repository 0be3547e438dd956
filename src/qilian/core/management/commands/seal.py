"""`manage seal`: the sealer's process. It seals within a fraction of a second and signs the log once a minute."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from qilian.core.log.events.api import BATCH, checkpoint, checkpoint_is_due, seal

PAUSE = 0.2
"""Seconds between two looks at an idle log. A NOTIFY at every emit would queue all commits behind one lock."""

_logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Seal and sign until SIGTERM; with --once seal and sign what is there."""

    help = "封存事实日志 Seal the event log"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--once`."""
        parser.add_argument("--once", action="store_true", help="封存已有事实后结束 seal what is there and end")

    def handle(self, *_: object, once: bool = False, **__: object) -> None:
        """Run until told to end, or once; `--once` prints how many were sealed."""
        if not once:
            run_sealer(stop=until_told_to_end())
            return
        total = 0
        while sealed := seal():
            total += sealed
        checkpoint()
        self.stdout.write(str(total))


def run_sealer(*, stop: threading.Event, pause: float = PAUSE, told: Callable[[int], None] | None = None) -> None:
    """Seal and sign until `stop` is set; a lost database is waited for. `told` hears how many each run sealed."""
    while not stop.is_set():
        sealed = _run()
        if told:
            told(sealed)
        if sealed < BATCH:
            stop.wait(pause)


def until_told_to_end() -> threading.Event:
    """Return an event that SIGTERM and SIGINT set; only the main thread may ask."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


def _run() -> int:
    try:
        sealed = seal()
        if checkpoint_is_due():
            checkpoint()
    except OperationalError as lost:
        _logger.warning("the sealer waits for the database: %s", lost)
        connection.close()
        return 0
    return sealed
