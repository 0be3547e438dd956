"""A worker in a process of its own, with one slow job, to be ended or killed in the middle of it."""

import os
import sys
import time


def main(socket: str, database: str, seen: str) -> None:
    """Run the worker command on one database; the slow job writes to the file `seen` when it begins and ends."""
    os.environ["QILIAN_MODE"] = "test"
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.DATABASES["default"].update(HOST=socket, NAME=database, USER="qilian_app", PASSWORD="", PORT="")
    django.setup()
    from qilian.core.log.outbox.api import job

    @job("test.slow")
    def slow(*, seconds: float) -> None:
        with open(seen, "a", buffering=1) as file:  # noqa: PTH123 unbuffered lines for the watcher
            file.write("begun\n")
            time.sleep(seconds)
            file.write("done\n")

    call_command("worker", "--concurrency", "1")


if __name__ == "__main__":
    main(*sys.argv[1:])
