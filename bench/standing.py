"""What the benches share: a PostgreSQL of their own, as safe as in service, and one form of line with its limit.

Imported as `bench.standing` with the checkout on the path, never with this folder on it: calendar.py lies here.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
OWNER, APP = "qilian_owner", "qilian_app"
_SAFETY = ("fsync", "synchronous_commit", "full_page_writes")
_server: dict[str, str] = {}


@contextmanager
def server(named: str = "") -> Iterator[str]:
    """Have the server whose socket folder is named, else one of our own with the settings of service; give its folder.

    Every line says how safely it keeps what it acknowledged: a bench on a server without fsync measures another thing.
    """
    from qilian.core.machine.postgres.api import Cluster, leased

    if named:
        _prepare(named)
        yield named
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        options = {"max_connections": "100", "shared_buffers": "128MB"}
        with leased(Cluster(Path(folder) / "var", name="bench", trusting=True, options=options), _silently) as running:
            socket = str(running.place.socket)
            _prepare(socket)
            yield socket


@contextmanager
def database(socket: str, name: str, *also: str) -> Iterator[None]:
    """Make a database with the house's tables and some statements more, speak to it as the application, drop it."""
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        admin.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'".encode())
        try:
            speak(socket, name, OWNER)
            _lay(also)
            speak(socket, name, APP)
            yield
        finally:
            from django.db import connection

            connection.close()
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def speak(socket: str, name: str, role: str) -> None:
    """Let Django speak to a database as a role."""
    os.environ.update(QILIAN_MODE="test", DJANGO_SETTINGS_MODULE="qilian.web.settings")
    import django
    from django.apps import apps
    from django.conf import settings

    place = {"HOST": socket, "NAME": name, "USER": role, "PASSWORD": "", "PORT": ""}
    settings.DATABASES["default"].update(place)
    if not apps.ready:
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, *os.environ.get("BENCH_APPS", "").split()]  # of a peer
        django.setup()
    from django.db import connection

    connection.close()
    connection.settings_dict.update(place)


def address(socket: str, name: str, role: str = APP) -> dict[str, str]:
    """How psycopg reaches a database as a role."""
    return {"host": socket, "dbname": name, "user": role}


def timed(deed: Callable[[], object]) -> float:
    """Return how many seconds a deed takes."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def say(
    measure: str,
    unit: str,
    values: Sequence[float],
    *,
    least: float | None = None,
    most: float | None = None,
    **more: object,
) -> None:
    """Print one measure as a JSON line: the median of its rounds, its goal and whether it is met, and where it was."""
    median = statistics.median(values)
    line: dict[str, object] = {"bench": measure, "unit": unit, "median": round(median, 3)}
    if len(values) > 1:
        line["all"] = [round(value, 3) for value in values]
    if least is not None:
        line |= {"at_least": least, "met": median >= least}
    if most is not None:
        line |= {"at_most": most, "met": median <= most}
    print(json.dumps({**line, **more, **_server, "load": round(os.getloadavg()[0], 1)}, ensure_ascii=False), flush=True)


def safety(socket: str) -> Mapping[str, str]:
    """Return how safely a server keeps what it acknowledged."""
    with psycopg.connect(host=socket, user="postgres", dbname="postgres") as admin:
        return {name: str(admin.execute(f"SHOW {name}".encode()).fetchone()[0]) for name in _SAFETY}  # type: ignore[index] # SHOW gives a row


def _prepare(socket: str) -> None:
    _server["durable"] = ", ".join(f"{name} {value}" for name, value in safety(socket).items())
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        for role in (OWNER, APP):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                admin.execute(f"CREATE ROLE {role} LOGIN".encode())


def _lay(also: Sequence[str]) -> None:
    from django.core.management import call_command
    from django.db import connection

    from qilian.core.machine.postgres.api import protect

    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.cursor() as cursor:
        for statement in also:
            cursor.execute(statement)
    protect(connection)


def _silently(*_words: object) -> None:
    """Tell nothing: lines of JSON are the only output."""
