"""Tables are the same whether they come from the models at once or from the migrations one after another."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from tests.databases import OWNER, server

from qilian.web.cli import tables

SEEN = {
    "columns": """
        SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
               pg_get_expr(adbin, adrelid) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND relnamespace = 'public'::regnamespace
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
    "storage": "SELECT relname, reloptions FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    "policies": "SELECT tablename, policyname, qual, with_check FROM pg_policies",
    "notes": "SELECT app, name FROM django_migrations",
}


@pytest.fixture
def empty(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Have Django work on an empty database as the owner."""
    with django_db_blocker.unblock(), server().instead("template0"):
        server().connect(str(connection.settings_dict["NAME"]), OWNER)
        yield str(connection.settings_dict["NAME"])


def seen() -> dict[str, set[tuple[str, ...]]]:
    """Return what the catalogue says of the tables, whatever the order of their columns."""
    found = {}
    with connection.cursor() as cursor:
        for name, question in SEEN.items():
            cursor.execute(question)
            found[name] = {tuple(map(str, row)) for row in cursor.fetchall()}
    return found


def test_a_second_time_changes_nothing(empty: str) -> None:
    tables.lay()
    first = seen()
    assert len(first["columns"]) > 1000 and len(first["policies"]) > 1
    assert any("fillfactor=50" in options for _, options in first["storage"])
    tables.lay()
    assert seen() == first


@pytest.mark.long
def test_models_and_migrations_make_the_same_tables(empty: str) -> None:
    tables.lay()
    at_once = seen()
    with server().instead("template0"):
        server().connect(str(connection.settings_dict["NAME"]), OWNER)
        call_command("migrate", verbosity=0, interactive=False)
        tables.lay()
        one_by_one = seen()
    for name in SEEN:
        assert at_once[name] == one_by_one[name], name
