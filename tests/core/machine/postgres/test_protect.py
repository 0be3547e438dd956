"""The rights of the application's role, on the test database where it is the one who asks."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction


def _marked(mark: str) -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if getattr(model, mark, False) and not model._meta.proxy]


def _may(table: str, right: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [f'public."{table}"', right])
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
def test_what_happened_is_never_changed() -> None:
    tables = _marked("append_only")
    assert tables
    for table in tables:
        assert _may(table, "SELECT") and _may(table, "INSERT")
        assert not any(_may(table, right) for right in ("UPDATE", "DELETE", "TRUNCATE")), table


@pytest.mark.django_db
def test_what_is_kept_may_change_and_never_go() -> None:
    tables = _marked("kept")
    assert "ledger_account" in tables
    for table in tables:
        assert _may(table, "SELECT") and _may(table, "INSERT") and _may(table, "UPDATE")
        assert not any(_may(table, right) for right in ("DELETE", "TRUNCATE")), table


@pytest.mark.django_db
def test_policies_stand_on_every_marked_table_for_the_owner_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        guarded = {row[0] for row in cursor.fetchall()}
    assert guarded == set(_marked("row_policy"))


@pytest.mark.django_db
def test_the_application_may_not_touch_the_tables_themselves() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mine (id int)")
    assert not _may("django_migrations", "INSERT")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone()[0] == 0
