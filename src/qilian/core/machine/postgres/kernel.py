"""Paths, command lines and SQL of the database, computed from values alone; the other modules do what they say."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from qilian.core.values.text import Text

OWNER = "qilian_owner"
APP = "qilian_app"
SUPERUSER = "postgres"
PORT = 5432
POLICY = "qilian_rows"
SOCKET_PATH_MAX = 107
"""Bytes of a socket's path that every Linux accepts: `sun_path` has 108 with the closing zero (unix(7))."""

_DATABASES = {"demo": "qilian_demo", "real": "qilian", "test": "qilian_test"}


@dataclass(frozen=True, slots=True)
class PidFile:
    """What `postmaster.pid` says: the server's process and whether it takes connections."""

    pid: int
    ready: bool


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database answers and as whom; `host` may be a folder with a socket."""

    host: str
    port: int
    name: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rights:
    """What the application's role may do: all tables but the listed ones, and rows that a condition lets through."""

    tables: frozenset[str]
    append_only: frozenset[str]
    policies: Mapping[str, str]
    read_only: frozenset[str] = frozenset({"django_migrations"})
    kept: frozenset[str] = frozenset()
    filled: Mapping[str, int] = field(default_factory=dict)
    """How full, in per cent, new pages of a table become: rows that change often keep room beside them."""


def database_name(mode: str) -> str:
    """Return the database of a mode (`demo`, `real` or `test`); KeyError for another word."""
    return _DATABASES[mode]


def checkout_key(path: str) -> str:
    """Return twelve characters that tell one checkout of this machine from another."""
    return hashlib.sha256(path.encode()).hexdigest()[:12]


def homes(var: str, key: str, system: str, temporary: str) -> tuple[str, ...]:
    """Return the folders where a cluster may live, best first: inside `var`, else outside under the checkout's key."""
    return (f"{var}/postgres", f"{system}/qilian-{key}", f"{temporary}/qilian-{key}")


def socket_fits(folder: str, port: int = PORT) -> bool:
    """Tell whether a server can open its socket in a folder: the path has a limit in bytes, not characters."""
    return len(f"{folder}/.s.PGSQL.{port}".encode()) <= SOCKET_PATH_MAX


def parse_pid_file(written: str) -> PidFile | None:
    """Read `postmaster.pid`; None while it is empty or half-written. Line 1 is the process, line 8 its state."""
    lines = [line.strip() for line in written.splitlines()]
    if not lines or not lines[0].lstrip("-").isdigit():
        return None
    return PidFile(pid=abs(int(lines[0])), ready=len(lines) >= 8 and lines[7] == "ready")


def initdb_command(binaries: str, data: str, *, password_file: str | None) -> list[str]:
    """Return the command that makes a cluster: UTF-8, order by code point, checksums; trust where there is no password.

    Names are ordered by stored keys, never by collation (DESIGN 5), so the builtin C.UTF-8 serves everywhere alike.
    """
    command = [f"{binaries}/initdb", "-D", data, "-U", SUPERUSER, "-E", "UTF8", "--locale=C", "--data-checksums"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    if password_file is None:
        return [*command, "--auth=trust", "--no-sync"]
    return [*command, "--auth=scram-sha-256", f"--pwfile={password_file}"]


def server_command(binaries: str, data: str, socket: str, options: Mapping[str, str]) -> list[str]:
    """Return the command that runs the server in the foreground, on its socket only."""
    fixed = {
        "listen_addresses": "",
        "unix_socket_directories": socket,
        "unix_socket_permissions": "0777",
        "port": str(PORT),
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_startup_progress_interval": "1s",
        "password_encryption": "scram-sha-256",
    }
    flags = [f"{name}={value}" for name, value in {**fixed, **options}.items()]
    return [f"{binaries}/postgres", "-D", data, *(word for flag in flags for word in ("-c", flag))]


def throw_away_options() -> dict[str, str]:
    """Return the settings of a cluster for tests: nothing survives a power cut, everything is fast."""
    return {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


_PROGRESS = (
    (r"was interrupted|not properly shut down", Text("上次没有正常关闭，正在恢复", "recovering after a crash")),
    (r"redo in progress, elapsed time: ([\d.]+) s", Text("正在重做日志（{0} 秒）", "replaying the log ({0} s)")),
    (r"syncing data directory.*elapsed time: ([\d.]+) s", Text("正在落盘（{0} 秒）", "syncing files ({0} s)")),
    (r"redo done", Text("日志重做完毕", "log replayed")),
)


def recovery_progress(line: str) -> Text | None:
    """Return what a line of the server's log says about its recovery, or None."""
    for pattern, text in _PROGRESS:
        found = re.search(pattern, line)
        if found:
            return Text(text.zh.format(*found.groups()), text.en.format(*found.groups()))
    return None


def may_pass(lines: Iterable[str]) -> bool:
    """Tell from the log's last lines whether a start failed on what goes by itself: children of a killed server."""
    return any("is still in use" in line or "lock file" in line for line in lines)


def identifier(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """Quote a string for SQL (`standard_conforming_strings` is on, as it is by default)."""
    return "'" + value.replace("'", "''") + "'"


def role_statements(existing: Collection[str], passwords: Mapping[str, str]) -> list[str]:
    """Return the SQL that makes or renews the two roles: neither is superuser, neither bypasses row-level security."""
    marks = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
    return [
        f"{'ALTER' if role in existing else 'CREATE'} ROLE {role} {marks} PASSWORD {literal(password)}"
        for role, password in passwords.items()
    ]


def database_statements(name: str, *, exists: bool) -> list[str]:
    """Return the SQL, run as superuser beside the database, that makes it belong to the owner and to nobody else."""
    quoted = identifier(name)
    create = [] if exists else [f"CREATE DATABASE {quoted} OWNER {OWNER} TEMPLATE template0"]
    return [
        *create,
        f"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {quoted} TO {APP}",
    ]


def protect_statements(rights: Rights, guarded: Collection[str], app: str = APP) -> list[str]:
    """Return the SQL that sets the application's rights anew, in an order that may run again and again.

    `guarded` are the tables that carry our policy now: a mark that was taken away is taken away there too. The
    conditions are ours (model attribute `row_policy`), never a user's.
    """
    role = identifier(app)
    statements = [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        *(f"REVOKE ALL ON ALL {what} IN SCHEMA public FROM PUBLIC" for what in ("TABLES", "SEQUENCES", "FUNCTIONS")),
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    ]
    for table in sorted(rights.append_only & rights.tables):
        statements.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {identifier(table)} FROM {role}")
    for table in sorted(rights.kept & rights.tables):
        statements.append(f"REVOKE DELETE, TRUNCATE ON {identifier(table)} FROM {role}")
    for table in sorted(rights.read_only & rights.tables):
        statements.append(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {identifier(table)} FROM {role}")
    for table in sorted(set(guarded) - rights.policies.keys()):
        statements += _unguard(identifier(table))
    for table in sorted(rights.policies.keys() & rights.tables):
        statements += _guard(identifier(table), rights.policies[table])
    for table in sorted(rights.filled.keys() & rights.tables):
        statements.append(f"ALTER TABLE {identifier(table)} SET (fillfactor = {rights.filled[table]})")
    return statements


def _guard(table: str, condition: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {POLICY} ON {table}",
        f"CREATE POLICY {POLICY} ON {table} USING ({condition}) WITH CHECK ({condition})",
    ]


def _unguard(table: str) -> list[str]:
    return [
        f"DROP POLICY IF EXISTS {POLICY} ON {table}",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


def parse_url(url: str) -> Address:
    """Read `postgresql://user:password@host:port/name?option=value`; ValueError for anything else."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ValueError("not a PostgreSQL address")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Address(host, parts.port or PORT, name, user, password, tuple(sorted(options.items())))


def dump_command(binaries: str, address: Address, file: str, *, snapshot: str) -> list[str]:
    """Return the command that writes a database, as a snapshot saw it, into one compressed file without owners."""
    command = [f"{binaries}/pg_dump", *_connection(address), "--format=custom", "--no-owner", "--no-acl"]
    return [*command, f"--snapshot={snapshot}", f"--file={file}"]


def restore_command(binaries: str, address: Address, file: str) -> list[str]:
    """Return the command that fills an empty database from such a file, whole or not at all, owned by the owner."""
    command = [f"{binaries}/pg_restore", *_connection(address), "--no-owner", "--no-acl", f"--role={OWNER}"]
    return [*command, "--single-transaction", "--exit-on-error", file]


def _connection(address: Address) -> list[str]:
    where = [f"--host={address.host}", f"--port={address.port}"]
    return [*where, f"--username={address.user}", f"--dbname={address.name}"]
