"""The step from plain phones to sealed ones, on a database as release 0.1.0 left it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from qilian.core.rights.privacy.fields import Sealed, unseal
from qilian.core.rights.privacy.ring import candidates

NAME = "test_sealed_phone"
OLD = """
    INSERT INTO core_person (code, password, login, name, name_pinyin, email, phone, language, is_active, created_at)
    VALUES ('a', '', 'ada', '甲', '', '', '138 0000 5678', 'zh', true, now()),
           ('b', '', 'bob', '乙', '', '', '', 'zh', true, now())"""


@pytest.fixture
def empty(django_db_setup: None) -> Iterator[str]:
    """A database with nothing in it; yields the socket's folder."""
    socket = str(connection.settings_dict["HOST"])
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
    make = sql.SQL("CREATE DATABASE {} OWNER qilian_owner TEMPLATE template0").format(sql.Identifier(NAME))
    with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(drop)
        admin.execute(make)
        yield socket
        admin.execute(drop)


def migrate(socket: str, target: str) -> None:
    root = Path(__file__).resolve().parents[3]
    url = f"postgresql://qilian_owner@/{NAME}?host={socket}"
    environment = {**os.environ, "QILIAN_MODE": "test", "QILIAN_ROLE": "owner", "DATABASE_URL": url}
    environment |= {"DJANGO_SETTINGS_MODULE": "qilian.web.settings", "PYTHONPATH": str(root / "src")}
    command = [sys.executable, "-m", "django", "migrate", "core", target, "-v", "0"]
    ran = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr


def test_plain_phones_are_sealed_and_the_plain_column_is_gone(empty: str) -> None:
    migrate(empty, "0001")
    with psycopg.connect(host=empty, user="qilian_owner", dbname=NAME, autocommit=True) as session:
        session.execute(OLD)
        migrate(empty, "0002")
        found = session.execute("SELECT phone, phone_index FROM core_person ORDER BY login").fetchall()
        columns = session.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'core_person'"
        ).fetchall()
    (ada, index), (bob, nothing) = found
    assert unseal(Sealed(bytes(ada), "phone", "core_person.phone")) == "138 0000 5678"
    assert [index] == candidates("phone", "13800005678", column="core_person.phone")
    assert (bytes(bob), nothing) == (b"", "")
    assert ("phone_plain",) not in columns
