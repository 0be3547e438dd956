"""Row-level security on real connections: what is committed is read by its addressee, and by nobody without a name."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.values.text import Ref, Text
from qilian.core.who.inbox.api import Addressee, InboxItem, put


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: object, committing: None) -> Iterator[InboxItem]:
    """Lay one committed item on the desk of person 1."""
    words = {"title": Text("审核", "Review"), "url": "/", "kind": "test.review"}
    with django_db_blocker.unblock():
        yield put(actor=SYSTEM, key="a", subject=Ref("test.case", "1"), addressee=Addressee.person(1), **words)


def fresh() -> psycopg.Connection[tuple[object, ...]]:
    """Open a connection of the application's role that nobody has spoken to."""
    there = connection.settings_dict
    return psycopg.connect(host=there["HOST"], user=there["USER"], dbname=there["NAME"])


def count(session: psycopg.Connection[tuple[object, ...]]) -> object:
    return session.execute("SELECT count(*) FROM core_inbox_item").fetchone()[0]


def test_a_connection_without_a_principal_reads_nothing(committed: InboxItem) -> None:
    with fresh() as session:
        assert session.execute("SELECT current_user").fetchone() == ("qilian_app",)
        assert count(session) == 0
        session.execute("SELECT set_config('app.principal', 'system', false)")
        assert count(session) == 1


def test_the_application_cannot_take_the_policy_away(committed: InboxItem) -> None:
    with fresh() as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("ALTER TABLE core_inbox_item DISABLE ROW LEVEL SECURITY")
    with fresh() as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("SET row_security = off")
        count(session)


def test_a_principal_leaves_no_trace_on_the_connection(committed: InboxItem) -> None:
    ada, bob = Principal("person", person=1, code="ada"), Principal("person", person=2, code="bob")
    for who, rows in ((ada, 1), (bob, 0), (SYSTEM, 1)):
        with acting(who):
            assert InboxItem.objects.count() == rows
        assert InboxItem.objects.count() == 0


def test_the_policy_uses_the_index(committed: InboxItem) -> None:
    ada = Principal("person", person=1, code="ada")
    with acting(ada), connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT * FROM core_inbox_item WHERE done_at IS NULL AND addressee IN ('person:1')")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    assert "core_inbox_waiting" in plan and "InitPlan" in plan, plan
