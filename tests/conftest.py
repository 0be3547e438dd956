"""Shared ground of all suites: the declared moment, the test database as the application's own role, and the folder
beside the house.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from tests.declared import moment

from qilian.core.values.clock import run_from

os.environ.setdefault("QILIAN_MODE", "test")
settings.register_profile("anywhere", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("traced", deadline=None, derandomize=True, max_examples=40)
settings.load_profile(os.environ.get("TESTS_PROFILE", "anywhere"))

ROOT = Path(__file__).resolve().parents[1]
if "QILIAN_TEST_SOCKETS" in os.environ:  # each process of a run has a server of its own
    sockets = os.environ["QILIAN_TEST_SOCKETS"].split(os.pathsep)
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["QILIAN_TEST_SOCKET"] = sockets[process % len(sockets)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Declare the moment before any fixture of a test is made; a test of certain days says its own: `moment(…)`."""
    own = item.get_closest_marker("moment")
    run_from(moment(own.args[0]) if own else moment())


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
    """Have a database with the tables of the house, and let every test run as qilian_app (DESIGN 5).

    QILIAN_TEST_SOCKET names the socket folder of a throw-away PostgreSQL (`./qilian test` starts one).
    """
    from django.conf import settings as house

    if not os.environ.get("QILIAN_TEST_SOCKET"):
        pytest.exit("database tests need a PostgreSQL: run them with ./qilian test", returncode=3)
    house.PASSWORD_HASHERS = ["tests.hashing.OneRound"]
    databases = import_module("tests.databases")  # it needs Django, which tests of kernels do without
    server = databases.server()
    with django_db_blocker.unblock():
        name = server.copy(server.tables())
        server.connect(name, databases.APP)
    yield
    with django_db_blocker.unblock():
        server.connect(name, databases.APP)
    server.drop(name)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give the tests of a module a database of their own in which the demonstration is told."""
    databases = import_module("tests.databases")
    server = databases.server()
    with django_db_blocker.unblock(), databases.own_files(), server.instead(server.demonstration()):
        yield


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
