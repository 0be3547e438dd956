"""Shared ground of all suites: the test database as the application's own role, and the folder beside the house."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

os.environ.setdefault("QILIAN_MODE", "test")
settings.register_profile("anywhere", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("traced", deadline=None, derandomize=True, max_examples=40)
settings.load_profile(os.environ.get("TESTS_PROFILE", "anywhere"))

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of plans and data beside the repository, or skip the test by name where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("shared folder absent: plans and data beside the repository")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Make a database, lay its tables as qilian_owner, then let every test run as qilian_app (DESIGN 5).

    QILIAN_TEST_SOCKET names the socket folder of a throw-away PostgreSQL (`./qilian test` starts one);
    QILIAN_TEST_DB keeps two runs apart.
    """
    from django.conf import settings as house
    from django.core.management import call_command
    from django.db import connection

    from qilian.core.machine.postgres.protect import protect

    socket = os.environ.get("QILIAN_TEST_SOCKET")
    if not socket:
        pytest.exit("database tests need a PostgreSQL: run them with ./qilian test", returncode=3)
    house.PASSWORD_HASHERS = ["tests.hashing.OneRound"]
    name = "test_" + os.environ.get("QILIAN_TEST_DB", uuid.uuid4().hex[:8])
    _make_database(socket, name)
    with django_db_blocker.unblock():
        _connect_as(connection, socket, name, "qilian_owner")
        call_command("migrate", run_syncdb=True, verbosity=0)
        protect(connection)
        _connect_as(connection, socket, name, "qilian_app")
    yield
    with django_db_blocker.unblock():
        connection.close()
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _make_database(socket: str, name: str) -> None:
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(20150101)")
        for role in ("qilian_owner", "qilian_app"):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER qilian_owner TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'").format(
                sql.Identifier(name)
            )
        )


def _connect_as(connection: object, socket: str, name: str, role: str) -> None:
    connection.close()
    connection.settings_dict.update(HOST=socket, NAME=name, USER=role, PASSWORD="", PORT="")


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test commit, and empty all tables as qilian_owner after it: the application's role may not TRUNCATE."""
    from django.apps import apps
    from django.db import connection

    with django_db_blocker.unblock():
        yield
        database = connection.settings_dict
        connection.close()
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    tables += ["procrastinate_jobs", "procrastinate_workers", "procrastinate_periodic_defers"]
    with psycopg.connect(host=database["HOST"], user="qilian_owner", dbname=database["NAME"]) as owner:
        owner.execute(
            sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, tables)))
        )
