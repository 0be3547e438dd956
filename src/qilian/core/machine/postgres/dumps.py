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


def replace(var: Path, mode: str, file: Path, *, expected: Mapping[str, int]) -> dict[str, int]:
    """Put a dump in the place of a mode's database; the old one stays untouched until the new one is whole.

    Returns the rows per table. Refuses, changing nothing, when the file cannot be read or the rows are not the
    expected ones.
    """
    name, incoming = kernel.database_name(mode), f"{kernel.database_name(mode)}_incoming"
    target = databases.address_of(var, mode, "superuser")
    fresh = Address(target.host, target.port, incoming, target.user, target.password)
    databases.ensure_database(var, mode)
    with databases.connected(target, name="postgres") as connection:
        for statement in (
            f"DROP DATABASE IF EXISTS {kernel.identifier(incoming)} WITH (FORCE)",
            *kernel.database_statements(incoming, exists=False),
        ):
            connection.execute(statement.encode())
    load(fresh, file)
    found = databases.counts(fresh)
    if found != dict(expected):
        databases.drop_database(var, mode, name=incoming)
        raise _different(found, expected)
    databases.drop_database(var, mode)
    databases.rename_database(var, incoming, name)
    return found


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
