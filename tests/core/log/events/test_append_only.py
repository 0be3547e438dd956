"""What happened stays: the application's role can change or delete no row of the log or of other such tables."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

APPEND_ONLY = sorted(
    model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False) and model._meta.managed
)


def test_the_log_is_among_them() -> None:
    log = {"core_event", "core_seal", "core_seal_batch", "core_seal_node", "core_checkpoint", "core_job_failure"}
    assert log <= set(APPEND_ONLY)


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("deed", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "TRUNCATE {table}"])
def test_the_application_cannot_change_them(table: str, deed: str) -> None:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    column = next(field.column for field in model._meta.concrete_fields if not field.primary_key)
    statement = deed.format(table=f'"{table}"', column=f'"{column}"')
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
