"""A database into one file and back, by PostgreSQL's own programs, whole or not at all."""

from collections.abc import Mapping
from pathlib import Path

from qilian.core.machine.postgres import databases, host, kernel
from qilian.core.machine.postgres.kernel import Address
from qilian.core.machine.postgres.sentences import last_lines, refusal
from qilian.core.values.text import Refusal


def dump(address: Address, file: Path) -> dict[str, int]:
    """Write a database into a file (pg_dump, custom format) while others work on; return its rows per table.

    Dump and counts see the same moment: the snapshot of one transaction, exported to pg_dump.
    """
    with databases.connected(address) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        snapshot = str(row[0]) if row else ""
        command = kernel.dump_command(_programs(), address, str(file), snapshot=snapshot)
        _run(command, address, "dump")
        return databases.counts_on(connection)


def load(address: Address, file: Path) -> None:
    """Fill an empty database from such a file in one transaction; everything in it belongs to the owner."""
    command = kernel.restore_command(_programs(), address, str(file))
    _run(command, address, "load")


def load_beside(var: Path, mode: str, file: Path, *, expected: Mapping[str, int]) -> dict[str, int]:
    """Load a dump into a database beside that of a mode, which stays as it is, and return its rows per table.

    Refuses when the file cannot be read or the rows are not the expected ones.
    """
    incoming = _beside(mode, "incoming")
    fresh = incoming_address(var, mode)
    databases.ensure_database(var, mode)
    databases.drop_database(var, mode, name=incoming)
    with databases.connected(fresh, name="postgres") as connection:
        for statement in kernel.database_statements(incoming, exists=False):
            connection.execute(statement.encode())
    load(fresh, file)
    found = databases.counts(fresh)
    if found != dict(expected):
        databases.drop_database(var, mode, name=incoming)
        raise _different(found, expected)
    return found


def incoming_address(var: Path, mode: str) -> Address:
    """Return where the database is that was loaded beside that of a mode, as superuser."""
    target = databases.address_of(var, mode, "superuser")
    return Address(target.host, target.port, _beside(mode, "incoming"), target.user, target.password)


def exchange(var: Path, mode: str) -> None:
    """Let the database beside take the place of that of a mode, which is kept as the former one.

    Two renames, each whole by itself; called again after a kill between or after them it does what is left to do.
    """
    name, incoming, former = (kernel.database_name(mode), _beside(mode, "incoming"), _beside(mode, "former"))
    there = databases.names(var)
    if incoming not in there:
        return
    if name in there:
        databases.drop_database(var, mode, name=former)
        databases.rename_database(var, name, former)
    databases.rename_database(var, incoming, name)


def discard_former(var: Path, mode: str) -> None:
    """Remove what a restore left beside the database of a mode: the former one, or one that was never taken."""
    for word in ("former", "incoming"):
        databases.drop_database(var, mode, name=_beside(mode, word))


def _beside(mode: str, word: str) -> str:
    return f"{kernel.database_name(mode)}_{word}"


def _different(found: Mapping[str, int], expected: Mapping[str, int]) -> Refusal:
    tables = sorted(table for table in {*found, *expected} if found.get(table) != expected.get(table))
    listed = ", ".join(f"{table} {found.get(table, 0)}/{expected.get(table, 0)}" for table in tables[:5])
    return refusal("counts", tables[0], said=listed)


def _programs() -> str:
    return str(host.programs(host.wheel()))


def _run(command: list[str], address: Address, name: str) -> None:
    done = host.run_as(None, command, environment={"PGPASSWORD": address.password})
    if done.returncode != 0:
        raise refusal(name, address.name, said=last_lines(done.stderr.splitlines()))
