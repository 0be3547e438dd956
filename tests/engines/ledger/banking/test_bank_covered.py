"""Whoever changes a bank line by SQL is found, and the column is named: the file that was booked still says it."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from qilian.core.house.principal import Principal
from qilian.core.log.proofs.api import covered
from qilian.core.papers.files.api import place_of
from qilian.engines.ledger.banking.api import BankAccount, book_statement, bring
from qilian.engines.ledger.banking.models import Statement

pytestmark = pytest.mark.usefixtures("committing")
ROWS = [
    ("", "500.00", "青海高原检测有限公司", "630000001", "货款", "S1"),
    ("120.00", "", "张三", "630000002", "退款", "S2"),
    ("", "80.00", "青海高原检测有限公司", "630000001", "货款", "S3"),
]
SECOND = "WHERE serial = 'S2'"


@pytest.fixture
def booked(clerk: Principal, bank: BankAccount, statement: Callable[..., bytes]) -> Statement:
    brought = bring(actor=clerk, bank_account=bank, name="一月.csv", content=statement(ROWS))
    return book_statement(actor=clerk, statement=brought)


def harmed(sql: str) -> None:
    database = connection.settings_dict
    with psycopg.connect(host=database["HOST"], user="postgres", dbname=database["NAME"]) as strong:
        strong.execute("SET session_replication_role = replica")
        strong.execute(sql)


def found() -> list[str]:
    check = {title.en: rows for title, rows in covered()}["Bank lines"]
    return [name for wrong in check() for name in wrong.field.split(", ")]


def test_an_honest_statement_agrees(booked: Statement) -> None:
    assert booked.state == "booked" and found() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "'00000000000000000000000000'"),
        ("bank_account", "bank_account_id = bank_account_id + 1"),
        ("statement", "statement_id = statement_id + 1"),
        ("row", '"row" = 9'),
        ("day", "day - 1"),
        ("fen", "-12100"),
        ("balance", "balance + 1"),
        ("name", "name = (SELECT name FROM ledger_bank_line WHERE serial = 'S1')"),
        ("account", "account = (SELECT account FROM ledger_bank_line WHERE serial = 'S1')"),
        ("shown_name", "'李某'"),
        ("summary", "'别的'"),
        ("serial", "'S9'"),
        ("reference", "'R9'"),
        ("mark", "'00000000000000000000000000000000'"),
    ],
)
def test_each_column_of_a_line_is_named(column: str, value: str, booked: Statement) -> None:
    harmed(f"UPDATE ledger_bank_line SET {value if ' = ' in value else f'{column} = {value}'} {SECOND}")
    assert column in found(), found()


@pytest.mark.parametrize(
    ("harm", "field"),
    [
        (f"DELETE FROM ledger_bank_line {SECOND}", "mark"),
        ("UPDATE ledger_bank_statement SET closing = closing + 1", "closing"),
        ("UPDATE ledger_bank_statement SET file = repeat('0', 64)", "file"),
        ("UPDATE ledger_bank_statement SET state = 'checked', booked_at = NULL", "state"),
        ("UPDATE ledger_bank_statement SET booked_at = booked_at - interval '1 day'", "booked_at"),
        ("UPDATE ledger_bank_statement SET code = 'another'", "statement"),
        ("DELETE FROM ledger_bank_statement", "statement"),
    ],
)
def test_a_changed_statement_is_named(harm: str, field: str, booked: Statement) -> None:
    harmed(harm)
    assert field in found(), found()


def test_a_file_that_was_changed_on_the_disk_is_named(booked: Statement) -> None:
    place_of(booked.file).write_bytes(b"another file")
    assert found() == ["file"]
