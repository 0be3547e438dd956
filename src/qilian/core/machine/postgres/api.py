"""The rock's face: a cluster to lease, databases and roles on it, dumps, and what Django needs to connect."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from qilian.core.machine.postgres.cluster import (
    Cluster,
    Say,
    Server,
    ensure_running,
    last_words,
    leased,
    own,
    password,
    secret,
    server_pid,
    throw_away,
)
from qilian.core.machine.postgres.databases import (
    address_of,
    app_role,
    applied_migrations,
    connected,
    counts,
    database_settings,
    drop_database,
    ensure_database,
    names,
)
from qilian.core.machine.postgres.dumps import discard_former, dump, exchange, incoming_address, load_beside
from qilian.core.machine.postgres.kernel import OWNER, Address, database_name

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = [
    "OWNER",
    "Address",
    "Cluster",
    "Say",
    "Server",
    "address_of",
    "applied_migrations",
    "connected",
    "counts",
    "database_name",
    "database_settings",
    "discard_former",
    "drop_database",
    "dump",
    "ensure_database",
    "ensure_running",
    "exchange",
    "incoming_address",
    "last_words",
    "leased",
    "load_beside",
    "names",
    "own",
    "password",
    "protect",
    "secret",
    "server_pid",
    "throw_away",
]


def protect(connection: "BaseDatabaseWrapper") -> None:
    """Set the rights of the application's role from the marks on all models, as the owner, in one transaction.

    The module behind it needs Django; settings, `status` and `down` read this face where there is none yet.
    """
    app = app_role(os.environ.get)
    import_module("qilian.core.machine.postgres.protect").protect(connection, app=app)
