"""Whoever owns the database changes any column of what the log protects: `audit verify` names it.

Every column of every such table is changed in the demonstration, past all constraints, looked for, and put back; what
is not found stands here with its reason.
"""

from collections.abc import Iterator, Mapping

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests import databases

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.sealing import checkpoint, seal
from qilian.core.log.proofs.api import covered, verify
from qilian.core.papers.documents.api import Sheet, issue, revoke

LOG = ("core_event", "core_seal", "core_seal_batch", "core_seal_node", "core_checkpoint")
ROWS = (
    "core_document",
    *("ledger_asset", "ledger_account", "ledger_batch", "ledger_transfer", "ledger_hold", "ledger_restraint"),
    *("ledger_bank_account", "ledger_bank_statement", "ledger_bank_line", "ledger_bank_resolution"),
    *("ledger_payment_batch", "ledger_payment_order", "ledger_programme", "ledger_budget_decision"),
    *("ledger_budget_year", "ledger_budget_line", "ledger_commitment", "ledger_tranche"),
)
PASSED: Mapping[str, str] = {
    "ledger_account.title_zh": "a name to show; whose account it is stands in its owner",
    "ledger_account.title_en": "a name to show; whose account it is stands in its owner",
    "ledger_hold.failed_at": "why a hold could not go back yet; the sweep writes it anew",
    "ledger_hold.failure": "why a hold could not go back yet; the sweep writes it anew",
    "core_event.transaction": "who sealed it needs it no more; beyond the batch's own it is named",
}
CHANGES: Mapping[str, str] = {
    "boolean": "NOT {0}",
    "date": "COALESCE({0}, current_date) - 1",
    "timestamp with time zone": "COALESCE({0}, now()) - interval '1 day'",
    "jsonb": """CASE WHEN jsonb_typeof({0}) = 'object' THEN {0} || '{{"x": 1}}' ELSE '[1]' END""",
    "bytea": "CASE WHEN length({0}) > 0 THEN set_byte({0}, 0, get_byte({0}, 0) # 1) ELSE '\\x01' END",
    "character varying": "CASE WHEN {0} LIKE 'x%' THEN 'y' ELSE 'x' END || substr({0}, 2)",
    "text": "CASE WHEN {0} LIKE 'x%' THEN 'y' ELSE 'x' END || substr({0}, 2)",
}
"""Another value of a column, by its type; of numbers one more."""
_BOUNDS = """
    SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname)
    FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'
    UNION ALL SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname)
    FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'
    UNION ALL SELECT 'DROP INDEX ' || indexrelid::regclass FROM pg_index WHERE indrelid = %s::regclass
    AND indisunique AND NOT indisprimary AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"""
_TYPE = "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s"


@pytest.fixture
def owner(demonstration: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Work on the demonstration, which lives for this module alone, as somebody who may do everything."""
    server = databases.server()
    with django_db_blocker.unblock():
        told = issue(actor=SYSTEM, sheet=Sheet("任务分工表", paragraphs=("如下。",)), unit="qh-fgw", agency="青服务办")
        revoke(actor=SYSTEM, document=told, why="内容有误")
        while seal():
            pass
        checkpoint()
        name = str(connection.settings_dict["NAME"])
        server.connect(name, "postgres")
        yield
        server.connect(name, databases.APP)


def changed(table: str, column: str) -> int:
    """Change a column of one row, of one that holds something there if any does; return how many were changed."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_BOUNDS, [table] * 3)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        cursor.execute(_TYPE, [table, column])
        value = CHANGES.get(cursor.fetchone()[0], "COALESCE({0}, 0) + 1").format(f'"{column}"')
        cursor.execute(
            f'UPDATE {table} SET "{column}" = {value}'
            f' WHERE ctid = (SELECT ctid FROM {table} ORDER BY "{column}" IS NULL, ctid LIMIT 1)'
        )
        return int(cursor.rowcount)


def found(table: str) -> set[str]:
    """The words by which differences are named: columns, alone or behind their table."""
    if table in LOG:
        return set(verify().field.split(".")) - {""}
    said = [wrong.field for _, rows in covered() for wrong in rows()]
    return {word for field in said for word in field.replace(".", ", ").split(", ")}


def columns(table: str) -> list[tuple[str, set[str]]]:
    """The columns of a table but its own key, each with the words by which it may be named."""
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [(str(field.column), {field.name, str(field.column)}) for field in fields]


def test_each_column_is_named(owner: None) -> None:
    assert verify().problem is None and [wrong for _, rows in covered() for wrong in rows()] == []
    missed: dict[str, set[str]] = {}
    for table in (*LOG, *ROWS):
        for column, names in columns(table):
            with transaction.atomic():
                assert changed(table, column) == 1, f"{table} holds nothing"
                said = found(table)
                transaction.set_rollback(True)
            if not (said if table in LOG else names & said):
                missed[f"{table}.{column}"] = said
    assert set(missed) == set(PASSED), missed
