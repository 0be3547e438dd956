"""A sealer that is meant to be killed: it seals small batches of one database until it dies."""

import os
import sys


def main(socket: str, database: str) -> None:
    """Connect as the application's role and seal."""
    os.environ["QILIAN_MODE"] = "test"
    import django
    from django.conf import settings

    settings.DATABASES["default"].update(HOST=socket, NAME=database, USER="qilian_app", PASSWORD="", PORT="")
    django.setup()
    from qilian.core.log.events.api import seal

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        sys.stdout.write(f"{seal(limit=700)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
