"""Databases and roles on a cluster of our own, and where to reach them; the superuser is used for nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qilian.core.machine.postgres import kernel, place
from qilian.core.machine.postgres.cluster import password
from qilian.core.machine.postgres.kernel import Address
from qilian.core.machine.postgres.sentences import refusal

if TYPE_CHECKING:
    import psycopg

Settings = dict[str, object]
_PREPARING = {"prepare_threshold": 0}
"""Lets `core.tables.prepared` prepare; what Django itself runs has its values in its text and is never prepared."""


def database_settings(*, env: Callable[[str, str], str], var: Path, mode: str, role: str) -> Settings:
    """Return Django's `DATABASES["default"]` for a mode (`demo`, `real`, `test`) and a role (`owner`, `app`).

    `DATABASE_URL` points at a server elsewhere (`DATABASE_OWNER_URL` for migrations); else the socket of our own
    cluster. Reads files, connects to nothing: a missing cluster shows only when somebody asks it something.
    """
    elsewhere = _elsewhere(env, role)
    address = elsewhere or address_of(var, mode, role, socket=env("QILIAN_TEST_SOCKET", ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "HOST": address.host,
        "PORT": str(address.port),
        "OPTIONS": dict(address.options) | ({} if elsewhere else _PREPARING),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def app_role(env: Callable[[str, str], str]) -> str:
    """Return the application's role: the user of DATABASE_URL, else ours."""
    address = _elsewhere(env, "app")
    return address.user if address and address.user else kernel.APP


def address_of(var: Path, mode: str, role: str, *, socket: str = "") -> Address:
    """Return where a role (`owner`, `app`, `superuser`) finds the database of a mode on our own cluster."""
    user = {"owner": kernel.OWNER, "app": kernel.APP, "superuser": kernel.SUPERUSER}[role]
    known = place.recorded(var)
    folder = socket if mode == "test" and socket else str(known[1] if known else var / "postgres" / "socket")
    written = var / "keys" / f"{user}.password"
    try:
        secret = "" if mode == "test" else written.read_text().strip()
    except OSError:
        secret = ""
    return Address(folder, kernel.PORT, kernel.database_name(mode), user, secret)


def ensure_database(var: Path, mode: str) -> str:
    """Make the roles and the database of a mode, or renew their rights; return what tells this database from others."""
    address = address_of(var, mode, "superuser")
    passwords = {role: password(var, role) for role in (kernel.OWNER, kernel.APP)}
    with connected(address, name="postgres") as connection:
        roles = {str(row[0]) for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        _run(connection, kernel.role_statements(roles, passwords))
        exists = _oid(connection, address.name) is not None
        _run(connection, kernel.database_statements(address.name, exists=exists))
        system = connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone()
        return f"{system[0] if system else ''}/{_oid(connection, address.name)}"


def drop_database(var: Path, mode: str, *, name: str = "") -> None:
    """Remove the database of a mode, or another by name, with all in it, ending connections that are still open."""
    address = address_of(var, mode, "superuser")
    with connected(address, name="postgres") as connection:
        _run(connection, [f"DROP DATABASE IF EXISTS {kernel.identifier(name or address.name)} WITH (FORCE)"])


def names(var: Path) -> frozenset[str]:
    """Return the databases that there are on our own cluster."""
    with connected(address_of(var, "real", "superuser"), name="postgres") as connection:
        return frozenset(str(row[0]) for row in connection.execute("SELECT datname FROM pg_database").fetchall())


def applied_migrations(address: Address) -> list[tuple[str, str]]:
    """Return the migrations that a database went through, by app and name; none when it has no tables yet."""
    with connected(address) as connection:
        row = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
        if row is None or row[0] is None:
            return []
        found = connection.execute("SELECT app, name FROM public.django_migrations ORDER BY id").fetchall()
        return [(str(app), str(name)) for app, name in found]


def rename_database(var: Path, old: str, new: str) -> None:
    """Give a database another name; open connections to it are ended first."""
    end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {kernel.literal(old)}"
    rename = f"ALTER DATABASE {kernel.identifier(old)} RENAME TO {kernel.identifier(new)}"
    with connected(address_of(var, "real", "superuser"), name="postgres") as connection:
        _run(connection, [end, rename])


def connected(address: Address, *, name: str = "") -> "psycopg.Connection[tuple[object, ...]]":
    """Connect with one statement per transaction; refuses in a sentence when the server does not answer or know us."""
    import psycopg  # `status`, `down` and settings read this module where nothing is installed or nothing connects

    try:
        return psycopg.connect(
            host=address.host,
            port=address.port,
            dbname=name or address.name,
            user=address.user,
            password=address.password or None,
            autocommit=True,
            connect_timeout=10,
        )
    except psycopg.OperationalError as problem:
        raise refusal("connect", address.host, said=str(problem).strip()) from problem


def counts(address: Address) -> dict[str, int]:
    """Return the number of rows of every table in the public schema, exactly."""
    with connected(address) as connection:
        return counts_on(connection)


def counts_on(connection: "psycopg.Connection[tuple[object, ...]]") -> dict[str, int]:
    """Return the same as an open transaction sees it."""
    listed = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    return {str(row[0]): _count(connection, str(row[0])) for row in listed}


def _count(connection: "psycopg.Connection[tuple[object, ...]]", table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM public.{kernel.identifier(table)}".encode()).fetchone()
    return int(str(row[0])) if row else 0


def _oid(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> object:
    row = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row[0] if row else None


def _run(connection: "psycopg.Connection[tuple[object, ...]]", statements: list[str]) -> None:
    for statement in statements:
        connection.execute(statement.encode())


def _elsewhere(env: Callable[[str, str], str], role: str) -> Address | None:
    url = env("DATABASE_URL", "")
    if role == "owner":
        url = env("DATABASE_OWNER_URL", url)
    if not url:
        return None
    try:
        return kernel.parse_url(url)
    except ValueError as problem:
        raise refusal("url", "DATABASE_URL") from problem
