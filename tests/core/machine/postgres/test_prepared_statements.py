"""Statements that the server prepares once for a connection: rows, errors as of Django; none on a server elsewhere."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from qilian.core.house.principal import SYSTEM
from qilian.core.house.tables import prepared
from qilian.core.log.events.api import events_of
from qilian.core.machine.postgres.api import database_settings
from qilian.core.values.text import Ref, Text
from qilian.engines.ledger.book.api import YUAN, Account, Entry, open_account, post, register_asset

MOMENT = datetime(2016, 7, 30, 23, 54, 10, 259_000, tzinfo=UTC)
STATEMENT = "SELECT %s::bigint + 1, %s::text, %s::bytea, %s::timestamptz, n FROM unnest(%s::bigint[]) AS n ORDER BY n"


def times(words: str) -> int:
    """How many statements with such words the server has prepared for this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{words}%"])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_values_travel_beside_the_text_and_the_text_is_read_once() -> None:
    for number in (1, 2**40):
        rows = prepared(STATEMENT, [str(number), "it's %s", b"\x00\xff", MOMENT, "{7,5}"])
        assert rows == [(number + 1, "it's %s", b"\x00\xff", MOMENT, n) for n in (5, 7)]
    assert times("::bigint + 1") == 1


@pytest.mark.django_db
def test_errors_are_those_of_django_and_a_broken_transaction_takes_nothing() -> None:
    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
        prepared("SELECT 1 / %s::integer", ["0"])
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            prepared("SELECT %s::integer", ["1"])
    assert prepared("SELECT %s::integer", ["1"]) == [(1,)]


@pytest.mark.django_db
def test_a_transfer_is_booked_by_statements_that_the_server_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    cny = register_asset(actor=SYSTEM, spec=YUAN)
    bank, firm = (
        open_account(actor=SYSTEM, owner=Ref("world", name), asset=cny, title=Text(name, name), rule="free")
        for name in ("bank", "firm")
    )
    for amount in (1, 2**40):
        (booked,) = post(actor=SYSTEM, entries=[Entry(debit=bank, credit=firm, amount=amount)])
        assert booked.result == "ok"
    assert times("FOR NO KEY UPDATE OF account") == times("INSERT INTO ledger_batch") == 1
    assert connection.connection is not None
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)  # as on a server elsewhere
    post(actor=SYSTEM, entries=[Entry(debit=bank, credit=firm, amount=1)])
    assert Account.objects.get(pk=firm.pk).credits_posted == 2**40 + 2
    assert [event.type for event in events_of(Ref("ledger.account", firm.code))] == ["ledger.account.opened"]


def test_only_on_our_own_cluster_anything_is_prepared(tmp_path: Path) -> None:
    def options(**env: str) -> object:
        settings = database_settings(
            env=lambda name, default: env.get(name, default), var=tmp_path, mode="real", role="app"
        )
        return settings["OPTIONS"]

    assert options() == {"prepare_threshold": 0}
    assert options(DATABASE_URL="postgresql://somebody:secret@db.example/qilian?sslmode=require") == {
        "sslmode": "require"
    }
