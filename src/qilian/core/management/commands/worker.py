"""`manage worker`: the process that does what the outbox holds."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from qilian.core.log.outbox.api import run_worker


class Command(BaseCommand):
    """Run jobs until SIGTERM; those in flight finish. With --once end when none is due."""

    help = "运行后台任务 Run the jobs of the outbox"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--concurrency` and `--once`."""
        parser.add_argument("--concurrency", type=int, default=2, help="同时运行的任务数 jobs at a time")
        parser.add_argument("--once", action="store_true", help="没有到期任务时结束 end when no job is due")

    def handle(self, *_: object, concurrency: int = 2, once: bool = False, **__: object) -> None:
        """Run the worker."""
        run_worker(concurrency=concurrency, wait=not once)
