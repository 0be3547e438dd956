"""Whoever changes a row of the book by SQL is found, and the column is named: the log knows what was booked."""

from pathlib import Path

import psycopg
import pytest
from django.db import connection
from tests.engines.ledger.conftest import Opener

from qilian.core.house.principal import SYSTEM
from qilian.core.log.events.api import seal
from qilian.core.rights.audit import command
from qilian.core.values.text import Ref, speaking
from qilian.engines.ledger.book.api import Account, Capture, Entry, freeze, hold, lift, post, set_paying
from qilian.engines.ledger.checking import covering

pytestmark = pytest.mark.usefixtures("committing")
THIRD = "WHERE words = 'third'"


@pytest.fixture
def book(opener: Opener, settings: object, tmp_path: Path) -> tuple[Account, Account, Account]:
    """A book with batches of several rows, keys, causes, a chain, an open hold and one that was captured."""
    settings.VAR = tmp_path
    shop, other, firm = opener("party:shop"), opener("party:other"), opener("party:firm", fen=1_000_00)
    entries = [
        Entry(debit=firm, credit=shop, amount=5, words="first", cause=Ref("test.order", "1")),
        Entry(debit=firm, credit=shop, amount=6, words="second", cause=Ref("test.order", "2"), linked=True),
        Entry(debit=firm, credit=other, amount=7, words="third", cause=Ref("test.order", "3"), key="invoice 3"),
        Entry(debit=firm, credit=shop, amount=8),
    ]
    post(actor=SYSTEM, entries=entries)
    hold(actor=SYSTEM, debit=firm, credit=shop, amount=40, words="open hold")
    taken = hold(actor=SYSTEM, debit=firm, credit=shop, amount=50, words="taken hold")
    post(actor=SYSTEM, entries=[Capture(hold=taken.code, amount=30, words="capture")])
    frozen = freeze(actor=SYSTEM, account=firm, amount=3, reason="an order")
    lift(actor=SYSTEM, restraint=frozen, reason="the order is over")
    set_paying(actor=SYSTEM, account=other, pays=False, reason="the court says so")
    while seal():
        pass
    return firm, shop, other


def harmed(statement: str) -> None:
    """Change the tables as somebody who may do everything, past every constraint."""
    database = connection.settings_dict
    with psycopg.connect(host=database["HOST"], user="postgres", dbname=database["NAME"]) as strong:
        strong.execute("SET session_replication_role = replica")
        strong.execute(statement)


def found() -> list[tuple[str, str]]:
    return [(wrong.where, wrong.field) for wrong in covering.differences()]


def test_an_honest_book_agrees(book: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert found() == []
    with speaking("en"):
        assert command.main(["verify"]) == 0
    assert "The book: agrees with the log." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "'00000000000000000000000000'"),
        ("key", "'another key'"),
        ("key", "''"),
        ("kind", "'pending'"),
        ("at", "at - interval '1 day'"),
        ("actor", "'core.person:mallory'"),
        ("asset", "asset_id = asset_id + 1"),
        ("debit", "debit_id = (SELECT id FROM ledger_account WHERE owner = 'party:shop')"),
        ("credit", "credit_id = (SELECT id FROM ledger_account WHERE owner = 'party:shop')"),
        ("amount", "700"),
        ("due", "at + interval '9 days'"),
        ("chain", "3"),
        ("chain", "NULL"),
        ("serials", "first_serial = 1, last_serial = 7"),
        ("cause", "'test.order:9999'"),
        ("words", "'what never was said'"),
        ("words", "''"),
        ("words", "'thirt'"),
        ("digest", "set_byte(digest, 3, get_byte(digest, 3) # 1)"),
        *((name, f"{name} + 1") for name in ("debit_debits", "debit_credits", "debit_debits_pending")),
        *((name, f"{name} + 1") for name in ("debit_credits_pending", "credit_debits", "credit_credits")),
        *((name, f"{name} + 1") for name in ("credit_debits_pending", "credit_credits_pending")),
    ],
)
def test_each_column_of_a_transfer_is_named(column: str, value: str, book: object) -> None:
    setting = value if " = " in value and "_" in value.split(" = ")[0] else f"{column} = {value}"
    harmed(f"UPDATE ledger_transfer SET {setting} {THIRD}")
    assert any(column in field.split(", ") for _, field in found()), found()


@pytest.mark.parametrize(
    ("harm", "field"),
    [
        ("UPDATE ledger_transfer SET amount = 31 WHERE words = 'capture'", "amount"),
        ("UPDATE ledger_transfer SET released = 49 WHERE words = 'capture'", "released"),
        (
            "UPDATE ledger_transfer SET credit_id = (SELECT max(id) FROM ledger_account) WHERE words = 'capture'",
            "credit",
        ),
        (
            "UPDATE ledger_transfer SET pending_id = (SELECT transfer_id FROM ledger_hold WHERE state = 'open')"
            " WHERE words = 'capture'",
            "pending",
        ),
        ("UPDATE ledger_transfer SET words = 'taken' WHERE words = 'capture'", "words"),
        (f"DELETE FROM ledger_transfer {THIRD}", "batch, debit, credit"),
        ("DELETE FROM ledger_transfer WHERE words = 'open hold'", "batch, debit, credit"),
        ("UPDATE ledger_batch SET at = at - interval '1 day'", "at"),
        ("UPDATE ledger_batch SET rows = 5 WHERE rows = 4", "rows"),
        ("UPDATE ledger_batch SET root = set_byte(root, 0, get_byte(root, 0) # 1) WHERE rows = 4", "root"),
        ("UPDATE ledger_batch SET code = 'x' WHERE rows = 4", "code"),
        ("UPDATE ledger_batch SET event = 1 WHERE rows = 4", "event"),
        ("DELETE FROM ledger_batch WHERE rows = 4", "batch"),
        ("UPDATE ledger_hold SET amount = 41 WHERE state = 'open'", "hold.amount"),
        ("UPDATE ledger_hold SET state = 'voided' WHERE state = 'open'", "hold.state"),
        ("UPDATE ledger_hold SET due = now() WHERE state = 'open'", "hold.due"),
        ("UPDATE ledger_hold SET basis = 'some law' WHERE state = 'open'", "hold.basis"),
        ("UPDATE ledger_account SET owner = 'party:mallory' WHERE owner = 'party:firm'", "owner"),
        ("UPDATE ledger_account SET rule = 'free' WHERE owner = 'party:firm'", "rule"),
        ("UPDATE ledger_account SET unit = 'finance' WHERE owner = 'party:firm'", "unit"),
        ("UPDATE ledger_account SET state = 'open' WHERE owner = 'party:other'", "state"),
        ("UPDATE ledger_account SET state_reason = 'no reason' WHERE owner = 'party:other'", "state_reason"),
        ("DELETE FROM ledger_account WHERE owner = 'party:other'", "account"),
        ("UPDATE ledger_account SET final = true WHERE owner = 'party:other'", "final"),
        ("UPDATE ledger_account SET credits_posted = credits_posted + 1 WHERE owner = 'party:firm'", "credits_posted"),
        ("UPDATE ledger_account SET debits_pending = 39 WHERE owner = 'party:firm'", "debits_pending"),
        ("UPDATE ledger_asset SET kind = 'goods'", "kind"),
        ("UPDATE ledger_restraint SET amount = 4 WHERE kind = 'freeze'", "restraint"),
        ("UPDATE ledger_restraint SET reason = 'no order' WHERE kind = 'freeze'", "restraint"),
        ("UPDATE ledger_restraint SET release_reason = '' WHERE kind = 'freeze'", "restraint.released"),
        ("UPDATE ledger_restraint SET released_at = NULL WHERE kind = 'freeze'", "restraint.released"),
        ("DELETE FROM ledger_restraint", "restraint"),
    ],
)
def test_what_stands_beside_the_transfers_is_named(harm: str, field: str, book: object) -> None:
    harmed(harm)
    assert field in [name for _, name in found()], found()


def test_the_command_says_the_row_the_column_and_what_stood_there(
    book: object, capsys: pytest.CaptureFixture[str]
) -> None:
    harmed(f"UPDATE ledger_transfer SET amount = 700 {THIRD}")
    with speaking("en"):
        assert command.main(["verify"]) == 1
    said = capsys.readouterr().out
    assert "amount: “700” was “7”." in said


def test_rows_that_were_put_in_are_found(book: object) -> None:
    columns = [field.column for field in covering.Transfer._meta.concrete_fields if field.column not in ("id", "code")]
    copied = ", ".join(columns)
    harmed(f"INSERT INTO ledger_transfer (code, {copied}) SELECT 'forged', {copied} FROM ledger_transfer {THIRD}")
    assert "batch, debit, credit" in [field for _, field in found()]


def test_two_changed_rows_of_one_batch_are_both_named(book: object) -> None:
    harmed("UPDATE ledger_transfer SET words = 'x' || words WHERE words IN ('first', 'third')")
    assert [field for _, field in found()].count("words") == 2
