"""A worker that is meant to be killed while it seals personal data anew; it tells each batch that is committed."""

import os
import sys


def main(socket: str, database: str) -> None:
    """Connect as the application's role and seal anew, batch by batch."""
    os.environ["QILIAN_MODE"] = "test"
    import django
    from django.conf import settings

    settings.DATABASES["default"].update(HOST=socket, NAME=database, USER="qilian_app", PASSWORD="", PORT="")
    django.setup()
    from qilian.core.house.principal import SYSTEM, acting
    from qilian.core.rights.privacy import services
    from qilian.core.who.people.api import Person

    services.BATCH = 25
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with acting(SYSTEM):
        last, count = services.reseal_batch(Person, after=0)
        while count:
            sys.stdout.write(f"{count}\n")
            sys.stdout.flush()
            last, count = services.reseal_batch(Person, after=last)


if __name__ == "__main__":
    main(*sys.argv[1:])
